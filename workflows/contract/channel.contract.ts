import { z } from 'zod';
import { channelKindSchema, channelLimitsSchema, servicePromiseSchema } from '../channel/channel.ts';
import { channelIdSchema, replyIdSchema } from '../identifiers.ts';
import { failureCauseSchema } from '../publication/publication.records.ts';
import { timeSchema } from '../time.ts';
import { commandIdSchema, procedure, query, receiptSchema } from './base.ts';

/** What the outbox last met with on a channel, as long as nothing newer has succeeded there. */
const channelTroubleSchema = z.strictObject({
  reply: replyIdSchema,
  cause: failureCauseSchema,
  attemptedAt: timeSchema,
  /** When the desk tries again by itself; `null` when it looks on the channel first, or a person must act. */
  retryAt: timeSchema.nullable(),
});
/** Its addresses or account are not understood, or what was kept to sign in cannot be opened. */
export const channelProblemSchema = z.enum(['settings', 'credentials']);
export type ChannelProblem = z.infer<typeof channelProblemSchema>;

export const channelViewSchema = z.strictObject({
  id: channelIdSchema,
  version: z.int(),
  kind: channelKindSchema,
  name: z.string(),
  handle: z.string(),
  limits: channelLimitsSchema,
  promise: servicePromiseSchema,
  /** The account by the channel's own lasting id. */
  account: z.string(),
  service: z.string().nullable(),
  /** `null` where the network's own is used. */
  appView: z.string().nullable(),
  directory: z.string().nullable(),
  /** Why nothing can be done on it until an admin has mended it; `null` while it is in order. */
  problem: channelProblemSchema.nullable(),
  /** Whether the program holds what it needs to sign in. */
  hasCredentials: z.boolean(),
  isRemoved: z.boolean(),
  openReplies: z.int(),
  /** Replies that wait in the outbox to be sent. */
  waiting: z.int(),
  lastPublished: z.strictObject({ reply: replyIdSchema, at: timeSchema }).nullable(),
  trouble: channelTroubleSchema.nullable(),
});
export type ChannelView = z.infer<typeof channelViewSchema>;

const addressSchema = z.string().trim().max(500);

const blueskyInput = z.strictObject({
  kind: z.literal('bluesky'),
  name: z.string().trim().min(1).max(80),
  /** Handle or e-mail of the account. */
  identifier: z.string().trim().min(1).max(300),
  /** App password; goes to the safe, never to the journal. */
  appPassword: z.string().min(1).max(200),
  service: addressSchema,
  appView: addressSchema,
  directory: addressSchema,
  promise: servicePromiseSchema,
});

const sandboxInput = z.strictObject({
  kind: z.literal('sandbox'),
  name: z.string().trim().min(1).max(80),
  handle: z.string().trim().min(1).max(100),
  limits: channelLimitsSchema,
  promise: servicePromiseSchema,
});

export const channelInputSchema = z.discriminatedUnion('kind', [blueskyInput, sandboxInput]);
export type ChannelInput = z.infer<typeof channelInputSchema>;

export const channelContract = {
  list: query.output(
    z.strictObject({
      channels: z.array(channelViewSchema),
      mayManage: z.boolean(),
      /** Names of those who may. */
      canManage: z.array(z.string()),
    }),
  ),
  /** Signs in to the channel first; an account that refuses is not added. */
  add: procedure
    .input(z.strictObject({ commandId: commandIdSchema, channel: channelInputSchema }))
    .output(receiptSchema),
  change: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        channel: channelIdSchema,
        version: z.int(),
        name: z.string().trim().min(1).max(80),
        promise: servicePromiseSchema,
      }),
    )
    .output(receiptSchema),
  /** A new app password for a Bluesky account. Signs in first. */
  renewCredentials: procedure
    .input(z.strictObject({ channel: channelIdSchema, appPassword: z.string().min(1).max(200) }))
    .output(z.strictObject({ ok: z.literal(true) })),
  /** Signs in with what is in the safe and posts nothing; refused in words that say what is wrong. */
  check: procedure
    .input(z.strictObject({ channel: channelIdSchema }))
    .output(z.strictObject({ checkedAt: timeSchema, handle: z.string() })),
  remove: procedure
    .input(z.strictObject({ commandId: commandIdSchema, channel: channelIdSchema, version: z.int() }))
    .output(receiptSchema),
};
