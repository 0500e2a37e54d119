import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { customerIdSchema, subjectSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { commandIdSchema, passphraseSchema, procedure, query, receiptSchema, requiredTextSchema } from './base.ts';
import { publishingViewSchema } from './publishing.contract.ts';
import { queueSchema } from './reply.contract.ts';

export const overviewSchema = z.strictObject({
  workspace: z.strictObject({ name: z.string(), isSample: z.boolean() }),
  now: timeSchema,
  queues: z.array(z.strictObject({ queue: queueSchema, count: z.int() })),
  /** How long before it is due a reply counts as at risk, by the policy in force. */
  atRiskMinutes: z.int(),
  templatesToApprove: z.int(),
  policyToApprove: z.boolean(),
  /** People whose key waits for the person who asks. */
  keysToConfirm: z.int(),
  /** Customers whom an admin proposes to erase, and whom the person who asks can confirm; the oldest first. */
  erasuresToDecide: z.array(customerIdSchema),
  publishing: publishingViewSchema,
  journal: z.strictObject({
    size: z.int(),
    lastVerification: z.strictObject({ at: timeSchema, ok: z.boolean(), size: z.int() }).nullable(),
    readOnly: z.strictObject({ seq: z.int().nullable(), code: z.string(), message: z.string() }).nullable(),
  }),
  /** The channel cannot be reached: how much waits, and when the desk tries again. */
  outbox: z.strictObject({ waiting: z.int(), offlineSince: timeSchema.nullable(), nextTryAt: timeSchema.nullable() }),
  /** The clock leapt: no timer fires until a person confirms the time. */
  clockJump: z.strictObject({ from: timeSchema, to: timeSchema }).nullable(),
  /** The clock stands before the newest record: nothing is recorded until it is set right or an admin corrects the time. */
  clockBehind: z
    .strictObject({
      newest: timeSchema,
      now: timeSchema,
      mayCorrect: z.boolean(),
      canCorrect: z.array(z.string()),
    })
    .nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

export const changeSchema = z.strictObject({
  /** Records in the journal now. */
  size: z.int(),
  subjects: z.array(z.strictObject({ subject: subjectSchema, version: z.int() })),
  /** Something that is no record changed: the session, a countdown, the verification. */
  topics: z.array(z.enum(['session', 'workspace', 'outbox', 'verification', 'preferences', 'practice', 'timestamps'])),
});
export type Change = z.infer<typeof changeSchema>;

export const deskContract = {
  overview: query.output(overviewSchema),
  /** Ids and versions of what changes, as it does; no content. */
  changes: procedure.output(eventIterator(changeSchema)),
  /** A person confirms that the clock is right after a leap. */
  confirmClock: procedure.input(z.strictObject({ commandId: commandIdSchema })).output(receiptSchema),
  /** An admin says that the newest record's time was false; time goes on from this computer's. */
  correctClock: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        newest: timeSchema,
        reason: requiredTextSchema,
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(receiptSchema),
};
