import { z } from 'zod';
import { contentSchema } from '../content/content.ts';
import { documentSchema } from '../content/document.ts';
import {
  channelIdSchema,
  customerIdSchema,
  hex256Schema,
  mentionIdSchema,
  personIdSchema,
  publicationIdSchema,
  replyIdSchema,
  templateIdSchema,
} from '../identifiers.ts';
import { reviewKindSchema } from '../people/roles.ts';
import { routeSchema } from '../policy/route.ts';
import { timeSchema } from '../time.ts';
import { OPERATIONS } from './reply.events.ts';

const revisionSchema = z.int().positive();

const evidence = { evidence: z.array(hex256Schema).optional() };

const decision = {
  review: reviewKindSchema,
  revision: revisionSchema,
  contentHash: hex256Schema,
  ...evidence,
};

export const TRIAGE_OUTCOMES = ['monitoring', 'noResponse', 'privateHandling', 'merged', 'triage'] as const;

/** Where a reply's text comes from: an approved version, pinned. */
export const templatePinSchema = z.strictObject({ template: templateIdSchema, version: z.int().positive() });
export type TemplatePin = z.infer<typeof templatePinSchema>;

export const deviationSchema = z.strictObject({ distance: z.int().nonnegative(), words: z.int().nonnegative() });

/** Data of every type on `reply/<ULID>`. */
export const REPLY_RECORDS = {
  'reply.opened': z.strictObject({
    mention: mentionIdSchema,
    channel: channelIdSchema,
    customer: customerIdSchema,
    language: z.string().max(35).nullable(),
    /** When the customer posted; the service promise counts from here. */
    postedAt: timeSchema,
    acknowledgeBy: timeSchema,
    dueAt: timeSchema,
    /** The reply whose answer by the customer this one takes up. */
    follows: replyIdSchema.nullable(),
  }),
  'reply.claimed': z.strictObject({ person: personIdSchema.nullable() }),
  'reply.triaged': z.strictObject({
    outcome: z.enum(TRIAGE_OUTCOMES),
    until: timeSchema.nullable(),
    into: replyIdSchema.nullable(),
    ...evidence,
  }),
  'reply.monitoringEnded': z.strictObject({ cause: z.enum(['time', 'activity']) }),
  'reply.revised': z.strictObject({
    revision: revisionSchema,
    contentHash: hex256Schema,
    operation: z.enum(OPERATIONS),
    template: templatePinSchema.nullable(),
    deviation: deviationSchema.nullable(),
    ...evidence,
  }),
  'reply.submitted': z.strictObject({
    revision: revisionSchema,
    contentHash: hex256Schema,
    authors: z.array(personIdSchema).min(1),
    route: routeSchema,
    /** Findings that stood when it was submitted, by check and rule. */
    findings: z
      .array(z.strictObject({ check: z.string(), rule: z.string().nullable(), severity: z.string() }))
      .max(500),
    ...evidence,
  }),
  'reply.approved': z.strictObject(decision),
  'reply.changesRequested': z.strictObject(decision),
  'reply.rejected': z.strictObject(decision),
  'reply.recalled': z.strictObject({ revision: revisionSchema, ...evidence }),
  'reply.withdrawn': z.strictObject({ ...evidence }),
  'reply.closed': z.strictObject({}),
  'reply.released': z.strictObject({ contentHash: hex256Schema, publication: publicationIdSchema }),
  'reply.scheduled': z.strictObject({
    contentHash: hex256Schema,
    publication: publicationIdSchema,
    scheduledFor: timeSchema,
  }),
  'reply.unscheduled': z.strictObject({}),
  'reply.approvalExpired': z.strictObject({ revision: revisionSchema, contentHash: hex256Schema }),
  'reply.escalated': z.strictObject({ dueAt: timeSchema }),
  'reply.breached': z.strictObject({ dueAt: timeSchema }),
  /** The clock was corrected: what had been counted from a false time, counted from the right one. */
  'reply.recounted': z.strictObject({
    postedAt: timeSchema,
    acknowledgeBy: timeSchema,
    dueAt: timeSchema,
    monitorUntil: timeSchema.nullable(),
  }),
} as const;

/** What `reply.revised` seals under the customer's key. */
export const sealedRevisionSchema = z.strictObject({ content: contentSchema, document: documentSchema });
export type SealedRevision = z.infer<typeof sealedRevisionSchema>;

/** Free text of a person about a customer's matter: a reason, a note to the reviewers. */
export const sealedTextSchema = z.strictObject({ text: z.string().max(20_000) });
export type SealedText = z.infer<typeof sealedTextSchema>;
