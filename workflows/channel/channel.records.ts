import { z } from 'zod';
import { channelKindSchema, channelLimitsSchema, servicePromiseSchema } from './channel.ts';

/** What a channel needs to know to be reached; no secrets. */
export const channelSettingsSchema = z.strictObject({
  /** Address of the server that holds the account (a Bluesky PDS). */
  service: z.string().max(500).optional(),
  /** Address of a server that shows threads (a Bluesky AppView). */
  appView: z.string().max(500).optional(),
  /** Address of the directory that resolves identities (PLC). */
  directory: z.string().max(500).optional(),
  /** The practice network's limits. */
  limits: channelLimitsSchema.optional(),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

const channelFacts = {
  name: z.string().min(1).max(80),
  /** The account that speaks, by the channel's own lasting id. */
  account: z.string().min(1).max(300),
  /** The account as the public sees it, without the leading @. */
  handle: z.string().min(1).max(300),
  promise: servicePromiseSchema,
  settings: channelSettingsSchema,
};

export const CHANNEL_RECORDS = {
  'channel.added': z.strictObject({ kind: channelKindSchema, ...channelFacts }),
  'channel.changed': z.strictObject(channelFacts),
  'channel.removed': z.strictObject({}),
} as const;
