import fc from 'fast-check';
import { ROLES, type PersonActor } from '#workflows/people/roles.ts';
import type { PauseEvent } from '#workflows/publishing/pause.machine.ts';
import { isPaused, type PauseState } from '#workflows/publishing/pause.replay.ts';
import { as, CATE, KAY, REX, START } from '../cast.ts';
import type { Onlooker } from '../onlooker.ts';
import type { Subject } from '../subject.ts';

export type PauseSubject = Subject<PauseState, PauseEvent>;

/** What an onlooker writes down about the switch. */
export interface PauseLedger {
  readonly pausedBy: PersonActor | null;
  /** Who proposed to lift the pause that holds now. */
  readonly proposedBy: PersonActor | null;
}

const NOTHING: PauseLedger = { pausedBy: null, proposedBy: null };

const isOf = ({ role }: PersonActor, ...roles: string[]): boolean => roles.includes(role);

/** Invariant 5 rests on this switch: on by one of comms, legal or publisher, off by two people, comms and legal. */
export const pauseOnlooker: Onlooker<PauseState, PauseEvent, PauseLedger> = {
  empty: NOTHING,
  note: (ledger, event) => {
    switch (event.type) {
      case 'pause':
        return { pausedBy: event.actor, proposedBy: null };
      case 'proposeResume':
        return { ...ledger, proposedBy: event.actor };
      case 'resume':
        return NOTHING;
    }
  },
  invariants: {
    'publishing is paused by comms, legal or publisher': ({ event }) =>
      event.type !== 'pause' || isOf(event.actor, 'comms', 'legal', 'publisher'),
    'lifting a pause is proposed and agreed to by comms or legal': ({ event }) =>
      event.type === 'pause' || isOf(event.actor, 'comms', 'legal'),
    'a pause is lifted by two people': ({ known, event }) =>
      event.type !== 'resume' || (known.proposedBy !== null && known.proposedBy.person !== event.actor.person),
    'a pause is lifted by one of comms and one of legal': ({ known, event }) =>
      event.type !== 'resume' || (known.proposedBy !== null && known.proposedBy.role !== event.actor.role),
    'publishing is paused from the pause until it is lifted': ({ now, after }) =>
      isPaused(after) === (now.pausedBy !== null),
    'a new pause undoes a proposal to lift it': ({ event, after }) =>
      event.type !== 'pause' || (after.value === 'paused' && after.context.proposedBy === null),
    'the switch knows who paused and who proposed': ({ now, after: { context } }) =>
      context.pausedBy === (now.pausedBy?.person ?? null) && context.proposedBy === (now.proposedBy?.person ?? null),
  },
};

const actor = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(as(CATE, 'comms'), as(REX, 'legal'), as(KAY, 'comms'), as(KAY, 'legal')) },
  { weight: 1, arbitrary: fc.constantFrom(...ROLES).map((role) => as(CATE, role)) },
);

/** Histories of the switch, by people of every role. */
export const pauseHistories = fc.array(
  fc
    .record({ type: fc.constantFrom('pause' as const, 'proposeResume' as const, 'resume' as const), actor })
    .map((event) => () => ({ ...event, at: START })),
  { minLength: 1, maxLength: 25, size: 'max' },
);
