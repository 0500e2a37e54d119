/** So long anything is worked at before everybody else has a turn, in milliseconds. */
export const SLICE = 15;

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What somebody waits for and what takes long is done in slices, between which everybody else has their turn. */
export async function* inSlices<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  let sliceEnds = performance.now() + SLICE;
  for (const item of items) {
    if (performance.now() >= sliceEnds) {
      await nextTurn();
      sliceEnds = performance.now() + SLICE;
    }
    yield item;
  }
}

/** Does work that yields wherever it may be interrupted. @throws the signal's reason when it is given up */
export const runInSlices = async <Result>(work: Generator<unknown, Result>, signal?: AbortSignal): Promise<Result> => {
  let sliceEnds = performance.now() + SLICE;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnds) continue;
    await nextTurn();
    signal?.throwIfAborted();
    sliceEnds = performance.now() + SLICE;
  }
};
