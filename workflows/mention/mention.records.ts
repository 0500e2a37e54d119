import { z } from 'zod';
import { captureSchema } from '../content/content.ts';
import { channelIdSchema, customerIdSchema, hex256Schema, replyIdSchema } from '../identifiers.ts';

export const MENTION_RECORDS = {
  'mention.captured': z.strictObject({
    channel: channelIdSchema,
    customer: customerIdSchema,
    captureHash: hex256Schema,
    /** The published reply of ours that the customer answered. */
    answers: replyIdSchema.optional(),
    /** Encrypted pictures and oversized texts, by the hash of their ciphertext. */
    evidence: z.array(hex256Schema).optional(),
  }),
} as const;

/** What `mention.captured` seals under the customer's key. */
export const sealedCaptureSchema = z.strictObject({
  capture: captureSchema,
  /** Which evidence file holds which picture. */
  pictures: z.array(z.strictObject({ hash: hex256Schema, evidence: hex256Schema })),
});
export type SealedCapture = z.infer<typeof sealedCaptureSchema>;
