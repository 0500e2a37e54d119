import fc from 'fast-check';
import type { PersonId } from '#workflows/identifiers.ts';
import { REVIEW_KINDS, ROLES } from '#workflows/people/roles.ts';
import {
  OPERATIONS,
  type DecisionEvent,
  type Operation,
  type ReplyContext,
  type ReplyEvent,
  type ReplyEventType,
} from '#workflows/reply/reply.events.ts';
import type { ReplyState } from '#workflows/reply/reply.replay.ts';
import { addHours, type Time } from '#workflows/time.ts';
import { as, hashOf, PEOPLE, START, ulidOf } from '../cast.ts';
import { EVENT_TYPES, eventOf, nextReview, ROUTES } from './events.ts';
import { typesTakenIn } from './transitions.ts';

/**
 * What somebody does next, said so that it can be done to any reply: numbers choose among what there is. Most moves are
 * such as the state has a place for; any of them may be done by the wrong person, too late, or to an old revision.
 */
export interface Move {
  readonly isFitting: boolean;
  readonly type: number;
  readonly person: number;
  readonly variant: number;
  /** Which mistake is made; none for most numbers. */
  readonly mistake: number;
  readonly hours: number;
}

/** Mistakes are numbered below; the others are none. */
const MISTAKES = 24;

export const moveArbitrary: fc.Arbitrary<Move> = fc.record({
  isFitting: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  type: fc.nat({ max: 839 }),
  person: fc.nat({ max: PEOPLE.length - 1 }),
  variant: fc.nat({ max: 59 }),
  mistake: fc.nat({ max: MISTAKES - 1 }),
  hours: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.constantFrom(1, 2) },
    { weight: 1, arbitrary: fc.constant(26) },
  ),
});

/** How often a type is chosen where it fits, others once: what leads to the public is far away. */
const ONWARD: Partial<Record<ReplyEventType, number>> = {
  claim: 2,
  revise: 3,
  submit: 9,
  approve: 12,
  release: 4,
  schedule: 2,
  unschedule: 4,
  publicationAttempted: 9,
  publicationSucceeded: 3,
  publicationUnknown: 2,
  publicationObserved: 2,
};

/** Fit almost everywhere, and would fill the histories. */
const BESIDE: readonly ReplyEventType[] = ['escalate', 'breach', 'placeHold', 'liftHold'];

const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length] as Item;

const personOf = ({ person }: Move): PersonId => pick(PEOPLE, person);

/** An older hash than the newest one, or one that never was. */
const oldHash = ({ revision }: ReplyContext, { variant }: Move): string => hashOf(variant % Math.max(1, revision + 2));

const decisionOf = (event: DecisionEvent, context: ReplyContext, move: Move): DecisionEvent => {
  const review = move.mistake === 0 ? pick(REVIEW_KINDS, move.variant) : nextReview(context);
  return {
    ...event,
    review,
    actor: as(personOf(move), move.mistake === 1 ? pick(ROLES, move.variant) : review),
    contentHash: move.mistake === 2 ? oldHash(context, move) : event.contentHash,
    revision: move.mistake === 3 ? move.variant : event.revision,
  };
};

const reportedOperation = (operation: Operation, { mistake, variant }: Move): Operation =>
  mistake < 6 ? pick(OPERATIONS, variant) : operation;

/** The same kind of event, by another person, in another variant, or with a mistake in it. */
const varied = (event: ReplyEvent, context: ReplyContext, move: Move): ReplyEvent => {
  const { mistake, variant } = move;
  switch (event.type) {
    case 'approve':
    case 'requestChanges':
    case 'reject':
      return decisionOf(event, context, move);
    case 'recall':
      return { ...event, actor: as(personOf(move), pick(['agent', 'comms', 'legal'] as const, variant)) };
    case 'claim':
      return { ...event, person: variant % 5 === 0 ? null : personOf(move) };
    case 'revise': {
      const changing = context.publishedHash === null ? ['reply' as const] : (['correct', 'takeDown'] as const);
      const isNewChange = context.authors.length === 0;
      return {
        ...event,
        actor: as(personOf(move), pick(['agent', 'comms', 'legal'] as const, variant)),
        operation: mistake === 0 ? pick(OPERATIONS, variant) : isNewChange ? pick(changing, variant) : event.operation,
        revision: mistake === 1 ? variant % 6 : event.revision,
        contentHash: mistake === 2 ? (context.contentHash ?? event.contentHash) : event.contentHash,
      };
    }
    case 'submit':
      return {
        ...event,
        route: pick(ROUTES, variant),
        blockingFindings: mistake === 0 ? ['length'] : [],
        contentHash: mistake === 1 ? oldHash(context, move) : event.contentHash,
        revision: mistake === 2 ? variant : event.revision,
      };
    case 'release':
    case 'schedule':
      return {
        ...event,
        actor: as(personOf(move), 'publisher'),
        publication: `publication/${ulidOf(String(variant))}`,
        contentHash: mistake === 0 ? oldHash(context, move) : event.contentHash,
        ...(event.type === 'schedule' ? { scheduledFor: addHours(event.at, (variant % 5) - 1) } : {}),
      };
    case 'publicationAttempted':
      return {
        ...event,
        operation: reportedOperation(event.operation, move),
        contentHash: mistake === 1 ? oldHash(context, move) : event.contentHash,
      };
    case 'publicationSucceeded':
    case 'publicationUnknown':
      return { ...event, operation: reportedOperation(event.operation, move) };
    case 'publicationFailed':
      return { ...event, operation: reportedOperation(event.operation, move), isFinal: variant % 3 === 0 };
    case 'publicationConfirmed':
      return { ...event, operation: reportedOperation(event.operation, move), isThere: variant % 2 === 0 };
    case 'publicationObserved':
      // Hostile: an outcome that this version does not know.
      return { ...event, outcome: mistake === 0 ? ('vanished' as 'gone') : pick(['same', 'drifted', 'gone'], variant) };
    default:
      return event;
  }
};

/** The event that a move comes to for a reply as it stands. */
export const eventOfMove = ({ context, value }: ReplyState, move: Move, at: Time): ReplyEvent => {
  const fitting = [...typesTakenIn({ context, value })]
    .filter((type) => !BESIDE.includes(type) || move.variant % 8 === 0)
    .flatMap((type) => Array.from({ length: ONWARD[type] ?? 1 }, () => type));
  const types = move.isFitting && fitting.length > 0 ? fitting : EVENT_TYPES;
  return varied(eventOf(pick(types, move.type), context, at), context, move);
};

/** When each move is made: the first at the start, each later one so many hours after the one before. */
export const timesOf = (moves: readonly Move[]): Time[] => {
  let at = START;
  return moves.map(({ hours }) => (at = addHours(at, hours)));
};
