import { deepFreeze, roundTrip, type Subject } from './subject.ts';

/** One event that was taken: what an onlooker knew before and after it, and the states around it. */
export interface Taken<State, Event, Ledger> {
  readonly known: Ledger;
  readonly before: State;
  readonly event: Event;
  readonly after: State;
  readonly now: Ledger;
}

/**
 * Somebody who watches a machine from outside: notes down the facts alone, and judges each step by them, so that what the
 * machine remembers is checked and not trusted.
 */
export interface Onlooker<State, Event, Ledger> {
  readonly empty: Ledger;
  readonly note: (ledger: Ledger, event: Event) => Ledger;
  /** By title: what must hold of every event that is taken and of the state it leads to. */
  readonly invariants: Readonly<Record<string, (taken: Taken<State, Event, Ledger>) => boolean>>;
}

export interface Watched<State> {
  readonly states: readonly State[];
  readonly broken: readonly string[];
}

/**
 * Puts events to a subject in turn, each made for the state as it then is, up to the first that breaks an invariant.
 * Every state goes through JSON, and is frozen so that a step that changes it throws.
 */
export const watch = <State, Event, Ledger>(
  subject: Subject<State, Event>,
  { empty, note, invariants }: Onlooker<State, Event, Ledger>,
  events: readonly ((state: State) => Event)[],
): Watched<State> => {
  let before = deepFreeze(roundTrip(subject.begin()));
  let known = empty;
  const states = [before];
  for (const make of events) {
    const event = deepFreeze(make(before));
    const next = subject.step(before, event);
    if (!next) continue;
    const after = deepFreeze(roundTrip(next));
    const now = note(known, event);
    const taken = { known, before, event, after, now };
    const broken = Object.entries(invariants).flatMap(([title, holds]) => (holds(taken) ? [] : [title]));
    states.push(after);
    if (broken.length > 0) return { states, broken };
    before = after;
    known = now;
  }
  return { states, broken: [] };
};
