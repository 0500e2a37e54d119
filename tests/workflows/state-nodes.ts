import {
  getMicrosteps,
  getInitialMicrosteps,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type StateValue,
} from 'xstate';
import { getStateNodes } from '@xstate/graph';
import { pathsOf, type StoredState } from '#workflows/step.ts';

/** The dotted paths of all states of a machine, nested and passing ones too, from its own definition. */
export const statesOf = (machine: AnyStateMachine): string[] =>
  getStateNodes(machine.root).map(({ path }) => path.join('.'));

/** States marked as left in the step that enters them. */
export const passingStatesOf = (machine: AnyStateMachine): string[] =>
  getStateNodes(machine.root)
    .filter(({ meta }) => (meta as { isPassing?: boolean } | undefined)?.isPassing === true)
    .map(({ path }) => path.join('.'));

const pathsIn = (snapshot: AnyMachineSnapshot): string[] => pathsOf(snapshot.value as StateValue);

/** Every state that a machine is in while it takes an event, also those that it only crosses. */
export const statesCrossed = (
  machine: AnyStateMachine,
  state: StoredState<unknown>,
  event: { type: string },
): string[] => {
  const snapshot = machine.resolveState({ value: state.value, context: state.context });
  return getMicrosteps(machine, snapshot, event).flatMap(([between]) => pathsIn(between));
};

/** Every state that a machine is in before its first event. */
export const statesAtFirst = (machine: AnyStateMachine): string[] =>
  getInitialMicrosteps(machine).flatMap(([between]) => pathsIn(between));
