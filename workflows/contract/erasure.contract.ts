import { z } from 'zod';
import { ERASURE_GROUNDS, erasureGroundSchema } from '../erasure/erasure.records.ts';
import { customerIdSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import {
  commandIdSchema,
  passphraseSchema,
  personRefSchema,
  procedure,
  query,
  receiptSchema,
  requiredTextSchema,
} from './base.ts';

/** Where a customer's data stand, what an erasure takes and what it leaves. */
export const erasureViewSchema = z.strictObject({
  customer: customerIdSchema,
  /** Records on the customer; what a command on them was decided on. */
  version: z.int(),
  /** `null` once erased. */
  handle: z.string().nullable(),
  state: z.enum(['kept', 'proposed', 'erased']),
  proposal: z
    .strictObject({
      by: personRefSchema,
      at: timeSchema,
      ground: z.enum(ERASURE_GROUNDS),
      /** `null` once erased. */
      reason: z.string().nullable(),
    })
    .nullable(),
  /** The newest proposal that legal declined, while nothing came after it. */
  declined: z.strictObject({ by: personRefSchema, at: timeSchema, reason: z.string().nullable() }).nullable(),
  erased: z
    .strictObject({
      by: personRefSchema,
      at: timeSchema,
      /** `false` while files wait to be removed, because the disk refused it. */
      isComplete: z.boolean(),
    })
    .nullable(),
  takes: z.strictObject({
    /** Posts of theirs that were taken in, each with a reply. */
    replies: z.int(),
    /** Encrypted files: pictures and long texts. */
    files: z.int(),
  }),
  leaves: z.strictObject({
    /** Our replies to them that are public on a channel outside this workspace. */
    publicReplies: z.int(),
    /** Other customers' captured threads in which a post of theirs stands. */
    quotedBy: z.int(),
  }),
  /** Why it cannot be erased as things stand, in the words of refusals. */
  obstacles: z.array(
    z.strictObject({
      reason: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    }),
  ),
  mayPropose: z.boolean(),
  mayConfirm: z.boolean(),
  mayDecline: z.boolean(),
  /** Names of those who can confirm it. */
  canConfirm: z.array(z.string()),
});
export type ErasureView = z.infer<typeof erasureViewSchema>;

const target = { commandId: commandIdSchema, customer: customerIdSchema, version: z.int() };

export const erasureContract = {
  get: query.input(z.strictObject({ customer: customerIdSchema })).output(erasureViewSchema),
  /** An admin proposes, */
  propose: procedure
    .input(z.strictObject({ ...target, ground: erasureGroundSchema, reason: requiredTextSchema }))
    .output(receiptSchema),
  /** somebody else, of legal, confirms: when it is answered, the customer's key is gone; */
  confirm: procedure
    .input(z.strictObject({ ...target, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema),
  /** or declines. */
  decline: procedure
    .input(z.strictObject({ ...target, reason: requiredTextSchema, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema),
};
