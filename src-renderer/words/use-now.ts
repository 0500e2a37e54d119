import { useSyncExternalStore } from 'react';
import { usePast } from '../history/past.tsx';

const TICK = 15_000;

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  };
};

const read = (): number => {
  // Between two ticks every reader sees the same time; after a pause the first reader moves it on.
  if (!timer) now = Date.now();
  return now;
};

/**
 * Milliseconds since 1970, moving every quarter of a minute: one clock for all countdowns on the screen. Where the desk of the
 * past is shown, it stands at the record's time.
 */
export const useNow = (): number => {
  const past = usePast();
  const present = useSyncExternalStore(subscribe, read);
  return past ? Date.parse(past.at) : present;
};
