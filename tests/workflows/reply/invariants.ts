import type { ReviewKind } from '#workflows/people/roles.ts';
import type { DecisionEvent, ReplyEvent } from '#workflows/reply/reply.events.ts';
import type { ReplyState } from '#workflows/reply/reply.replay.ts';
import { deepFreeze, roundTrip, type Subject } from '../subject.ts';
import { approvalOf, EMPTY_LEDGER, expiryOf, isCountersigned, newestOf, note, type Ledger } from './ledger.ts';
import { isAtWork, STATE_INVARIANTS, standingOf, type Standing } from './state-invariants.ts';

export type ReplySubject = Subject<ReplyState, ReplyEvent>;

/** One event that was taken: what was known before it, and the states around it. */
export interface TakenStep {
  readonly known: Ledger;
  readonly before: Standing;
  readonly event: ReplyEvent;
  readonly after: Standing;
}

const isDecision = (event: ReplyEvent): event is DecisionEvent =>
  event.type === 'approve' || event.type === 'requestChanges' || event.type === 'reject';

const workOf = ({ paths }: Standing): string => [...paths].filter((path) => path.startsWith('work.')).join();

const hasMovedWork = ({ before, after }: TakenStep): boolean => workOf(before) !== workOf(after);

const earlierReviews = ({ route }: Ledger, review: ReviewKind): ReviewKind[] => {
  if (route?.order !== 'inOrder') return [];
  const names = route.reviews.map((entry) => entry.review);
  return names.slice(0, names.indexOf(review));
};

const isOutcome = ({ type }: ReplyEvent): boolean =>
  ['publicationSucceeded', 'publicationFailed', 'publicationUnknown', 'publicationConfirmed'].includes(type);

/** What must hold of every event that a reply takes; `true` where the rule has nothing to say about it. */
export const STEP_INVARIANTS: Readonly<Record<string, (step: TakenStep) => boolean>> = {
  'nothing is sent, released or scheduled unless every review approved this very content': ({ known, event }) =>
    !(event.type === 'publicationAttempted' || event.type === 'release' || event.type === 'schedule') ||
    isCountersigned(known, event.contentHash),
  'nothing is sent, released or scheduled on an approval that has run out': ({ known, event }) => {
    if (event.type !== 'publicationAttempted' && event.type !== 'release' && event.type !== 'schedule') return true;
    const expiry = expiryOf(known);
    return expiry !== null && event.at < expiry;
  },
  'nothing that is scheduled is sent before its time': ({ known, event }) =>
    event.type !== 'publicationAttempted' || known.scheduledFor === null || event.at >= known.scheduledFor,
  'what is sent has the operation that was approved': ({ known, event }) =>
    event.type !== 'publicationAttempted' || event.operation === newestOf(known)?.operation,
  'nothing is sent while the outcome of an attempt is unknown': ({ known, event }) =>
    event.type !== 'publicationAttempted' || known.attempt === null,
  'a decision names the newest revision': ({ known, event }) =>
    !isDecision(event) ||
    (event.contentHash === newestOf(known)?.contentHash && event.revision === newestOf(known)?.revision),
  'a review is decided in the role of its name': ({ event }) => !isDecision(event) || event.actor.role === event.review,
  'no one decides on a revision of which they are an author': ({ known, event }) =>
    !isDecision(event) || !(newestOf(known)?.authors.includes(event.actor.person) ?? true),
  'no one fills two reviews of one revision': ({ known, event }) =>
    !isDecision(event) ||
    known.approvals.every(({ review, actor }) => review === event.review || actor.person !== event.actor.person),
  'only a review that the route demands and that is open is decided': ({ known, event }) =>
    !isDecision(event) ||
    ((known.route?.reviews.some(({ review }) => review === event.review) ?? false) &&
      approvalOf(known, event.review) === undefined),
  'reviews that run in order are decided in order': ({ known, event }) =>
    !isDecision(event) || earlierReviews(known, event.review).every((review) => approvalOf(known, review)),
  'a new revision voids every decision and every release': ({ event, after }) =>
    event.type !== 'revise' ||
    (Object.keys(after.context.decisions).length === 0 &&
      after.context.publication === null &&
      after.context.scheduledFor === null &&
      isAtWork(after, 'drafting', 'correcting', 'takingDown')),
  'a revision follows on the newest one and differs from it': ({ known, event }) =>
    event.type !== 'revise' ||
    (event.revision === (newestOf(known)?.revision ?? 0) + 1 && event.contentHash !== newestOf(known)?.contentHash),
  'a revision answers what is not public, and corrects or takes down what is': ({ known, event }) =>
    event.type !== 'revise' ||
    (known.publicHash === null
      ? event.operation === 'reply'
      : ['correct', 'takeDown'].includes(event.operation) &&
        (known.change === null || known.change === event.operation)),
  'blocking findings and an old revision cannot be submitted': ({ known, event }) =>
    event.type !== 'submit' ||
    (event.blockingFindings.length === 0 &&
      event.contentHash === newestOf(known)?.contentHash &&
      event.revision === newestOf(known)?.revision),
  'only what was changed since the last publication is submitted': ({ known, event }) =>
    event.type !== 'submit' || known.authors.length > 0,
  'an author releases only where the policy lets them': ({ known, event }) =>
    !(event.type === 'release' || event.type === 'schedule') ||
    known.route?.authorMayRelease === true ||
    newestOf(known)?.authors.includes(event.actor.person) === false,
  'what was submitted is taken back by an author or by an agent': ({ known, event }) =>
    event.type !== 'recall' ||
    event.actor.role === 'agent' ||
    newestOf(known)?.authors.includes(event.actor.person) === true,
  'a schedule lies ahead': ({ event }) => event.type !== 'schedule' || event.scheduledFor > event.at,
  'an approval expires when its validity has run out and not before': ({ known, event }) => {
    if (event.type !== 'expireApproval') return true;
    const expiry = expiryOf(known);
    return expiry !== null && event.at >= expiry;
  },
  'what is public changes only by an attempt that made something': ({ known, before, event, after }) =>
    before.context.publishedHash === after.context.publishedHash ||
    (known.attempt !== null &&
      (event.type === 'publicationSucceeded' || (event.type === 'publicationConfirmed' && event.isThere)) &&
      event.operation === known.attempt.operation),
  'while an attempt is under way only its own outcome moves the work': (step) =>
    !isAtWork(step.before, 'publishing.attempted', 'publishing.reconciling') ||
    !hasMovedWork(step) ||
    (isOutcome(step.event) && 'operation' in step.event && step.event.operation === step.known.attempt?.operation),
  'a failure that is not final is tried again, a final one is given back': (step) =>
    step.event.type !== 'publicationFailed' ||
    !hasMovedWork(step) ||
    (step.event.isFinal && isAtWork(step.before, 'publishing.attempted')
      ? isAtWork(step.after, 'approved')
      : isAtWork(step.after, 'publishing.backingOff')),
  'a change of what is public that is given up leaves nothing behind': ({ known, event, after }) =>
    known.publicHash === null ||
    !(event.type === 'withdraw' || event.type === 'reject') ||
    (isAtWork(after, 'published') &&
      after.context.operation === 'reply' &&
      after.context.route === null &&
      Object.keys(after.context.decisions).length === 0),
  'handing back a claim begins no draft': ({ before, event, after }) =>
    event.type !== 'claim' || event.person !== null || !isAtWork(before, 'triage') || isAtWork(after, 'triage'),
  'the service promise is met by a report that an answer is there': ({ before, event, after }) =>
    before.paths.has('serviceLevel.met') ||
    !after.paths.has('serviceLevel.met') ||
    (event.type === 'publicationSucceeded' && event.operation === 'reply') ||
    (event.type === 'publicationConfirmed' && event.operation === 'reply' && event.isThere),
  'a readback has one of three outcomes': ({ event }) =>
    event.type !== 'publicationObserved' || ['same', 'drifted', 'gone'].includes(event.outcome),
};

const brokenStates = (standing: Standing, ledger: Ledger): string[] =>
  Object.entries(STATE_INVARIANTS).flatMap(([title, holds]) => (holds(standing, ledger) ? [] : [title]));

const brokenSteps = (step: TakenStep): string[] =>
  Object.entries(STEP_INVARIANTS).flatMap(([title, holds]) => (holds(step) ? [] : [title]));

/** A reply as the subject holds it, and what an onlooker knows of it. */
export interface Judged {
  readonly state: ReplyState;
  readonly ledger: Ledger;
}

/** A verdict on one event: whether it was taken, what it led to, and the titles of the invariants that it broke. */
export interface Verdict extends Judged {
  readonly isTaken: boolean;
  readonly broken: readonly string[];
}

/** A reply at its beginning. */
export const beginJudged = (subject: ReplySubject): Judged => ({
  state: deepFreeze(roundTrip(subject.begin())),
  ledger: EMPTY_LEDGER,
});

/**
 * Puts an event to a reply and judges what comes of it. Subjects are the machine, a machine with a rule removed, or the
 * core that drives it. Every state goes through JSON, and is frozen so that a step that changes it throws.
 */
export const judge = (subject: ReplySubject, { state, ledger }: Judged, event: ReplyEvent): Verdict => {
  const next = subject.step(state, deepFreeze(event));
  if (!next) return { state, ledger, isTaken: false, broken: [] };
  const after = deepFreeze(roundTrip(next));
  const noted = note(ledger, event);
  const standing = standingOf(after);
  const broken = [
    ...brokenSteps({ known: ledger, before: standingOf(state), event, after: standing }),
    ...brokenStates(standing, noted),
  ];
  return { state: after, ledger: noted, isTaken: true, broken };
};
