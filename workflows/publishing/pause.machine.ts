import { assign, setup } from 'xstate';
import { refuse, type Refusal } from '../errors.ts';
import type { PersonId } from '../identifiers.ts';
import type { PersonActor, Role } from '../people/roles.ts';
import type { Time } from '../time.ts';

/** The workspace-wide switch that stops all sending; JSON. */
export interface PauseContext {
  readonly pausedBy: PersonId | null;
  readonly pausedAt: Time | null;
  readonly proposedBy: PersonId | null;
  readonly proposedAs: Role | null;
}

export type PauseEvent =
  | { readonly type: 'pause'; readonly actor: PersonActor; readonly at: Time }
  | { readonly type: 'proposeResume'; readonly actor: PersonActor; readonly at: Time }
  | { readonly type: 'resume'; readonly actor: PersonActor; readonly at: Time };

/** One of comms, legal and publisher stops everything. */
export const mayPause = (actor: PersonActor): Refusal | null =>
  ['comms', 'legal', 'publisher'].includes(actor.role) ? null : refuse('FORBIDDEN', 'mayNotPause');

/** Comms and legal lift the pause together: two people, one of each role. */
export const mayResume = ({ proposedBy, proposedAs }: PauseContext, actor: PersonActor): Refusal | null => {
  if (!['comms', 'legal'].includes(actor.role)) return refuse('FORBIDDEN', 'mayNotResume');
  if (proposedBy === actor.person) return refuse('FORBIDDEN', 'resumeNeedsAnother');
  return proposedAs === actor.role ? refuse('FORBIDDEN', 'resumeNeedsOtherRole', { role: actor.role }) : null;
};

const NOBODY: PauseContext = { pausedBy: null, pausedAt: null, proposedBy: null, proposedAs: null };

export const pauseMachine = setup({
  types: { context: {} as PauseContext, events: {} as PauseEvent },
  guards: {
    mayPause: ({ event }) => mayPause(event.actor) === null,
    mayPropose: ({ event }) => mayResume(NOBODY, event.actor) === null,
    mayResume: ({ context, event }) => mayResume(context, event.actor) === null,
  },
  actions: {
    takePause: assign(({ event }) => ({ ...NOBODY, pausedBy: event.actor.person, pausedAt: event.at })),
    takeProposal: assign(({ event }) => ({ proposedBy: event.actor.person, proposedAs: event.actor.role })),
    clear: assign(NOBODY),
  },
}).createMachine({
  id: 'publishing',
  context: NOBODY,
  initial: 'on',
  states: {
    on: { on: { pause: { guard: 'mayPause', target: 'paused', actions: 'takePause' } } },
    paused: { on: { proposeResume: { guard: 'mayPropose', target: 'resumeProposed', actions: 'takeProposal' } } },
    resumeProposed: {
      on: {
        resume: { guard: 'mayResume', target: 'on', actions: 'clear' },
        pause: { guard: 'mayPause', target: 'paused', actions: 'takePause' },
      },
    },
  },
});
