import type { ChannelInput } from '#workflows/contract/channel.contract.ts';

type PracticeChannel = Extract<ChannelInput, { kind: 'sandbox' }>;

/** The sample's three places on the practice network. */
export const CHANNELS = {
  bluesky: {
    kind: 'sandbox',
    name: 'Bluesky practice',
    handle: 'acme-care.example',
    limits: { graphemes: 300, bytes: 3_000 },
    promise: { acknowledgeMinutes: 30, answerMinutes: 2 * 60 },
  },
  forum: {
    kind: 'sandbox',
    name: 'Forum',
    handle: 'acme.example',
    limits: { graphemes: 4_000, bytes: null },
    promise: { acknowledgeMinutes: 4 * 60, answerMinutes: 24 * 60 },
  },
  blog: {
    kind: 'sandbox',
    name: 'Blog',
    handle: 'blog.acme.example',
    limits: { graphemes: 1_000, bytes: null },
    promise: { acknowledgeMinutes: 8 * 60, answerMinutes: 48 * 60 },
  },
} as const satisfies Record<string, PracticeChannel>;

export type ChannelName = keyof typeof CHANNELS;
