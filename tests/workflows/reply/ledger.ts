import type { ContentHash, PersonId, PublicationId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import type { Route } from '#workflows/policy/route.ts';
import type { DecisionEvent, Operation, ReplyEvent, ReviseEvent } from '#workflows/reply/reply.events.ts';
import { addHours, type Time } from '#workflows/time.ts';

/** A revision as it was saved, with all who had changed the content since the last publication. */
export interface SavedRevision {
  readonly revision: number;
  readonly contentHash: ContentHash;
  readonly operation: Operation;
  readonly authors: readonly PersonId[];
}

/**
 * What an onlooker writes down about one reply, from the facts alone and from nothing that the machine remembers:
 * the second opinion by which the machine is judged.
 */
export interface Ledger {
  readonly saved: readonly SavedRevision[];
  /** All who changed the content since the last publication. */
  readonly authors: readonly PersonId[];
  /** The change that is being worked on; `null` when the newest revision was published, dropped, or never was. */
  readonly change: Operation | null;
  readonly route: Route | null;
  /** Approvals of the newest revision that nothing has voided. */
  readonly approvals: readonly DecisionEvent[];
  /** The publication that it was released or scheduled for; `null` when nothing is to be sent. */
  readonly publication: PublicationId | null;
  readonly scheduledFor: Time | null;
  /** The attempt whose outcome is not known yet; `isLost` when nobody can say any more what became of it. */
  readonly attempt: {
    readonly contentHash: ContentHash;
    readonly operation: Operation;
    readonly isLost: boolean;
  } | null;
  readonly publicHash: ContentHash | null;
  readonly observation: 'same' | 'drifted' | 'gone' | null;
  readonly isAnswered: boolean;
  readonly isAcknowledged: boolean;
  readonly isBreached: boolean;
  readonly isHeld: boolean;
  readonly assignee: PersonId | null;
}

export const EMPTY_LEDGER: Ledger = {
  saved: [],
  authors: [],
  change: null,
  route: null,
  approvals: [],
  publication: null,
  scheduledFor: null,
  attempt: null,
  publicHash: null,
  observation: null,
  isAnswered: false,
  isAcknowledged: false,
  isBreached: false,
  isHeld: false,
  assignee: null,
};

const VOID = { approvals: [], publication: null, scheduledFor: null } as const;

const withAuthor = (authors: readonly PersonId[], person: PersonId): PersonId[] => [...new Set([...authors, person])];

const noteRevision = (ledger: Ledger, { revision, contentHash, operation, actor }: ReviseEvent): Ledger => {
  const authors = withAuthor(ledger.authors, actor.person);
  return {
    ...ledger,
    ...VOID,
    route: null,
    saved: [...ledger.saved, { revision, contentHash, operation, authors }],
    authors,
    change: operation,
    assignee: ledger.assignee ?? (actor.role === 'agent' ? actor.person : null),
  };
};

/** A post is there: what was attempted is what is public, and everybody starts afresh. */
const notePublication = (ledger: Ledger, operation: Operation): Ledger => {
  const { attempt } = ledger;
  if (attempt?.operation !== operation) {
    return operation === 'acknowledge' ? { ...ledger, isAcknowledged: true } : ledger;
  }
  return {
    ...ledger,
    authors: [],
    change: null,
    scheduledFor: null,
    attempt: null,
    publicHash: operation === 'takeDown' ? null : attempt.contentHash,
    observation: null,
    isAnswered: ledger.isAnswered || operation === 'reply',
  };
};

/** Nothing was made. What failed for good, and was not lost from sight before, waits for a new release. */
const noteFailure = (ledger: Ledger, { operation, isFinal }: { operation: Operation; isFinal: boolean }): Ledger =>
  ledger.attempt?.operation === operation
    ? {
        ...ledger,
        attempt: null,
        ...(isFinal && !ledger.attempt.isLost ? { publication: null, scheduledFor: null } : {}),
      }
    : ledger;

/** What is public stays; the change that was meant for it is given up. */
const noteChangeGivenUp = (ledger: Ledger): Ledger => ({
  ...ledger,
  ...VOID,
  change: ledger.publicHash === null ? ledger.change : null,
});

/** The ledger after a fact. Precondition: the machine took the event. */
export const note = (ledger: Ledger, event: ReplyEvent): Ledger => {
  switch (event.type) {
    case 'claim':
      return { ...ledger, assignee: event.person };
    case 'revise':
      return noteRevision(ledger, event);
    case 'submit':
      return { ...ledger, ...VOID, route: event.route };
    case 'approve':
      return { ...ledger, approvals: [...ledger.approvals, event] };
    case 'requestChanges':
    case 'recall':
    case 'expireApproval':
      return { ...ledger, ...VOID };
    case 'reject':
    case 'withdraw':
      return noteChangeGivenUp(ledger);
    case 'release':
      return { ...ledger, publication: event.publication, scheduledFor: null };
    case 'unschedule':
      return { ...ledger, publication: null, scheduledFor: null };
    case 'schedule':
      return { ...ledger, publication: event.publication, scheduledFor: event.scheduledFor };
    case 'publicationAttempted':
      return { ...ledger, attempt: { contentHash: event.contentHash, operation: event.operation, isLost: false } };
    case 'publicationUnknown':
      return { ...ledger, attempt: ledger.attempt && { ...ledger.attempt, isLost: true } };
    case 'publicationSucceeded':
      return notePublication(ledger, event.operation);
    case 'publicationConfirmed':
      return event.isThere
        ? notePublication(ledger, event.operation)
        : noteFailure(ledger, { operation: event.operation, isFinal: false });
    case 'publicationFailed':
      return noteFailure(ledger, event);
    case 'publicationObserved':
      return { ...ledger, observation: event.outcome };
    case 'breach':
      return { ...ledger, isBreached: true };
    case 'placeHold':
      return { ...ledger, isHeld: true };
    case 'liftHold':
      return { ...ledger, isHeld: false };
    default:
      return ledger;
  }
};

export const newestOf = ({ saved }: Ledger): SavedRevision | undefined => saved.at(-1);

export const approvalOf = ({ approvals }: Ledger, review: ReviewKind): DecisionEvent | undefined =>
  approvals.find((approval) => approval.review === review);

/** Whether every review of the route is approved for this very content, no two by one person, none by an author. */
export const isCountersigned = (ledger: Ledger, contentHash: ContentHash | null): boolean => {
  const newest = newestOf(ledger);
  if (newest?.contentHash !== contentHash || !ledger.route || ledger.route.reviews.length === 0) return false;
  const approvals = ledger.route.reviews.map(({ review }) => approvalOf(ledger, review));
  return (
    approvals.every((approval) => approval?.contentHash === contentHash) &&
    new Set(approvals.map((approval) => approval?.actor.person)).size === approvals.length &&
    approvals.every((approval) => approval && !newest.authors.includes(approval.actor.person))
  );
};

/** When the first of the approvals ceases to count; `null` while there is none. */
export const expiryOf = ({ approvals, route }: Ledger): Time | null => {
  const first = approvals.map(({ at }) => at).sort()[0];
  return first === undefined || !route ? null : addHours(first, route.validityHours);
};
