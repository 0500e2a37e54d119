import {
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type ContextFrom,
  type EventFromLogic,
  type StateValue,
} from 'xstate';

/** A machine's state as JSON: what a snapshot file holds and what a replay gives. */
export interface StoredState<Context> {
  readonly value: StateValue;
  readonly context: Context;
}

const store = <Context>(snapshot: AnyMachineSnapshot): StoredState<Context> => ({
  value: snapshot.value as StateValue,
  context: snapshot.context as Context,
});

/** The state in which a machine begins. Precondition: the machine takes no input. */
export const begin = <Machine extends AnyStateMachine>(machine: Machine): StoredState<ContextFrom<Machine>> => {
  const [snapshot] = initialTransition(machine as AnyStateMachine);
  return store(snapshot);
};

/**
 * The state after an event, or `null` when the state does not take it: never a silent no-op.
 * Runs no effects; `state` stays as it is.
 */
export const step = <Machine extends AnyStateMachine>(
  machine: Machine,
  state: StoredState<ContextFrom<Machine>>,
  event: EventFromLogic<Machine>,
): StoredState<ContextFrom<Machine>> | null => {
  const snapshot: AnyMachineSnapshot = machine.resolveState({ value: state.value, context: state.context });
  if (!snapshot.can(event)) return null;
  const [next] = transition(machine as AnyStateMachine, snapshot, event);
  return store(next);
};

/** Whether a state value lies in a state given by its path, `work.inReview.legal`. */
export const isIn = (value: StateValue, path: string): boolean => pathsOf(value).includes(path);

/** All states that are entered, by their dotted paths: `work`, `work.inReview`, `work.inReview.legal`, … */
export const pathsOf = (value: StateValue, prefix = ''): string[] =>
  typeof value === 'string'
    ? [prefix + value]
    : Object.entries(value).flatMap(([name, inner]) => [
        prefix + name,
        ...(inner === undefined ? [] : pathsOf(inner, `${prefix}${name}.`)),
      ]);
