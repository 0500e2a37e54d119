import type { AnyStateMachine } from 'xstate';
import { begin, step, type StoredState } from '#workflows/step.ts';

/**
 * What is put to the test: something that has a state and takes events, `null` for one that its state does not take.
 * The machine as it is, the machine with a rule removed, or the core that drives it.
 */
export interface Subject<State, Event> {
  begin(): State;
  step(state: State, event: Event): State | null;
}

/** A machine, driven as the program drives it. Precondition: `Context` and `Event` are the machine's own. */
export const subjectOf = <Context, Event>(machine: AnyStateMachine): Subject<StoredState<Context>, Event> => ({
  begin: () => begin(machine) as StoredState<Context>,
  step: (state, event) => step(machine, state, event as never) as StoredState<Context> | null,
});

const removed = (): boolean => true;

/** The machine as it would be without one of its guards: what that guard was there to stop goes through. */
export const withoutGuard = (machine: AnyStateMachine, guard: string): AnyStateMachine =>
  machine.provide({ guards: { [guard]: removed } });

/** The machine as it would be if one of its actions did nothing. */
export const withoutAction = (machine: AnyStateMachine, action: string): AnyStateMachine =>
  machine.provide({ actions: { [action]: () => undefined } });

/** Names of all actions of a machine, from the machine itself. */
export const actionsOf = (machine: AnyStateMachine): string[] => Object.keys(machine.implementations.actions);

/** Names of all guards of a machine, from the machine itself. */
export const guardsOf = (machine: AnyStateMachine): string[] => Object.keys(machine.implementations.guards);

/** Freezes a value in all its depth, so that a step that changes it throws. */
export const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
};

export const roundTrip = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
