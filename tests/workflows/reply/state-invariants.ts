import { REVIEW_KINDS, type ReviewKind } from '#workflows/people/roles.ts';
import type { ReplyContext } from '#workflows/reply/reply.events.ts';
import type { ReplyState } from '#workflows/reply/reply.replay.ts';
import { pathsOf } from '#workflows/step.ts';
import { approvalOf, isCountersigned, newestOf, type Ledger } from './ledger.ts';

/** A state with its paths looked up once. */
export interface Standing {
  readonly context: ReplyContext;
  readonly paths: ReadonlySet<string>;
}

export const standingOf = ({ value, context }: ReplyState): Standing => ({ context, paths: new Set(pathsOf(value)) });

/** Whether the reply's work is in one of the states, `publishing.queued`. */
export const isAtWork = ({ paths }: Standing, ...names: string[]): boolean =>
  names.some((name) => paths.has(`work.${name}`));

const hasSamePeople = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((person) => other.includes(person));

/** States in which a route is fulfilled: from here on only the outbox stands between the reply and the public. */
const COUNTERSIGNED = ['approved', 'scheduled', 'publishing'];

/** Nothing of this reply is public here. */
const NOT_PUBLIC = [
  'triage',
  'monitoring',
  'noResponse',
  'privateHandling',
  'merged',
  'drafting',
  'rejected',
  'withdrawn',
  'takenDown',
];

const PUBLIC = ['published', 'correcting', 'takingDown'];

/** States that are left in the step that enters them. */
export const PASSING_STATES = ['work.returned', 'work.refused', 'work.sent', 'work.published.settling'];

const expectedReviewState = (ledger: Ledger, review: ReviewKind): string => {
  const { route } = ledger;
  const names = route?.reviews.map((entry) => entry.review) ?? [];
  if (!names.includes(review)) return 'notRequired';
  if (approvalOf(ledger, review)) return 'approved';
  const earlier = route?.order === 'inOrder' ? names.slice(0, names.indexOf(review)) : [];
  return earlier.every((name) => approvalOf(ledger, name)) ? 'deciding' : 'waiting';
};

/** What must hold of every state that a reply is in, given what an onlooker knows of it. */
export const STATE_INVARIANTS: Readonly<Record<string, (standing: Standing, ledger: Ledger) => boolean>> = {
  'what stands approved, scheduled or publishing was approved by every review of its route': (standing, ledger) =>
    !isAtWork(standing, ...COUNTERSIGNED) || isCountersigned(ledger, standing.context.contentHash),
  'the authors are all who changed the content since the last publication': ({ context }, ledger) =>
    hasSamePeople(context.authors, ledger.authors),
  'the newest revision is the one that was saved last': ({ context }, ledger) =>
    context.revision === (newestOf(ledger)?.revision ?? 0) &&
    context.contentHash === (newestOf(ledger)?.contentHash ?? null),
  'what is held to be public is what was sent last': ({ context }, { publicHash }) =>
    context.publishedHash === publicHash,
  'a state that says something is public, or that nothing is, says the truth': (standing, { publicHash }) =>
    publicHash === null ? !isAtWork(standing, ...PUBLIC) : !isAtWork(standing, ...NOT_PUBLIC),
  'what is being written is what the state says': (standing) =>
    (!isAtWork(standing, 'drafting', 'triage') || standing.context.operation === 'reply') &&
    (!isAtWork(standing, 'correcting') || standing.context.operation === 'correct') &&
    (!isAtWork(standing, 'takingDown') || standing.context.operation === 'takeDown'),
  'no reply rests in a state that is only passed': ({ paths }) => !PASSING_STATES.some((path) => paths.has(path)),
  'a review is open when the route demands it and its turn has come': (standing, ledger) =>
    !isAtWork(standing, 'inReview') ||
    REVIEW_KINDS.every((review) => isAtWork(standing, `inReview.${review}.${expectedReviewState(ledger, review)}`)),
  'a published reply shows what the last readback found': (standing, { observation }) =>
    !isAtWork(standing, 'published') ||
    isAtWork(standing, `published.${observation === 'same' ? 'verified' : (observation ?? 'awaitingReadback')}`),
  'the service promise is met by an answer that is public, and by nothing else': ({ paths }, ledger) =>
    paths.has('serviceLevel.met') === (ledger.isAnswered && !paths.has('serviceLevel.breached')),
  'a breached promise stays breached': ({ paths }, { isBreached }) => paths.has('serviceLevel.breached') === isBreached,
  'a reply is acknowledged by a holding reply and by nothing else': ({ paths }, { isAcknowledged }) =>
    paths.has('acknowledgement.holdingReplySent') === isAcknowledged,
  'a hold lasts until it is lifted': ({ paths }, { isHeld }) => paths.has('hold.held') === isHeld,
  'a reply is with whom claimed it last, or with the agent who wrote it': ({ context }, { assignee }) =>
    context.assignee === assignee,
  'the decisions that count are those that nothing has voided': ({ context }, { approvals, change }) =>
    change === null ||
    (Object.keys(context.decisions).length === approvals.length &&
      approvals.every(({ review, actor }) => context.decisions[review]?.person === actor.person)),
  'what is to be sent, and when, is what was released or scheduled last': (standing, { publication, scheduledFor }) =>
    !isAtWork(standing, ...COUNTERSIGNED) ||
    (standing.context.publication === publication &&
      standing.context.scheduledFor === scheduledFor &&
      (publication === null) === isAtWork(standing, 'approved') &&
      (scheduledFor !== null || !isAtWork(standing, 'scheduled'))),
  'a publication is under way exactly while its outcome is not known': (standing, { attempt }) =>
    isAtWork(standing, 'publishing.attempted', 'publishing.reconciling') === (attempt !== null),
};
