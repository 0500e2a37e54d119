import { z } from 'zod';
import { channelKindSchema, channelLimitsSchema, servicePromiseSchema } from '../channel/channel.ts';
import { channelIdSchema } from '../identifiers.ts';
import { commandIdSchema, procedure, query, receiptSchema } from './base.ts';

export const channelViewSchema = z.strictObject({
  id: channelIdSchema,
  version: z.int(),
  kind: channelKindSchema,
  name: z.string(),
  handle: z.string(),
  limits: channelLimitsSchema,
  promise: servicePromiseSchema,
  service: z.string().nullable(),
  /** Whether the program holds what it needs to sign in. */
  hasCredentials: z.boolean(),
  isRemoved: z.boolean(),
  openReplies: z.int(),
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
  list: query.output(z.strictObject({ channels: z.array(channelViewSchema), mayManage: z.boolean() })),
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
  remove: procedure
    .input(z.strictObject({ commandId: commandIdSchema, channel: channelIdSchema, version: z.int() }))
    .output(receiptSchema),
};
