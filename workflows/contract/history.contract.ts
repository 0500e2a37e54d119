import { z } from 'zod';
import { hex256Schema, replyIdSchema } from '../identifiers.ts';
import { OPERATIONS } from '../reply/reply.events.ts';
import { timeSchema } from '../time.ts';
import { pageSchema, personRefSchema, query } from './base.ts';
import { policyViewSchema } from './policy.contract.ts';
import { logRowSchema } from './journal.contract.ts';
import { queueItemSchema, queueSchema, replyViewSchema, storyEntrySchema } from './reply.contract.ts';

/** A record's number: the desk is shown as it was when this record, and all before it, had been written. */
const asOf = z.int().nonnegative();

/** When the record was written, which is the time that everything here was reckoned by. */
const moment = { asOf, at: timeSchema };

/** The place of a record, and what it says, without working out the desk behind it. */
export const momentViewSchema = z.strictObject({
  ...moment,
  /** `null` where a newer version of the program wrote it. */
  record: logRowSchema
    .pick({ type: true, actor: true, values: true, on: true })
    .extend({ reply: replyIdSchema.nullable() })
    .nullable(),
});
export type MomentView = z.infer<typeof momentViewSchema>;

/** One version of a reply's text, byte for byte. */
export const textVersionSchema = z.strictObject({
  revision: z.int(),
  /** The `reply.revised` that holds it. */
  seq: z.int(),
  at: timeSchema,
  by: personRefSchema,
  operation: z.enum(OPERATIONS),
  contentHash: hex256Schema,
  /** Its text, and the very bytes that the fingerprint is made of; `null` where the key was destroyed. */
  content: z
    .strictObject({
      text: z.string(),
      source: z.string(),
      /** Whether these bytes have the fingerprint that the record gives, calculated just now. */
      isValid: z.boolean(),
    })
    .nullable(),
});
export type TextVersion = z.infer<typeof textVersionSchema>;

/**
 * The desk as it was, worked out from the journal alone, for everybody who may read the log. Nothing can be done there: a
 * reply of the past offers no acts. `NOT_FOUND` for a record that the journal does not have.
 */
export const historyContract = {
  /** What a record says. `NOT_FOUND` beyond the newest. */
  moment: query.input(z.strictObject({ asOf })).output(momentViewSchema),
  /** The newest record at or before a time. `NOT_FOUND` before the first. */
  momentAt: query.input(z.strictObject({ at: timeSchema })).output(momentViewSchema),
  reply: query
    .input(z.strictObject({ asOf, reply: replyIdSchema }))
    .output(z.strictObject({ ...moment, reply: replyViewSchema, story: z.array(storyEntrySchema) })),
  /** Every version of a reply's text that there was by then, the oldest first. */
  versions: query
    .input(z.strictObject({ asOf, reply: replyIdSchema }))
    .output(z.strictObject({ ...moment, versions: z.array(textVersionSchema) })),
  queue: query
    .input(
      z.strictObject({
        asOf,
        queue: queueSchema,
        sort: z.enum(['due', 'newest']).default('due'),
        search: z.string().trim().max(200).default(''),
        page: pageSchema.default({ offset: 0, limit: 60 }),
      }),
    )
    .output(
      z.strictObject({
        ...moment,
        /** The queues of the person who asks, in their roles of today, with what was in them. */
        counts: z.array(z.strictObject({ queue: queueSchema, count: z.int() })),
        /** So long before it is due a reply counted as at risk, by the policy of then. */
        atRiskMinutes: z.int(),
        total: z.int(),
        items: z.array(queueItemSchema),
      }),
    ),
  policy: query.input(z.strictObject({ asOf })).output(policyViewSchema.extend(moment)),
};
