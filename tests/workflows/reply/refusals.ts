import type * as rules from '#workflows/reply/reply.rules.ts';
import { emptyReplyContext, type ReplyContext } from '#workflows/reply/reply.events.ts';
import type { Time } from '#workflows/time.ts';
import { ANA, as, BEN, CATE, hashOf, hoursLater, KAY, PAT, REX, START } from '../cast.ts';
import { EVENTS, PUBLICATION, routeOf } from './events.ts';

export type Rules = typeof rules;

/** What is asked of the rules that the machine and the core ask, and the reason that they must give; `null` for none. */
export interface RefusalCase {
  readonly title: string;
  readonly ask: (rules: Rules) => { readonly code: string; readonly reason: string } | null;
  readonly expected: string | null;
}

const approvalBy = (review: 'comms' | 'legal', person: typeof ANA, at: Time = START, contentHash = hashOf(2)) => ({
  [review]: { review, person, contentHash, at },
});

/** Ana and Ben wrote revision 2; comms and legal are asked, Cate of comms has approved. */
const IN_REVIEW: ReplyContext = {
  ...emptyReplyContext(),
  revision: 2,
  contentHash: hashOf(2),
  authors: [ANA, BEN],
  route: routeOf(['comms', 'legal']),
  decisions: approvalBy('comms', CATE),
};
const APPROVED: ReplyContext = {
  ...IN_REVIEW,
  decisions: { ...approvalBy('comms', CATE), ...approvalBy('legal', REX, hoursLater(1)) },
};
const SCHEDULED: ReplyContext = { ...APPROVED, scheduledFor: hoursLater(3) };

const decision = {
  ...EVENTS.approve(IN_REVIEW, START),
  review: 'legal',
  actor: as(REX, 'legal'),
  contentHash: hashOf(2),
} as const;
const revision = { ...EVENTS.revise(IN_REVIEW, START), contentHash: hashOf(3) };
const submission = EVENTS.submit(IN_REVIEW, START);
const release = EVENTS.release(APPROVED, hoursLater(2));
const schedule = { ...EVENTS.schedule(APPROVED, hoursLater(2)), scheduledFor: hoursLater(5), publication: PUBLICATION };
const attempt = EVENTS.publicationAttempted(APPROVED, hoursLater(2));

const decide = (
  title: string,
  expected: string | null,
  change: Partial<typeof decision> | object = {},
  context: Partial<ReplyContext> = {},
): RefusalCase => ({
  title: `a decision ${title}`,
  ask: ({ mayDecide }) => mayDecide({ ...IN_REVIEW, ...context }, { ...decision, ...change }),
  expected,
});

const IN_ORDER = { route: routeOf(['comms', 'legal'], { order: 'inOrder' }) };

const DECISIONS: RefusalCase[] = [
  decide('by a reviewer of the role, no author, on the newest revision', null),
  decide('in another role than the review’s', 'notInReviewRole', { actor: as(REX, 'comms') }),
  decide('as admin', 'notInReviewRole', { actor: as(REX, 'admin') }),
  decide('on the content of an older revision', 'revisionStale', { contentHash: hashOf(1) }),
  decide('on an older revision that had the same content', 'revisionStale', { revision: 1 }),
  decide('by its author', 'decideOnOwn', { actor: as(ANA, 'legal') }),
  decide('by who edited it later', 'decideOnOwn', { actor: as(BEN, 'legal') }),
  decide('by who decided the other review', 'fillsOtherReview', { actor: as(CATE, 'legal') }),
  decide('on a review that the route does not demand', 'reviewNotRequired', {}, { route: routeOf(['comms']) }),
  decide('while nothing is submitted', 'reviewNotRequired', {}, { route: null }),
  decide('on a review that is decided', 'alreadyDecided', { review: 'comms', actor: as(KAY, 'comms') }),
  decide('on a review that they decided before', 'alreadyDecided', { review: 'comms', actor: as(CATE, 'comms') }),
  decide('before its turn', 'notItsTurn', {}, { ...IN_ORDER, decisions: {} }),
  decide('when its turn has come', null, {}, IN_ORDER),
];

const REVISIONS: RefusalCase[] = (
  [
    ['that follows on the newest', null, {}],
    ['with the number of the newest', 'revisionStale', { revision: 2 }],
    ['that leaves a number out', 'revisionStale', { revision: 4 }],
    ['with nothing changed', 'nothingChanged', { contentHash: hashOf(2) }],
  ] as const
).map(([title, expected, change]) => ({
  title: `a revision ${title}`,
  ask: ({ maySave }) => maySave(IN_REVIEW, { ...revision, ...change }),
  expected,
}));

const SUBMISSIONS: RefusalCase[] = (
  [
    ['of the newest revision without blocking findings', null, {}, {}],
    ['with a blocking finding', 'blockingFindings', { blockingFindings: ['length'] }, {}],
    ['of older content', 'revisionStale', { contentHash: hashOf(1) }, {}],
    ['of an older revision', 'revisionStale', { revision: 1 }, {}],
    ['of what was published, of which nobody is an author any more', 'nothingToSubmit', {}, { authors: [] }],
  ] as const
).map(([title, expected, change, context]) => ({
  title: `a submission ${title}`,
  ask: ({ maySubmit }) => maySubmit({ ...IN_REVIEW, ...context }, { ...submission, ...change }),
  expected,
}));

/** What may be sent, whoever asks: the approvals are looked at again at every one of these steps. */
const SENDING: readonly [string, string | null, Partial<ReplyContext>, { at?: Time; contentHash?: string }][] = [
  ['of what every review approved', null, {}, {}],
  ['just before the first approval runs out', null, {}, { at: '2026-03-03T08:59:59.999Z' }],
  ['when the first approval has run out', 'approvalExpired', {}, { at: hoursLater(24) }],
  ['with an approval that a clock signed which was set back since', 'approvalExpired', {}, { at: hoursLater(-1) }],
  ['of older content', 'revisionStale', {}, { contentHash: hashOf(1) }],
  ['with one review open', 'notApproved', { decisions: approvalBy('comms', CATE) }, {}],
  ['with no review decided', 'notApproved', { decisions: {} }, {}],
  [
    'with an approval of other content',
    'notApproved',
    { decisions: { ...APPROVED.decisions, ...approvalBy('legal', REX, START, hashOf(1)) } },
    {},
  ],
  ['without a route', 'notApproved', { route: null }, {}],
  ['with a route that demands nothing', 'notApproved', { route: routeOf([]), decisions: {} }, {}],
];

const SENDINGS: RefusalCase[] = SENDING.flatMap(([title, expected, context, change]) => [
  {
    title: `a release ${title}`,
    ask: ({ mayRelease }) => mayRelease({ ...APPROVED, ...context }, { ...release, ...change }),
    expected,
  },
  {
    title: `an attempt ${title}`,
    ask: ({ mayAttempt }) => mayAttempt({ ...APPROVED, ...context }, { ...attempt, ...change }),
    expected,
  },
]);

const RECALLS: RefusalCase[] = [
  { title: 'a recall by an author', actor: as(BEN, 'comms'), expected: null },
  { title: 'a recall by an agent who stands in', actor: as(KAY, 'agent'), expected: null },
  { title: 'a recall by a reviewer who wrote nothing', actor: as(REX, 'legal'), expected: 'recallNotTheirs' },
].map(({ title, actor, expected }) => ({
  title,
  ask: ({ mayRecall }) => mayRecall(IN_REVIEW, { type: 'recall', actor, at: START }),
  expected,
}));

const NO_AUTHOR = { route: routeOf(['comms', 'legal'], { authorMayRelease: false }) };

const RELEASES: RefusalCase[] = [
  ['by an author where the policy lets them', null, {}, ANA],
  ['by an author where the policy demands another', 'authorMayNotRelease', NO_AUTHOR, ANA],
  ['by another where the policy demands that', null, NO_AUTHOR, PAT],
].map(([title, expected, context, person]) => ({
  title: `a release ${title as string}`,
  ask: ({ mayRelease }) =>
    mayRelease({ ...APPROVED, ...(context as object) }, { ...release, actor: as(person as typeof ANA, 'publisher') }),
  expected: expected as string | null,
}));

const TIMES: RefusalCase[] = [
  {
    title: 'a schedule that lies ahead',
    ask: ({ liesAhead }) => liesAhead(APPROVED, schedule),
    expected: null,
  },
  {
    title: 'a schedule for this very instant',
    ask: ({ liesAhead }) => liesAhead(APPROVED, { ...schedule, scheduledFor: schedule.at }),
    expected: 'scheduleInPast',
  },
  {
    title: 'an attempt before the time that it is scheduled for',
    ask: ({ isScheduledTime }) => isScheduledTime(SCHEDULED, attempt),
    expected: 'notYetScheduled',
  },
  {
    title: 'an attempt at the time that it is scheduled for',
    ask: ({ isScheduledTime }) => isScheduledTime(SCHEDULED, { ...attempt, at: hoursLater(3) }),
    expected: null,
  },
  {
    title: 'an expiry of an approval that is still valid',
    ask: ({ hasExpired }) => hasExpired(APPROVED, { at: hoursLater(23) }),
    expected: 'approvalStillValid',
  },
  {
    title: 'an expiry when validity has run out',
    ask: ({ hasExpired }) => hasExpired(APPROVED, { at: hoursLater(24) }),
    expected: null,
  },
  {
    title: 'an expiry where nothing is approved',
    ask: ({ hasExpired }) => hasExpired({ ...APPROVED, decisions: {} }, { at: hoursLater(1_000) }),
    expected: 'approvalStillValid',
  },
];

/** A table of questions to the rules of a reply. The rules that are made of others are asked, as the program asks them. */
export const REFUSALS: readonly RefusalCase[] = [
  ...DECISIONS,
  ...REVISIONS,
  ...SUBMISSIONS,
  ...SENDINGS,
  ...RECALLS,
  ...RELEASES,
  ...TIMES,
];

/** Titles of the cases in which these rules say otherwise. */
export const wrongRefusals = (asked: Rules): string[] =>
  REFUSALS.flatMap(({ title, ask, expected }) => ((ask(asked)?.reason ?? null) === expected ? [] : [title]));
