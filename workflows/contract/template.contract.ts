import { z } from 'zod';
import { channelIdSchema, hex256Schema, replyIdSchema, templateIdSchema } from '../identifiers.ts';
import { reviewKindSchema } from '../people/roles.ts';
import { templateContentSchema } from '../template/template.ts';
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

export const VERSION_STATES = [
  'draft',
  'inReview',
  'approved',
  'superseded',
  'retired',
  'expired',
  'rejected',
] as const;

export const versionDecisionSchema = z.strictObject({
  review: reviewKindSchema,
  state: z.enum(['deciding', 'approved']),
  by: personRefSchema.nullable(),
  at: timeSchema.nullable(),
  eligible: z.array(personRefSchema),
  /** Whether the person who asks may decide it, and why not. */
  mayDecide: z.boolean(),
  refusal: z
    .strictObject({
      reason: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    })
    .nullable(),
});

export const templateVersionSchema = z.strictObject({
  version: z.int(),
  state: z.enum(VERSION_STATES),
  content: templateContentSchema,
  contentHash: hex256Schema,
  authors: z.array(personRefSchema),
  revisedAt: timeSchema,
  submittedAt: timeSchema.nullable(),
  approvedAt: timeSchema.nullable(),
  reviews: z.array(versionDecisionSchema),
  /** Why it was sent back, rejected or retired. */
  lastReason: z.strictObject({ by: personRefSchema, at: timeSchema, text: z.string() }).nullable(),
});
export type TemplateVersionView = z.infer<typeof templateVersionSchema>;

export const templateSummarySchema = z.strictObject({
  id: templateIdSchema,
  name: z.string(),
  language: z.string(),
  /** Newest approved version; `null` when there is none. */
  approvedVersion: z.int().nullable(),
  /** State of the newest version. */
  newestVersion: z.int(),
  newestState: z.enum(VERSION_STATES),
  validUntil: timeSchema.nullable(),
  slots: z.int(),
  /** Channels it may be used on; `null` for all. */
  channels: z.array(channelIdSchema).nullable(),
  usedBy: z.int(),
  waitsOnMe: z.boolean(),
  /** Reviews of the newest version that nobody has decided yet; none unless it is in review. */
  openReviews: z.array(reviewKindSchema),
  /** First words of the approved text, or of the newest. */
  excerpt: z.string(),
  changedAt: timeSchema,
});
export type TemplateSummary = z.infer<typeof templateSummarySchema>;

const target = { commandId: commandIdSchema, template: templateIdSchema, version: z.int() };
const decision = {
  ...target,
  review: reviewKindSchema,
  contentHash: hex256Schema,
  passphrase: passphraseSchema.optional(),
};

export const templateContract = {
  /** By name. `search` finds words of the name and of the wording, whatever their case. */
  list: query
    .input(z.strictObject({ search: z.string().trim().max(200).default('') }))
    .output(
      z.strictObject({ templates: z.array(templateSummarySchema), total: z.int().nonnegative(), mayEdit: z.boolean() }),
    ),
  /** Approved versions that may be used on a channel now, for the picker. */
  usable: query.input(z.strictObject({ reply: replyIdSchema })).output(
    z.strictObject({
      templates: z.array(z.strictObject({ id: templateIdSchema, version: z.int(), content: templateContentSchema })),
    }),
  ),
  get: query.input(z.strictObject({ template: templateIdSchema })).output(
    z.strictObject({
      id: templateIdSchema,
      versions: z.array(templateVersionSchema),
      usedBy: z.array(
        z.strictObject({ reply: replyIdSchema, version: z.int(), handle: z.string().nullable(), state: z.string() }),
      ),
      mayEdit: z.boolean(),
    }),
  ),
  /** Saves wording: a new template without `template`, else its open draft, or a new version after the newest. */
  revise: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        template: templateIdSchema.nullable(),
        content: templateContentSchema,
      }),
    )
    .output(receiptSchema.extend({ version: z.int() })),
  submit: procedure.input(z.strictObject({ ...target, contentHash: hex256Schema })).output(receiptSchema),
  approve: procedure.input(z.strictObject(decision)).output(receiptSchema),
  requestChanges: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),
  reject: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),
  /** Takes a version out of use; the answer names the open replies that use it. */
  retire: procedure
    .input(z.strictObject({ ...target, reason: requiredTextSchema, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema.extend({ usedBy: z.array(replyIdSchema) })),
};
