/** A queue longer than this belongs to a listener that does not listen; it starts anew. */
const MOST_QUEUED = 1_000;

/**
 * Pushed values as an async iterator, until the source ends or the caller goes away.
 * @param subscribe called once; returns how to stop
 */
export async function* eventsOf<Value>(
  subscribe: (push: (value: Value) => void, end: () => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void> {
  const queued: Value[] = [];
  const state = { isOver: false };
  let wake: () => void = () => undefined;
  const end = (): void => {
    state.isOver = true;
    wake();
  };
  const unsubscribe = subscribe((value) => {
    queued.push(value);
    if (queued.length > MOST_QUEUED) end();
    wake();
  }, end);
  signal?.addEventListener('abort', end, { once: true });
  try {
    for (;;) {
      const value = queued.shift();
      if (value !== undefined) {
        yield value;
        continue;
      }
      if (state.isOver || signal?.aborted) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', end);
  }
}
