import { z } from 'zod';

export const CHANNEL_KINDS = ['bluesky', 'sandbox'] as const;
export const channelKindSchema = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** What a channel allows in one post; `null` where it sets no such limit. */
export const channelLimitsSchema = z.strictObject({
  graphemes: z.int().positive().nullable(),
  bytes: z.int().positive().nullable(),
});
export type ChannelLimits = z.infer<typeof channelLimitsSchema>;

/** Minutes from the customer's post within which the company promises to acknowledge and to answer. */
export const servicePromiseSchema = z.strictObject({
  acknowledgeMinutes: z
    .int()
    .positive()
    .max(60 * 24 * 30),
  answerMinutes: z
    .int()
    .positive()
    .max(60 * 24 * 30),
});
export type ServicePromise = z.infer<typeof servicePromiseSchema>;

export const measureSchema = z.strictObject({
  graphemes: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  fits: z.boolean(),
});
/** Length of a text by the channel's own rules. */
export type Measure = z.infer<typeof measureSchema>;

export const previewSegmentSchema = z.strictObject({
  kind: z.enum(['text', 'link', 'mention', 'tag']),
  text: z.string(),
  /** Where it leads; `null` for plain text. */
  href: z.string().nullable(),
});
/** A piece of a text as the channel will show it. */
export type PreviewSegment = z.infer<typeof previewSegmentSchema>;

export const receiptSchema = z.strictObject({
  /** The channel's own id of what it made. */
  id: z.string().max(2_000),
  /** The channel's own version of it (a CID), where it has one. */
  revision: z.string().max(500).nullable(),
  /** Where the public can see it. */
  address: z.string().max(2_000).nullable(),
});
/** What a channel gave back for a post that it made. */
export type Receipt = z.infer<typeof receiptSchema>;
