import { getShortestPaths } from '@xstate/graph';
import type { Operation, ReplyContext, ReplyEvent, ReplyEventType } from '#workflows/reply/reply.events.ts';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { ANA, as, CATE, hoursLater, REX, START } from '../cast.ts';
import { EVENTS, EVENT_TYPES, eventOf, routeOf } from './events.ts';

/** Types of the regions beside the work, and those that the graph spells out in several ways. */
const BESIDE: readonly ReplyEventType[] = ['escalate', 'breach', 'placeHold', 'liftHold'];

/** When each event comes that must not come at once: in time, or when the time has run out. */
export const WHEN: Partial<Record<ReplyEventType, string>> = {
  publicationAttempted: hoursLater(2),
  expireApproval: hoursLater(30),
};

const eventsOf = (context: ReplyContext, types: readonly ReplyEventType[]): ReplyEvent[] =>
  types.map((type) => eventOf(type, context, WHEN[type] ?? START));

const revisionsOf = (context: ReplyContext): ReplyEvent[] =>
  (['reply', 'correct', 'takeDown'] satisfies Operation[]).map((operation) => ({
    ...EVENTS.revise(context, START),
    operation,
  }));

/** The same events in other words: other routes, the other review, the other outcomes. */
const variantsOf = (context: ReplyContext): ReplyEvent[] => {
  const submit = EVENTS.submit(context, START);
  const approve = EVENTS.approve(context, START);
  const failed = EVENTS.publicationFailed(context, START);
  const confirmed = EVENTS.publicationConfirmed(context, START);
  const observed = EVENTS.publicationObserved(context, START);
  return [
    { ...EVENTS.claim(context, START), person: null },
    ...revisionsOf(context),
    { ...submit, route: routeOf(['comms', 'legal'], { order: 'inOrder' }) },
    { ...submit, route: routeOf(['legal', 'comms'], { order: 'inOrder' }) },
    { ...submit, route: routeOf(['comms']) },
    { ...submit, route: routeOf(['legal']) },
    { ...approve, review: 'comms', actor: as(CATE, 'comms') },
    { ...approve, review: 'legal', actor: as(REX, 'legal') },
    { ...failed, isFinal: true },
    { ...confirmed, isThere: false },
    { ...observed, outcome: 'drifted' },
    { ...observed, outcome: 'gone' },
  ];
};

/** What tells two replies of the same state apart for the purposes of the graph; numbers and hashes do not. */
const memoryOf = ({ context }: { context: ReplyContext }) => ({
  operation: context.operation,
  isWritten: context.contentHash !== null,
  isPublic: context.publishedHash !== null,
  isAuthored: context.authors.includes(ANA),
  observation: context.observation,
  route: context.route && [context.route.order, context.route.reviews.map(({ review }) => review)],
  decided: Object.keys(context.decisions).sort(),
  isScheduled: context.scheduledFor !== null,
});

interface Plan {
  readonly events: (context: ReplyContext) => readonly ReplyEvent[];
}

const PLANS: readonly Plan[] = [
  // The work alone, in every way; the regions beside it stand still.
  {
    events: (context) => [
      ...eventsOf(
        context,
        EVENT_TYPES.filter((type) => !BESIDE.includes(type)),
      ),
      ...variantsOf(context),
    ],
  },
  // The regions beside it, around the shortest way to an answer.
  {
    events: (context) => [
      ...eventsOf(context, [...BESIDE, 'revise', 'submit', 'approve', 'release', 'publicationAttempted']),
      ...eventsOf(context, ['publicationSucceeded']),
      { type: 'publicationSucceeded', operation: 'acknowledge', at: START },
    ],
  },
];

/** Histories that share their beginnings: an event, and what may follow on it. */
export interface Branch {
  readonly event: ReplyEvent;
  readonly next: readonly Branch[];
}

interface Growing {
  readonly event: ReplyEvent;
  readonly next: Map<string, Growing>;
}

const grow = (into: Map<string, Growing>, [event, ...rest]: readonly ReplyEvent[]): void => {
  if (!event) return;
  const name = JSON.stringify(event);
  const branch = into.get(name) ?? { event, next: new Map<string, Growing>() };
  into.set(name, branch);
  grow(branch.next, rest);
};

const harvest = (branches: ReadonlyMap<string, Growing>): Branch[] =>
  [...branches.values()].map(({ event, next }) => ({ event, next: harvest(next) }));

/** A shortest history to each reachable state of the reply machine (@xstate/graph), as a tree. */
export const shortestHistories = (): readonly Branch[] => {
  const root = new Map<string, Growing>();
  for (const { events } of PLANS) {
    const paths = getShortestPaths(replyMachine, {
      events: (snapshot) => events(snapshot.context),
      serializeState: (snapshot) => JSON.stringify([snapshot.value, memoryOf(snapshot)]),
    });
    for (const { steps } of paths) {
      grow(
        root,
        steps.map(({ event }) => event).filter(({ type }) => !type.startsWith('xstate.')),
      );
    }
  }
  return harvest(root);
};
