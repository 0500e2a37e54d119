import { z } from 'zod';
import { timeSchema } from '../time.ts';
import {
  actorViewSchema,
  commandIdSchema,
  passphraseSchema,
  procedure,
  query,
  receiptSchema,
  requiredTextSchema,
} from './base.ts';

export const publishingViewSchema = z.strictObject({
  state: z.enum(['on', 'paused', 'resumeProposed']),
  pausedBy: actorViewSchema.nullable(),
  pausedAt: timeSchema.nullable(),
  reason: z.string().nullable(),
  proposedBy: actorViewSchema.nullable(),
  mayPause: z.boolean(),
  mayPropose: z.boolean(),
  mayResume: z.boolean(),
  /** Who can do the next step towards lifting it. */
  canResume: z.array(z.string()),
  /** Replies that wait to be sent. */
  waiting: z.int(),
});
export type PublishingView = z.infer<typeof publishingViewSchema>;

const signed = { commandId: commandIdSchema, passphrase: passphraseSchema.optional() };

export const publishingContract = {
  status: query.output(publishingViewSchema),
  /** One person stops everything. */
  pause: procedure.input(z.strictObject({ ...signed, reason: requiredTextSchema })).output(receiptSchema),
  /** Two lift it: the first proposes, */
  proposeResume: procedure.input(z.strictObject(signed)).output(receiptSchema),
  /** the second, of the other of comms and legal, agrees. */
  resume: procedure.input(z.strictObject(signed)).output(receiptSchema),
};
