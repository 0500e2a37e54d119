import { z } from 'zod';
import { receiptSchema } from '../channel/channel.ts';
import { channelIdSchema, hex256Schema, replyIdSchema } from '../identifiers.ts';
import type { JsonObject } from '../journal/canonical.ts';
import { OPERATIONS } from '../reply/reply.events.ts';
import { timeSchema } from '../time.ts';

/** Why an attempt did not end in a post, as a word of the catalogue (`cause.<word>`). */
export const FAILURE_CAUSES = [
  'offline',
  'timeout',
  'interrupted',
  'serverError',
  'rateLimited',
  'signInRefused',
  'refused',
  'targetGone',
  'absent',
] as const;
export const failureCauseSchema = z.enum(FAILURE_CAUSES);
export type FailureCause = z.infer<typeof failureCauseSchema>;

const attemptSchema = z.int().positive();
const ofReply = { reply: replyIdSchema, operation: z.enum(OPERATIONS), attempt: attemptSchema };

/** Data of every type on `publication/<ULID>`. */
export const PUBLICATION_RECORDS = {
  'publication.attempted': z.strictObject({
    ...ofReply,
    channel: channelIdSchema,
    contentHash: hex256Schema,
    /** Hex SHA-256 of the RFC 8785 bytes of the complete payload, which is sealed. */
    payloadHash: hex256Schema,
    /** The key under which the channel makes at most one post; `null` where it has none. */
    key: z.string().max(500).nullable(),
    evidence: z.array(hex256Schema).optional(),
  }),
  'publication.succeeded': z.strictObject({
    ...ofReply,
    receipt: receiptSchema,
    /** Found on the channel after the outcome had been unknown. */
    wasFound: z.boolean(),
  }),
  'publication.failed': z.strictObject({
    ...ofReply,
    cause: failureCauseSchema,
    isFinal: z.boolean(),
    /** The channel was looked at and nothing was there. */
    wasLookedUp: z.boolean(),
    retryAt: timeSchema.nullable(),
  }),
  'publication.unknown': z.strictObject({ ...ofReply, cause: failureCauseSchema }),
  'publication.confirmedByHand': z.strictObject({
    ...ofReply,
    isThere: z.boolean(),
    receipt: receiptSchema.nullable(),
  }),
  'publication.observed': z.strictObject({
    ...ofReply,
    outcome: z.enum(['same', 'drifted', 'gone']),
    /** Hex SHA-256 of the RFC 8785 bytes of what is public; `null` when nothing is. */
    observedHash: hex256Schema.nullable(),
    evidence: z.array(hex256Schema).optional(),
  }),
} as const;

const jsonObjectSchema = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** What `publication.attempted` seals: the complete payload, sent unchanged by every retry. */
export const sealedPayloadSchema = z.strictObject({
  account: z.string(),
  target: jsonObjectSchema,
  payload: jsonObjectSchema,
});
export type SealedPayload = z.infer<typeof sealedPayloadSchema>;

/** What `publication.observed` seals when the public text differs. */
export const sealedObservationSchema = z.strictObject({ observed: jsonObjectSchema });
