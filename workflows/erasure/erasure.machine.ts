import { assign, setup } from 'xstate';
import { refuse, type Refusal } from '../errors.ts';
import type { PersonId } from '../identifiers.ts';
import type { PersonActor } from '../people/roles.ts';
import type { Time } from '../time.ts';

/** What becomes of a customer's data; JSON. */
export interface ErasureContext {
  readonly proposedBy: PersonId | null;
}

interface ByPerson {
  readonly actor: PersonActor;
  readonly at: Time;
}

export type ErasureEvent =
  | ({ readonly type: 'propose' } & ByPerson)
  | ({ readonly type: 'decline' } & ByPerson)
  | ({ readonly type: 'confirm' } & ByPerson)
  | { readonly type: 'erase'; readonly at: Time };

/** Legal answers a proposal. */
export const mayDecideErasure = (actor: PersonActor): Refusal | null =>
  actor.role === 'legal' ? null : refuse('FORBIDDEN', 'roleMayNot');

/** An admin proposes. */
export const mayProposeErasure = (actor: PersonActor): Refusal | null =>
  actor.role === 'admin' ? null : refuse('FORBIDDEN', 'roleMayNot');

/** Legal agrees: another person than the one who proposed. */
export const mayConfirmErasure = ({ proposedBy }: ErasureContext, actor: PersonActor): Refusal | null =>
  mayDecideErasure(actor) ?? (proposedBy === actor.person ? refuse('FORBIDDEN', 'erasureNeedsAnother') : null);

const NOBODY: ErasureContext = { proposedBy: null };

/** Erased is final: there is no way back from it, and nothing is ever sealed for that customer again. */
export const erasureMachine = setup({
  types: { context: {} as ErasureContext, events: {} as ErasureEvent },
  guards: {
    mayPropose: ({ event }) => event.type === 'propose' && mayProposeErasure(event.actor) === null,
    mayDecline: ({ event }) => event.type === 'decline' && mayDecideErasure(event.actor) === null,
    mayConfirm: ({ context, event }) => event.type === 'confirm' && mayConfirmErasure(context, event.actor) === null,
  },
  actions: {
    takeProposal: assign(({ event }) => (event.type === 'propose' ? { proposedBy: event.actor.person } : NOBODY)),
    dropProposal: assign(NOBODY),
  },
}).createMachine({
  id: 'erasure',
  context: NOBODY,
  initial: 'kept',
  states: {
    kept: { on: { propose: { guard: 'mayPropose', target: 'proposed', actions: 'takeProposal' } } },
    proposed: {
      on: {
        decline: { guard: 'mayDecline', target: 'kept', actions: 'dropProposal' },
        confirm: { guard: 'mayConfirm', target: 'confirmed' },
      },
    },
    confirmed: { on: { erase: 'erased' } },
    // Who has very many files needs several records to list them.
    erased: { on: { erase: 'erased' } },
  },
});
