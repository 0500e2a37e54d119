import { z } from 'zod';
import { hex256Schema } from '../identifiers.ts';
import { reviewKindSchema } from '../people/roles.ts';
import { policyContentSchema } from '../policy/policy.ts';
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
import { VERSION_STATES, versionDecisionSchema } from './template.contract.ts';

export const policyVersionSchema = z.strictObject({
  version: z.int(),
  state: z.enum(VERSION_STATES),
  content: policyContentSchema,
  contentHash: hex256Schema,
  authors: z.array(personRefSchema),
  revisedAt: timeSchema,
  submittedAt: timeSchema.nullable(),
  approvedAt: timeSchema.nullable(),
  reviews: z.array(versionDecisionSchema),
  /** Why it was last sent back or rejected. */
  lastReason: z.strictObject({ by: personRefSchema, at: timeSchema, text: z.string() }).nullable(),
});
export type PolicyVersionView = z.infer<typeof policyVersionSchema>;

export const policyViewSchema = z.strictObject({
  inForce: z.strictObject({ version: z.int(), content: policyContentSchema }),
  versions: z.array(policyVersionSchema),
  channelNames: z.record(z.string(), z.string()),
  /** Whether the person who asks may propose a version. */
  mayEdit: z.boolean(),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

const target = { commandId: commandIdSchema, version: z.int(), contentHash: hex256Schema };
const decision = { ...target, review: reviewKindSchema, passphrase: passphraseSchema.optional() };

export const policyContract = {
  /** The policy in force and every version of it. Version 0 is the program's own default. */
  get: query.output(policyViewSchema),
  revise: procedure
    .input(z.strictObject({ commandId: commandIdSchema, content: policyContentSchema }))
    .output(receiptSchema.extend({ version: z.int(), contentHash: hex256Schema })),
  submit: procedure.input(z.strictObject(target)).output(receiptSchema),
  approve: procedure.input(z.strictObject(decision)).output(receiptSchema),
  requestChanges: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),
  reject: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),
};
