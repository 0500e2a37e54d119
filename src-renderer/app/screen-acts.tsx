import { useEffect, useSyncExternalStore } from 'react';

/** Something that can be done on the screen that is open, for the palette and for keys. */
export interface ScreenAct {
  readonly id: string;
  readonly label: string;
  /** A key without modifiers, as it is shown and pressed: `a`, `r`, `Enter`. */
  readonly keys?: string;
  readonly run: () => void;
  readonly whyNot?: string | null;
}

let registered = new Map<string, readonly ScreenAct[]>();
let all: readonly ScreenAct[] = [];
const listeners = new Set<() => void>();

const change = (owner: string, acts: readonly ScreenAct[] | null): void => {
  const next = new Map(registered);
  if (acts) next.set(owner, acts);
  else next.delete(owner);
  registered = next;
  all = [...next.values()].flat();
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Everything that the open screen offers. */
export const useScreenActs = (): readonly ScreenAct[] => useSyncExternalStore(subscribe, () => all);

/** What the screen offers now, for whoever asks outside of rendering. */
export const currentScreenActs = (): readonly ScreenAct[] => all;

/** Offers acts as long as the component is there. Precondition: `acts` keeps its identity while nothing changes. */
export const useOfferActs = (owner: string, acts: readonly ScreenAct[]): void => {
  useEffect(() => {
    change(owner, acts);
  }, [owner, acts]);
  useEffect(
    () => () => {
      change(owner, null);
    },
    [owner],
  );
};
