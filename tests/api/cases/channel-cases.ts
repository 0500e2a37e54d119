import { ulid } from 'ulid';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { TestDesk } from '../../core/desk.fixture.ts';
import { NAMES, refusedTo, type ProcedureCase } from '../procedure-case.ts';
import { APP_PASSWORD, blueskyService } from './bluesky-service.ts';

const adminsOnly = refusedTo('agnes', NAMES.admins);
const PROMISE = { acknowledgeMinutes: 30, answerMinutes: 60 };

const sandbox = () => ({
  kind: 'sandbox' as const,
  name: 'Another',
  handle: `acme.${ulid().toLowerCase()}`,
  limits: { graphemes: 300, bytes: null },
  promise: PROMISE,
});

const added = async (desk: TestDesk): Promise<{ commandId: string; channel: ChannelId; version: number }> => {
  const { subject } = await desk.people.ada.desk.channel.add({ commandId: desk.command(), channel: sandbox() });
  return { commandId: desk.command(), channel: subject as ChannelId, version: 1 };
};

const addedToBluesky = async (desk: TestDesk): Promise<ChannelId> => {
  const { subject } = await desk.people.ada.desk.channel.add({
    commandId: desk.command(),
    channel: {
      kind: 'bluesky',
      name: 'Bluesky',
      identifier: `acme-${ulid().toLowerCase()}.example`,
      appPassword: APP_PASSWORD,
      service: await blueskyService(),
      appView: '',
      directory: '',
      promise: PROMISE,
    },
  });
  return subject as ChannelId;
};

export const CHANNEL_CASES = {
  'channel.list': { by: 'uma', access: 'everybody' },
  'channel.add': {
    by: 'ada',
    access: adminsOnly,
    input: ({ desk }) => ({ commandId: desk.command(), channel: sandbox() }),
  },
  'channel.change': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ ...(await added(desk)), name: 'Renamed', promise: PROMISE }),
  },
  'channel.renewCredentials': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ channel: await addedToBluesky(desk), appPassword: APP_PASSWORD }),
  },
  'channel.check': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ channel: await addedToBluesky(desk) }),
  },
  'channel.remove': { by: 'ada', access: adminsOnly, input: ({ desk }) => added(desk) },
  'practice.threads': { by: 'uma', access: 'everybody', input: () => ({ channel: null }) },
  'practice.post': {
    by: 'agnes',
    access: refusedTo('uma', ['Agnes', 'Ben', 'Carl', 'Cleo', 'Kay', 'Lena', 'Leo', 'Pat', 'Abe', 'Ada']),
    input: ({ desk }) => ({
      channel: desk.channel,
      handle: 'sam.example',
      text: 'Where is my parcel?',
      language: 'en',
      parent: null,
    }),
  },
} satisfies Record<string, ProcedureCase>;
