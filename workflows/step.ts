import {
  createActor,
  initialTransition,
  type ActorScope,
  type AnyEventObject,
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
  return store(machine.transition(snapshot, event, scopeOf(machine)));
};

type InertScope = ActorScope<AnyMachineSnapshot, AnyEventObject>;

/**
 * Where a machine's transitions are worked out, without running an effect. XState's `transition` makes one, with an actor of
 * its own, for every event, which costs more than the transition; machines that spawn nothing can share one.
 */
const scopes = new WeakMap<AnyStateMachine, InertScope>();

const scopeOf = (machine: AnyStateMachine): InertScope => {
  const known = scopes.get(machine);
  if (known) return known;
  const self = createActor(machine);
  const nothing = (): void => undefined;
  const scope: InertScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  };
  scopes.set(machine, scope);
  return scope;
};

/** Whether a state value lies in a state given by its path, `work.inReview.legal`. */
export const isIn = (value: StateValue, path: string): boolean => {
  let inner: StateValue | undefined = value;
  const names = namesIn(path);
  for (const [depth, name] of names.entries()) {
    if (inner === undefined) return false;
    if (typeof inner === 'string') return inner === name && depth === names.length - 1;
    if (!(name in inner)) return false;
    inner = inner[name];
  }
  return true;
};

/** Paths are few and asked about often. */
const splitPaths = new Map<string, readonly string[]>();

const namesIn = (path: string): readonly string[] => {
  const known = splitPaths.get(path);
  if (known) return known;
  const names = path.split('.');
  splitPaths.set(path, names);
  return names;
};

/** All states that are entered, by their dotted paths: `work`, `work.inReview`, `work.inReview.legal`, … */
export const pathsOf = (value: StateValue, prefix = ''): string[] =>
  typeof value === 'string'
    ? [prefix + value]
    : Object.entries(value).flatMap(([name, inner]) => [
        prefix + name,
        ...(inner === undefined ? [] : pathsOf(inner, `${prefix}${name}.`)),
      ]);
