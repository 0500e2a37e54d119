import { AsyncIteratorClass } from '@orpc/server';

/** A queue longer than this belongs to a listener that does not listen; it starts anew. */
const MOST_QUEUED = 1_000;

/**
 * Pushed values as an async iterator, until the source ends or the caller goes away. It listens from the call on, so that
 * nothing is missed before the first value is asked for; whoever stops asking is let go at once.
 * @param subscribe called once; returns how to stop
 */
export const eventsOf = <Value>(
  subscribe: (push: (value: Value) => void, end: () => void) => () => void,
  signal: AbortSignal | undefined,
): AsyncIteratorClass<Value, void> => {
  const queued: Value[] = [];
  const state = { isOver: signal?.aborted === true };
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
  const stop = (): void => {
    end();
    unsubscribe();
    signal?.removeEventListener('abort', stop);
  };
  signal?.addEventListener('abort', stop, { once: true });
  return new AsyncIteratorClass<Value, void>(
    async () => {
      for (;;) {
        const value = queued.shift();
        if (value !== undefined) return { done: false, value };
        if (state.isOver) return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    () => {
      stop();
      return Promise.resolve();
    },
  );
};

/** Whether an answer is a stream of events. */
export const isEvents = (answer: unknown): answer is AsyncIterator<unknown, unknown, void> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
