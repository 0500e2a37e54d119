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
  const known = beginnings.get(machine);
  if (known) return known as StoredState<ContextFrom<Machine>>;
  const [snapshot] = initialTransition(machine as AnyStateMachine);
  const first = store<ContextFrom<Machine>>(snapshot);
  beginnings.set(machine, first);
  return first;
};

/** States are replaced, never changed, so that all subjects can begin with the same one. */
const beginnings = new WeakMap<AnyStateMachine, StoredState<unknown>>();

/**
 * The state after an event, or `null` when the state does not take it: never a silent no-op.
 * Runs no effects; `state` stays as it is, and must: what was worked out for it is kept for a while. Precondition: `state` is
 * one that `begin` or `step` gave, so that it is left by events alone.
 */
export const step = <Machine extends AnyStateMachine>(
  machine: Machine,
  state: StoredState<ContextFrom<Machine>>,
  event: EventFromLogic<Machine>,
): StoredState<ContextFrom<Machine>> | null => {
  const known = recentSteps.get(state);
  if (known?.machine === machine && isEqualJson(known.event, event)) return known.next;
  const snapshot: AnyMachineSnapshot = { ...restingIn(machine, state.value), context: state.context };
  // XState gives the very snapshot back when nothing changes. Only then is it asked why: it would evaluate all guards twice.
  const after = machine.transition(snapshot, event, scopeOf(machine));
  const next = after === snapshot && !snapshot.can(event) ? null : store<ContextFrom<Machine>>(after);
  remember(state, { machine, event, next });
  return next;
};

interface RecentStep {
  readonly machine: AnyStateMachine;
  readonly event: unknown;
  readonly next: StoredState<never> | null;
}

/** Commands that are tried and not applied yet are fewer than this. */
const MOST_RECENT = 256;

/** A command is tried on the machines before it is recorded, and applied when it is durable: the same step, twice. */
const recentSteps = new Map<StoredState<unknown>, RecentStep>();

const remember = (state: StoredState<unknown>, recent: RecentStep): void => {
  recentSteps.delete(state);
  recentSteps.set(state, recent);
  if (recentSteps.size <= MOST_RECENT) return;
  const [oldest] = recentSteps.keys();
  if (oldest) recentSteps.delete(oldest);
};

const isEqualJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqualJson(a[name as keyof typeof a], b[name as keyof typeof b]))
  );
};

/** Snapshots of state values, without their context: a machine has few, and working one out costs as much as a transition. */
const restingSnapshots = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();

const restingIn = (machine: AnyStateMachine, value: StateValue): AnyMachineSnapshot => {
  let known = restingSnapshots.get(machine);
  if (!known) restingSnapshots.set(machine, (known = new Map<string, AnyMachineSnapshot>()));
  const name = JSON.stringify(value);
  const resting = known.get(name) ?? machine.resolveState({ value, context: undefined });
  known.set(name, resting);
  return resting;
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
