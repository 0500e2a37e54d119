import type { ReviewKind } from '#workflows/people/roles.ts';
import type { Route } from '#workflows/policy/route.ts';
import type {
  DecisionEvent,
  Operation,
  ReplyContext,
  ReplyEvent,
  ReplyEventType,
} from '#workflows/reply/reply.events.ts';
import type { Time } from '#workflows/time.ts';
import { ANA, as, BEN, CATE, hashOf, hoursLater, PAT, REX, START, ulidOf } from '../cast.ts';

const BECAUSE = [{ rule: 'R-1', reason: 'a rule of the tests' }];

export const routeOf = (reviews: readonly ReviewKind[], members: Partial<Route> = {}): Route => ({
  policy: 1,
  order: 'parallel',
  reviews: reviews.map((review) => ({ review, reasons: BECAUSE })),
  validityHours: 24,
  authorMayRelease: true,
  ...members,
});

/** Routes that differ in what they demand. */
export const ROUTES: readonly Route[] = [
  routeOf(['comms', 'legal']),
  routeOf(['comms', 'legal'], { order: 'inOrder' }),
  routeOf(['legal', 'comms'], { order: 'inOrder', authorMayRelease: false }),
  routeOf(['comms'], { authorMayRelease: false }),
  routeOf(['legal'], { validityHours: 1 }),
];
export const BOTH: Route = routeOf(['comms', 'legal']);

export const PUBLICATION = `publication/${ulidOf('A')}` as const;
export const OTHER_REPLY = `reply/${ulidOf('B')}` as const;

const REVIEWERS = { comms: as(CATE, 'comms'), legal: as(REX, 'legal') } as const;

type OfDecision = DecisionEvent['type'];

/** The event of a type; decisions share one shape. */
export type EventOf<Type extends ReplyEventType> = Type extends OfDecision
  ? DecisionEvent & { readonly type: Type }
  : Extract<ReplyEvent, { type: Type }>;

const newestHash = ({ contentHash }: ReplyContext): string => contentHash ?? hashOf(0);

const decision = (context: ReplyContext, review: ReviewKind, at: Time) => ({
  review,
  revision: context.revision,
  contentHash: newestHash(context),
  actor: REVIEWERS[review],
  at,
});

/** The operation that a new revision has here: a change of what is public, or an answer. */
const fittingOperation = ({ publishedHash, operation }: ReplyContext): Operation => {
  if (publishedHash === null) return 'reply';
  return operation === 'takeDown' ? 'takeDown' : 'correct';
};

/** The review whose turn it is: the first of the route that nobody has decided. */
export const nextReview = ({ route, decisions }: ReplyContext): ReviewKind =>
  route?.reviews.find(({ review }) => !decisions[review])?.review ?? 'comms';

/**
 * A well-formed event of each type, by a person who may do it: what the reply takes wherever its state has a place for it.
 * @param at when it is done
 */
export const EVENTS: { readonly [Type in ReplyEventType]: (context: ReplyContext, at: Time) => EventOf<Type> } = {
  claim: (_, at) => ({ type: 'claim', person: BEN, actor: as(BEN, 'agent'), at }),
  monitor: (_, at) => ({ type: 'monitor', until: null, actor: as(ANA, 'agent'), at }),
  dismiss: (_, at) => ({ type: 'dismiss', actor: as(ANA, 'agent'), at }),
  handlePrivately: (_, at) => ({ type: 'handlePrivately', actor: as(ANA, 'agent'), at }),
  merge: (_, at) => ({ type: 'merge', into: OTHER_REPLY, actor: as(ANA, 'agent'), at }),
  reopen: (_, at) => ({ type: 'reopen', at }),
  revise: (context, at) => ({
    type: 'revise',
    revision: context.revision + 1,
    contentHash: hashOf(context.revision + 1),
    operation: fittingOperation(context),
    actor: as(ANA, 'agent'),
    at,
  }),
  submit: (context, at) => ({
    type: 'submit',
    revision: context.revision,
    contentHash: newestHash(context),
    route: BOTH,
    blockingFindings: [],
    actor: as(ANA, 'agent'),
    at,
  }),
  approve: (context, at) => ({ type: 'approve', ...decision(context, nextReview(context), at) }),
  requestChanges: (context, at) => ({ type: 'requestChanges', ...decision(context, nextReview(context), at) }),
  reject: (context, at) => ({ type: 'reject', ...decision(context, nextReview(context), at) }),
  recall: (_, at) => ({ type: 'recall', actor: as(ANA, 'agent'), at }),
  withdraw: (_, at) => ({ type: 'withdraw', actor: as(ANA, 'agent'), at }),
  close: (_, at) => ({ type: 'close', actor: as(ANA, 'agent'), at }),
  release: (context, at) => ({
    type: 'release',
    contentHash: newestHash(context),
    publication: PUBLICATION,
    actor: as(PAT, 'publisher'),
    at,
  }),
  schedule: (context, at) => ({
    type: 'schedule',
    contentHash: newestHash(context),
    publication: PUBLICATION,
    scheduledFor: hoursLater(1, at),
    actor: as(PAT, 'publisher'),
    at,
  }),
  unschedule: (_, at) => ({ type: 'unschedule', actor: as(PAT, 'publisher'), at }),
  expireApproval: (_, at) => ({ type: 'expireApproval', at }),
  publicationAttempted: (context, at) => ({
    type: 'publicationAttempted',
    operation: context.operation,
    contentHash: newestHash(context),
    at,
  }),
  publicationSucceeded: ({ operation }, at) => ({ type: 'publicationSucceeded', operation, at }),
  publicationFailed: ({ operation }, at) => ({ type: 'publicationFailed', operation, isFinal: false, at }),
  publicationUnknown: ({ operation }, at) => ({ type: 'publicationUnknown', operation, at }),
  publicationConfirmed: ({ operation }, at) => ({ type: 'publicationConfirmed', operation, isThere: true, at }),
  publicationObserved: ({ operation }, at) => ({ type: 'publicationObserved', operation, outcome: 'same', at }),
  escalate: (_, at) => ({ type: 'escalate', at }),
  breach: (_, at) => ({ type: 'breach', at }),
  placeHold: (_, at) => ({ type: 'placeHold', at }),
  liftHold: (_, at) => ({ type: 'liftHold', at }),
};

export const EVENT_TYPES = Object.keys(EVENTS) as ReplyEventType[];

/** A well-formed event of a type for the reply as it stands. */
export const eventOf = (type: ReplyEventType, context: ReplyContext, at: Time = START): ReplyEvent =>
  EVENTS[type](context, at);
