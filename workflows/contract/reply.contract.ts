import { z } from 'zod';
import {
  channelKindSchema,
  channelLimitsSchema,
  measureSchema,
  previewSegmentSchema,
  receiptSchema as channelReceiptSchema,
} from '../channel/channel.ts';
import { findingSchema } from '../checks/checks.ts';
import { documentSchema } from '../content/document.ts';
import {
  channelIdSchema,
  customerIdSchema,
  hex256Schema,
  personIdSchema,
  publicationIdSchema,
  replyIdSchema,
  templateIdSchema,
} from '../identifiers.ts';
import { reviewKindSchema } from '../people/roles.ts';
import { routeReasonSchema } from '../policy/route.ts';
import { failureCauseSchema } from '../publication/publication.records.ts';
import { OPERATIONS } from '../reply/reply.events.ts';
import { deviationSchema, templatePinSchema, TRIAGE_OUTCOMES } from '../reply/reply.records.ts';
import { timeSchema } from '../time.ts';
import {
  actorViewSchema,
  commandIdSchema,
  freeTextSchema,
  pageSchema,
  passphraseSchema,
  personRefSchema,
  procedure,
  query,
  receiptSchema,
  requiredTextSchema,
} from './base.ts';
import { pictureViewSchema, postViewSchema } from './mention.contract.ts';
import { slotSchema } from '../template/template.ts';

// One file, although long: each of these schemas is a part of the next, down to the procedures that answer with them.

export const QUEUES = [
  'waitingOnMe',
  'waitingOnOthers',
  'atRisk',
  'inReview',
  'approved',
  'sentToday',
  'signedToday',
  'onHold',
  'monitoring',
  'open',
  'closed',
] as const;
export const queueSchema = z.enum(QUEUES);
export type Queue = z.infer<typeof queueSchema>;

export const SERVICE_LEVELS = ['onTime', 'atRisk', 'breached', 'met'] as const;
const serviceLevelSchema = z.enum(SERVICE_LEVELS);

/** What comes next, and on whom it waits. */
export const ACTS_DUE = [
  'triage',
  'draft',
  'decide',
  'release',
  'send',
  'reconcile',
  'lookAt',
  'answer',
  'wait',
  'nothing',
] as const;
export const waitingSchema = z.strictObject({
  act: z.enum(ACTS_DUE),
  /** It waits on the person who asks. */
  onMe: z.boolean(),
  /** Reviews it waits for. */
  reviews: z.array(reviewKindSchema),
  /** Names of the people who can do it; empty when the program does it. */
  names: z.array(z.string()),
});
export type Waiting = z.infer<typeof waitingSchema>;

const channelRefSchema = z.strictObject({
  id: channelIdSchema,
  name: z.string(),
  kind: channelKindSchema,
  handle: z.string(),
});

export const queueItemSchema = z.strictObject({
  id: replyIdSchema,
  version: z.int(),
  channel: channelRefSchema,
  /** `null` when the customer was erased. */
  handle: z.string().nullable(),
  excerpt: z.string(),
  language: z.string().nullable(),
  dueAt: timeSchema,
  postedAt: timeSchema,
  serviceLevel: serviceLevelSchema,
  state: z.string(),
  waiting: waitingSchema,
  isUnread: z.boolean(),
  publishedAt: timeSchema.nullable(),
  alarm: z.enum(['drifted', 'gone']).nullable(),
  isHeld: z.boolean(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

export const revisionViewSchema = z.strictObject({
  revision: z.int(),
  seq: z.int(),
  by: personRefSchema,
  at: timeSchema,
  operation: z.enum(OPERATIONS),
  contentHash: hex256Schema,
  text: z.string(),
  document: documentSchema,
  segments: z.array(previewSegmentSchema),
  measure: measureSchema,
  template: templatePinSchema.nullable(),
  deviation: deviationSchema.nullable(),
});
export type RevisionView = z.infer<typeof revisionViewSchema>;

export const RAIL_STEPS = ['draft', 'comms', 'legal', 'review', 'publish', 'readback'] as const;

/** One of the at most five steps of the progress rail. */
export const railStepSchema = z.strictObject({
  step: z.enum(RAIL_STEPS),
  state: z.enum(['done', 'now', 'todo', 'stopped']),
  who: z.array(z.string()),
  isMe: z.boolean(),
  at: timeSchema.nullable(),
  until: timeSchema.nullable(),
  /** Further word for the step, as a key of the catalogue. */
  outcome: z.string().nullable(),
});
export type RailStep = z.infer<typeof railStepSchema>;

export const REPLY_ACTS = [
  'claim',
  'handOver',
  'monitor',
  'dismiss',
  'handlePrivately',
  'merge',
  'reopen',
  'edit',
  'submit',
  'recall',
  'withdraw',
  'approve',
  'requestChanges',
  'reject',
  'release',
  'schedule',
  'unschedule',
  'confirmByHand',
  'retry',
  'fetchAnswers',
  'correct',
  'takeDown',
  'close',
  'placeHold',
  'liftHold',
] as const;
export type ReplyAct = (typeof REPLY_ACTS)[number];

/** Whether the person who asks may do it now; if not, why, in the words of a refusal. */
export const actViewSchema = z.strictObject({
  act: z.enum(REPLY_ACTS),
  isAllowed: z.boolean(),
  review: reviewKindSchema.nullable(),
  refusal: z
    .strictObject({
      reason: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    })
    .nullable(),
});
export type ActView = z.infer<typeof actViewSchema>;

export const routeViewSchema = z.strictObject({
  policy: z.int(),
  policyName: z.string(),
  order: z.enum(['parallel', 'inOrder']),
  /** Computed from the text as it stands, not yet fixed by submitting. */
  isForecast: z.boolean(),
  validityHours: z.int(),
  reviews: z.array(
    z.strictObject({
      review: reviewKindSchema,
      reasons: z.array(routeReasonSchema),
      state: z.enum(['waiting', 'deciding', 'approved']),
      decidedBy: personRefSchema.nullable(),
      decidedAt: timeSchema.nullable(),
      comment: z.string().nullable(),
      /** Who can decide it: in the role, no author, not in another review. */
      eligible: z.array(personRefSchema),
      isMine: z.boolean(),
    }),
  ),
});
export type RouteView = z.infer<typeof routeViewSchema>;

export const storyEntrySchema = z.strictObject({
  seq: z.int(),
  at: timeSchema,
  type: z.string(),
  actor: actorViewSchema,
  /** Values for the sentence `story.<type>` of the catalogue. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Free text that was given with it; `null` when there was none or it was erased. */
  text: z.string().nullable(),
  revision: z.int().nullable(),
  contentHash: hex256Schema.nullable(),
  /** Key that signed it. */
  keyId: hex256Schema.nullable(),
});
export type StoryEntry = z.infer<typeof storyEntrySchema>;

export const publicationViewSchema = z.strictObject({
  id: publicationIdSchema,
  operation: z.enum(OPERATIONS),
  state: z.enum(['queued', 'attempted', 'backingOff', 'reconciling', 'failed', 'succeeded']),
  attempts: z.int(),
  attemptedAt: timeSchema.nullable(),
  cause: failureCauseSchema.nullable(),
  /** When the desk tries again, or looks again. */
  retryAt: timeSchema.nullable(),
  /** Released before a pause that has been lifted since: a person releases it again. */
  needsReleaseAgain: z.boolean(),
  /** Only a person can say whether it is there. */
  needsPerson: z.boolean(),
  /** What the check before sending found: nothing is sent until the reply is recalled, or the program starts anew. */
  blockedBecause: z.string().nullable(),
  receipt: channelReceiptSchema.nullable(),
  readback: z
    .strictObject({ outcome: z.enum(['same', 'drifted', 'gone']), at: timeSchema, observedText: z.string().nullable() })
    .nullable(),
});
export type PublicationView = z.infer<typeof publicationViewSchema>;

const templateViewSchema = z.strictObject({
  id: templateIdSchema,
  version: z.int(),
  name: z.string(),
  text: z.string(),
  slots: z.array(slotSchema),
  approvedBy: z.array(z.string()),
  validUntil: timeSchema.nullable(),
  /** Why the pinned version can no longer be submitted. */
  problem: z.enum(['retired', 'expired', 'superseded', 'notApproved']).nullable(),
  newestVersion: z.int().nullable(),
});

export const replyViewSchema = z.strictObject({
  id: replyIdSchema,
  version: z.int(),
  /** Full state value of the machine. */
  value: z.unknown(),
  state: z.string(),
  serviceLevel: serviceLevelSchema,
  channel: channelRefSchema.extend({ limits: channelLimitsSchema }),
  assignee: personRefSchema.nullable(),
  openedAt: timeSchema,
  dueAt: timeSchema,
  acknowledgeBy: timeSchema,
  atRiskMinutes: z.int(),
  customer: customerIdSchema,
  /** What became of a proposal to erase the customer; `null` while there is none. */
  erasure: z
    .strictObject({ state: z.enum(['proposed', 'declined', 'erased']), by: personRefSchema, at: timeSchema })
    .nullable(),
  /** The post as captured; `null` when the customer was erased, or their key or a file is missing or damaged. */
  post: postViewSchema.nullable(),
  capturedAt: timeSchema,
  captureHash: hex256Schema,
  capturedFrom: z.enum(['channel', 'byHand']),
  thread: z.array(postViewSchema),
  pictures: z.array(pictureViewSchema),
  follows: replyIdSchema.nullable(),
  followedBy: z.array(replyIdSchema),
  /** Other replies to the same customer. */
  earlier: z.array(z.strictObject({ id: replyIdSchema, at: timeSchema, state: z.string(), excerpt: z.string() })),
  operation: z.enum(OPERATIONS),
  revisions: z.array(revisionViewSchema),
  authors: z.array(personRefSchema),
  submittedBy: personRefSchema.nullable(),
  submittedAt: timeSchema.nullable(),
  noteToReviewers: z.string().nullable(),
  /** The last word of a reviewer that sent it back. */
  returned: z
    .strictObject({
      by: personRefSchema,
      review: reviewKindSchema,
      at: timeSchema,
      revision: z.int(),
      reason: z.string(),
      wasRejected: z.boolean(),
    })
    .nullable(),
  route: routeViewSchema.nullable(),
  approvalExpiresAt: timeSchema.nullable(),
  template: templateViewSchema.nullable(),
  deviationLimit: z.int(),
  findings: z.array(findingSchema),
  scheduledFor: timeSchema.nullable(),
  publication: publicationViewSchema.nullable(),
  rail: z.array(railStepSchema),
  waiting: waitingSchema,
  acts: z.array(actViewSchema),
  /** Newest revision that the person who asks had seen before this visit. */
  lastSeenRevision: z.int().nullable(),
  isHeld: z.boolean(),
});
export type ReplyView = z.infer<typeof replyViewSchema>;

export const draftSchema = z.strictObject({
  document: documentSchema,
  template: templatePinSchema.nullable(),
  language: z.string().max(35),
  /** Note to the reviewers, not sent. */
  note: freeTextSchema,
  /** Revision on which it was begun; 0 before the first. */
  basedOn: z.int().nonnegative(),
});
export type Draft = z.infer<typeof draftSchema>;

export const previewSchema = z.strictObject({
  text: z.string(),
  segments: z.array(previewSegmentSchema),
  measure: measureSchema,
  findings: z.array(findingSchema),
  deviation: deviationSchema.nullable(),
  route: routeViewSchema,
});
export type Preview = z.infer<typeof previewSchema>;

const target = { commandId: commandIdSchema, reply: replyIdSchema, version: z.int() };
const decision = {
  ...target,
  review: reviewKindSchema,
  revision: z.int(),
  contentHash: hex256Schema,
  passphrase: passphraseSchema.optional(),
};

export const replyContract = {
  list: query
    .input(
      z.strictObject({
        queue: queueSchema,
        sort: z.enum(['due', 'newest']).default('due'),
        search: z.string().trim().max(200).default(''),
        page: pageSchema.default({ offset: 0, limit: 60 }),
      }),
    )
    .output(z.strictObject({ total: z.int(), items: z.array(queueItemSchema) })),
  get: query.input(z.strictObject({ reply: replyIdSchema })).output(replyViewSchema),
  /** Remembers that the person has seen the newest revision. */
  markSeen: procedure
    .input(z.strictObject({ reply: replyIdSchema, revision: z.int() }))
    .output(z.strictObject({ ok: z.literal(true) })),
  story: query
    .input(z.strictObject({ reply: replyIdSchema }))
    .output(z.strictObject({ entries: z.array(storyEntrySchema) })),

  claim: procedure.input(z.strictObject(target)).output(receiptSchema),
  handOver: procedure.input(z.strictObject({ ...target, to: personIdSchema.nullable() })).output(receiptSchema),
  triage: procedure
    .input(
      z.strictObject({
        ...target,
        outcome: z.enum(TRIAGE_OUTCOMES),
        reason: freeTextSchema,
        until: timeSchema.nullable(),
        into: replyIdSchema.nullable(),
      }),
    )
    .output(receiptSchema),

  /** The person's own working copy; saved by itself, recorded nowhere. */
  getDraft: query
    .input(z.strictObject({ reply: replyIdSchema }))
    .output(z.strictObject({ draft: draftSchema.nullable(), savedAt: timeSchema.nullable() })),
  saveDraft: procedure
    .input(z.strictObject({ reply: replyIdSchema, draft: draftSchema }))
    .output(z.strictObject({ savedAt: timeSchema })),
  discardDraft: procedure
    .input(z.strictObject({ reply: replyIdSchema }))
    .output(z.strictObject({ ok: z.literal(true) })),
  /** What the channel would be sent, its length, what the checks find, and the route, for a text as it stands. */
  preview: query
    .input(
      z.strictObject({
        reply: replyIdSchema,
        document: documentSchema,
        template: templatePinSchema.nullable(),
        language: z.string().max(35),
      }),
    )
    .output(previewSchema),

  /** Saves a revision. Without a change it records nothing and voids nothing. */
  revise: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        reply: replyIdSchema,
        basedOn: z.int().nonnegative(),
        operation: z.enum(['reply', 'correct', 'takeDown']),
        document: documentSchema,
        template: templatePinSchema.nullable(),
        language: z.string().min(2).max(35),
      }),
    )
    .output(receiptSchema.extend({ revision: z.int(), contentHash: hex256Schema.nullable() })),
  submit: procedure
    .input(z.strictObject({ ...target, revision: z.int(), contentHash: hex256Schema, note: freeTextSchema }))
    .output(receiptSchema),
  recall: procedure.input(z.strictObject({ ...target, reason: freeTextSchema })).output(receiptSchema),
  withdraw: procedure.input(z.strictObject({ ...target, reason: freeTextSchema })).output(receiptSchema),

  approve: procedure.input(z.strictObject({ ...decision, comment: freeTextSchema })).output(receiptSchema),
  requestChanges: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),
  reject: procedure.input(z.strictObject({ ...decision, reason: requiredTextSchema })).output(receiptSchema),

  release: procedure
    .input(z.strictObject({ ...target, contentHash: hex256Schema, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema),
  schedule: procedure
    .input(
      z.strictObject({
        ...target,
        contentHash: hex256Schema,
        scheduledFor: timeSchema,
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(receiptSchema),
  unschedule: procedure.input(z.strictObject(target)).output(receiptSchema),
  /** A person says whether a post whose outcome is unknown is there. */
  confirmByHand: procedure
    .input(
      z.strictObject({
        ...target,
        isThere: z.boolean(),
        address: z.string().trim().max(2_000),
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(receiptSchema),
  /** Tries to send, or looks on the channel, now instead of at the next time. */
  retryNow: procedure.input(z.strictObject({ reply: replyIdSchema })).output(z.strictObject({ ok: z.literal(true) })),
  close: procedure.input(z.strictObject(target)).output(receiptSchema),
  placeHold: procedure
    .input(z.strictObject({ ...target, reason: requiredTextSchema, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema),
  liftHold: procedure
    .input(z.strictObject({ ...target, passphrase: passphraseSchema.optional() }))
    .output(receiptSchema),
};
