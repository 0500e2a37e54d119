import type { ContentHash, PersonId, PublicationId, ReplyId } from '../identifiers.ts';
import type { PersonActor, ReviewKind, Role } from '../people/roles.ts';
import type { Route } from '../policy/route.ts';
import type { Time } from '../time.ts';

/**
 * What a revision does when it is published. `reply` answers the post; `correct` replaces a published reply,
 * `takeDown` removes it; `acknowledge` is a holding reply, which does not answer the post.
 */
export const OPERATIONS = ['reply', 'correct', 'takeDown', 'acknowledge'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A decision on one review of one revision. */
export interface Decision {
  readonly review: ReviewKind;
  readonly person: PersonId;
  readonly contentHash: ContentHash;
  readonly at: Time;
}

interface ByPerson {
  readonly actor: PersonActor;
  /** When it was signed; validity counts from here. */
  readonly at: Time;
}

/** A person's decision on one review. */
export interface DecisionEvent extends ByPerson {
  readonly type: 'approve' | 'requestChanges' | 'reject';
  readonly review: ReviewKind;
  readonly revision: number;
  readonly contentHash: ContentHash;
}

export interface SubmitEvent extends ByPerson {
  readonly type: 'submit';
  readonly revision: number;
  readonly contentHash: ContentHash;
  readonly route: Route;
  /** Findings that forbid submitting, by their ids. */
  readonly blockingFindings: readonly string[];
}

export interface ReviseEvent extends ByPerson {
  readonly type: 'revise';
  readonly revision: number;
  readonly contentHash: ContentHash;
  readonly operation: Operation;
}

export interface RecallEvent extends ByPerson {
  readonly type: 'recall';
}

export interface ReleaseEvent extends ByPerson {
  readonly type: 'release';
  readonly contentHash: ContentHash;
  readonly publication: PublicationId;
}

export interface ScheduleEvent extends ByPerson {
  readonly type: 'schedule';
  readonly contentHash: ContentHash;
  readonly publication: PublicationId;
  readonly scheduledFor: Time;
}

/** What a publication reports to the reply it belongs to. */
export type PublicationReport =
  | {
      readonly type: 'publicationAttempted';
      readonly operation: Operation;
      readonly contentHash: ContentHash;
      readonly at: Time;
    }
  | { readonly type: 'publicationSucceeded'; readonly operation: Operation; readonly at: Time }
  | { readonly type: 'publicationFailed'; readonly operation: Operation; readonly isFinal: boolean; readonly at: Time }
  | { readonly type: 'publicationUnknown'; readonly operation: Operation; readonly at: Time }
  | {
      readonly type: 'publicationConfirmed';
      readonly operation: Operation;
      readonly isThere: boolean;
      readonly at: Time;
    }
  | {
      readonly type: 'publicationObserved';
      readonly operation: Operation;
      readonly outcome: 'same' | 'drifted' | 'gone';
      readonly at: Time;
    };

/** Every event that a reply takes; each comes from exactly one type of record. */
export type ReplyEvent =
  | (ByPerson & { readonly type: 'claim'; readonly person: PersonId | null })
  | (ByPerson & { readonly type: 'monitor'; readonly until: Time | null })
  | (ByPerson & { readonly type: 'dismiss' })
  | (ByPerson & { readonly type: 'handlePrivately' })
  | (ByPerson & { readonly type: 'merge'; readonly into: ReplyId })
  /** By a person, by new activity on the customer's side, or because its time has come. */
  | { readonly type: 'reopen'; readonly at: Time }
  | ReviseEvent
  | SubmitEvent
  | DecisionEvent
  | RecallEvent
  | (ByPerson & { readonly type: 'withdraw' })
  | (ByPerson & { readonly type: 'close' })
  | ReleaseEvent
  | ScheduleEvent
  | (ByPerson & { readonly type: 'unschedule' })
  | { readonly type: 'expireApproval'; readonly at: Time }
  | PublicationReport
  | { readonly type: 'escalate'; readonly at: Time }
  | { readonly type: 'breach'; readonly at: Time }
  | { readonly type: 'placeHold'; readonly at: Time }
  | { readonly type: 'liftHold'; readonly at: Time };

export type ReplyEventType = ReplyEvent['type'];

/** Everything the machine remembers of a reply; JSON. */
export interface ReplyContext {
  readonly assignee: PersonId | null;
  readonly operation: Operation;
  /** Number of the newest revision; 0 before the first. */
  readonly revision: number;
  /** Hash of the newest revision. */
  readonly contentHash: ContentHash | null;
  /** All who changed the content since the last publication. */
  readonly authors: readonly PersonId[];
  /** The route of the submitted revision. */
  readonly route: Route | null;
  readonly decisions: Partial<Record<ReviewKind, Decision>>;
  readonly publication: PublicationId | null;
  readonly scheduledFor: Time | null;
  /** Hash of what is public. */
  readonly publishedHash: ContentHash | null;
  readonly publishedAt: Time | null;
  /** What the last readback found. */
  readonly observation: 'same' | 'drifted' | 'gone' | null;
}

export const emptyReplyContext = (): ReplyContext => ({
  assignee: null,
  operation: 'reply',
  revision: 0,
  contentHash: null,
  authors: [],
  route: null,
  decisions: {},
  publication: null,
  scheduledFor: null,
  publishedHash: null,
  publishedAt: null,
  observation: null,
});

/** Roles that may change a reply's content. Whoever does becomes an author. */
export const EDITING_ROLES: readonly Role[] = ['agent', 'comms', 'legal'];
