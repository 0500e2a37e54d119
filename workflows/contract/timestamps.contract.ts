import { z } from 'zod';
import { timeSchema } from '../time.ts';
import { LONGEST_ADDRESS } from '../workspace/workspace.records.ts';
import { commandIdSchema, passphraseSchema, procedure, query, receiptSchema } from './base.ts';

export const timestampsViewSchema = z.strictObject({
  /** Who stamps, and whom the trusted certificates name; `null` where nobody does. */
  authority: z.strictObject({ address: z.string(), names: z.array(z.string()) }).nullable(),
  /** Records on the workspace, which a change relies on. */
  version: z.int(),
  canChange: z.boolean(),
  /** The newest stamp: of how many records, when and by whom. It holds by the trusted certificates, or nothing was given. */
  newest: z
    .strictObject({
      size: z.int(),
      given: z.strictObject({ at: timeSchema, authority: z.string() }).nullable(),
    })
    .nullable(),
  /** Why the last time that it was tried there was none, as a reason of `refusal.…`, and when it is tried again. */
  failure: z
    .strictObject({
      at: timeSchema,
      nextTryAt: timeSchema,
      reason: z.string(),
      values: z.strictObject({ status: z.int() }),
    })
    .nullable(),
});
export type TimestampsView = z.infer<typeof timestampsViewSchema>;

/** Time stamps of the journal's checkpoints by an outside authority (RFC 3161). */
export const timestampsContract = {
  get: query.output(timestampsViewSchema),
  setAuthority: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        version: z.int().nonnegative(),
        authority: z
          .strictObject({
            address: z.string().trim().min(1).max(LONGEST_ADDRESS),
            /** One or more certificates in PEM. */
            certificates: z.string().max(60_000),
          })
          .nullable(),
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(receiptSchema),
  /** Has the newest checkpoint stamped now; `failure` tells why it was not. */
  stampNow: procedure.output(timestampsViewSchema),
};
