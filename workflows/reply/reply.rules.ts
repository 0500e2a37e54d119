import { refuse, type Refusal } from '../errors.ts';
import { REVIEW_KINDS } from '../people/roles.ts';
import { isRequired, reviewsBefore, type Route } from '../policy/route.ts';
import { addHours, isFromFalseTime, type Time } from '../time.ts';
import type {
  DecisionEvent,
  PublicationReport,
  RecallEvent,
  ReleaseEvent,
  ReplyContext,
  ReviseEvent,
  ScheduleEvent,
  SubmitEvent,
} from './reply.events.ts';

/**
 * The rules that guard the reply machine, each once. The machine asks whether a rule refuses; the core asks the same
 * rule why, so that what is enforced and what is said cannot differ. `null`: the rule has nothing against it.
 */

type Rule<Event> = (context: ReplyContext, event: Event) => Refusal | null;

const firstRefusal = <Event>(context: ReplyContext, event: Event, rules: readonly Rule<Event>[]): Refusal | null => {
  for (const rule of rules) {
    const refusal = rule(context, event);
    if (refusal) return refusal;
  }
  return null;
};

/** Invariant 3: a decision, release or attempt names the newest content, or it is stale. */
export const namesNewestContent: Rule<{ contentHash: string; revision?: number }> = (context, event) =>
  event.contentHash === context.contentHash && (event.revision === undefined || event.revision === context.revision)
    ? null
    : refuse('REVISION_STALE', 'revisionStale', { newest: context.revision });

/** A review is decided in the role of the same name. */
export const actsInReviewRole: Rule<DecisionEvent> = (_context, { actor, review }) =>
  actor.role === review ? null : refuse('FORBIDDEN', 'notInReviewRole', { review });

/** Invariant 2: no one decides on a revision of which they are an author. */
export const isNoAuthor: Rule<DecisionEvent> = ({ authors }, { actor, review }) =>
  authors.includes(actor.person) ? refuse('FORBIDDEN', 'decideOnOwn', { review }) : null;

/** Invariant 2: no one fills two reviews of one revision. */
export const fillsNoOtherReview: Rule<DecisionEvent> = ({ decisions }, { actor, review }) =>
  REVIEW_KINDS.some((kind) => kind !== review && decisions[kind]?.person === actor.person)
    ? refuse('FORBIDDEN', 'fillsOtherReview', { review })
    : null;

/** The route must ask for the review, and it must not be decided yet. */
export const isOpenReview: Rule<DecisionEvent> = ({ route, decisions }, { review }) => {
  if (!isRequired(route, review)) return refuse('ILLEGAL_TRANSITION', 'reviewNotRequired', { review });
  return decisions[review] ? refuse('ALREADY_DECIDED', 'alreadyDecided', { review }) : null;
};

/** Whether a review's turn has come: in a route that runs in order, earlier reviews come first. */
export const isTurnOf = (
  route: Route | null,
  decisions: ReplyContext['decisions'],
  review: DecisionEvent['review'],
): boolean => reviewsBefore(route, review).every((earlier) => decisions[earlier] !== undefined);

/** A review is decided when its turn has come. */
export const isItsTurn: Rule<DecisionEvent> = ({ route, decisions }, { review }) =>
  isTurnOf(route, decisions, review) ? null : refuse('ILLEGAL_TRANSITION', 'notItsTurn', { review });

export const mayDecide: Rule<DecisionEvent> = (context, event) =>
  firstRefusal(context, event, [
    actsInReviewRole,
    namesNewestContent,
    isNoAuthor,
    fillsNoOtherReview,
    isOpenReview,
    isItsTurn,
  ]);

/** A revision follows on the newest one and differs from it. */
export const maySave: Rule<ReviseEvent> = (context, event) => {
  if (event.revision !== context.revision + 1) {
    return refuse('REVISION_STALE', 'revisionStale', { newest: context.revision });
  }
  return event.contentHash === context.contentHash ? refuse('INVALID_INPUT', 'nothingChanged') : null;
};

/** What was published is not submitted again: nobody would count as its author (invariant 2). */
export const isUnpublished: Rule<SubmitEvent> = ({ authors }) =>
  authors.length > 0 ? null : refuse('ILLEGAL_TRANSITION', 'nothingToSubmit');

export const hasNoBlockingFindings: Rule<SubmitEvent> = (_context, { blockingFindings }) =>
  blockingFindings.length > 0 ? refuse('INVALID_INPUT', 'blockingFindings', { findings: [...blockingFindings] }) : null;

/** What was submitted is taken back by who wrote it, or by an agent; a reviewer who wants it changed says why. */
export const mayRecall: Rule<RecallEvent> = ({ authors }, { actor }) =>
  actor.role === 'agent' || authors.includes(actor.person) ? null : refuse('FORBIDDEN', 'recallNotTheirs');

/** Blocking findings, and a revision that is not the newest or was published, forbid to submit. */
export const maySubmit: Rule<SubmitEvent> = (context, event) =>
  firstRefusal(context, event, [namesNewestContent, isUnpublished, hasNoBlockingFindings]);

/** Invariant 1: every review of the route is approved, each for the very content. */
export const isFullyApproved = ({ route, decisions, contentHash }: ReplyContext): boolean =>
  route !== null &&
  route.reviews.length > 0 &&
  route.reviews.every(({ review }) => decisions[review]?.contentHash === contentHash);

/** When the first approval of the route ceases to count. */
export const approvalExpiresAt = ({ route, decisions }: ReplyContext): Time | null => {
  if (!route) return null;
  const signed = Object.values(decisions).map(({ at }) => at);
  const earliest = signed.sort()[0];
  return earliest === undefined ? null : addHours(earliest, route.validityHours);
};

/** Whether an approval of the route has run out, or was signed by a clock that stood wrong: nobody can say when it would. */
export const isApprovalOver = (context: ReplyContext, at: Time): boolean => {
  const expires = approvalExpiresAt(context);
  if (expires === null) return false;
  return at >= expires || Object.values(context.decisions).some((decision) => isFromFalseTime(decision.at, at));
};

const requiresApproval: Rule<{ contentHash: string; at: Time }> = (context, event) => {
  const stale = namesNewestContent(context, { contentHash: event.contentHash });
  if (stale) return stale;
  if (!isFullyApproved(context)) return refuse('ILLEGAL_TRANSITION', 'notApproved');
  return isApprovalOver(context, event.at) ? refuse('ILLEGAL_TRANSITION', 'approvalExpired') : null;
};

/** The policy may demand that somebody other than an author releases. */
export const isAllowedReleaser: Rule<ReleaseEvent | ScheduleEvent> = ({ authors, route }, { actor }) =>
  route && !route.authorMayRelease && authors.includes(actor.person)
    ? refuse('FORBIDDEN', 'authorMayNotRelease')
    : null;

export const mayRelease: Rule<ReleaseEvent | ScheduleEvent> = (context, event) =>
  firstRefusal<ReleaseEvent | ScheduleEvent>(context, event, [requiresApproval, isAllowedReleaser]);

/** A schedule lies ahead. */
export const liesAhead: Rule<ScheduleEvent> = (_context, event) =>
  event.scheduledFor > event.at ? null : refuse('INVALID_INPUT', 'scheduleInPast');

type Attempt = Extract<PublicationReport, { type: 'publicationAttempted' }>;

/** Invariant 1 once more, at the last moment: what is about to be sent is what was approved, and still is. */
export const mayAttempt: Rule<Attempt> = (context, event) => requiresApproval(context, event);

/** What was scheduled is not sent before its time. */
export const isScheduledTime: Rule<Attempt> = ({ scheduledFor }, { at }) =>
  scheduledFor !== null && at < scheduledFor ? refuse('ILLEGAL_TRANSITION', 'notYetScheduled') : null;

/** An approval expires when its validity has run out, or when its time has turned out false; not before. */
export const hasExpired: Rule<{ at: Time }> = (context, { at }) =>
  isApprovalOver(context, at) ? null : refuse('ILLEGAL_TRANSITION', 'approvalStillValid');
