/** After so many records other work of the desk gets its turn. */
const AT_ONCE = 200;

/** The same values, with a pause for the rest of the program now and then. */
export async function* inTurns<Value>(values: Iterable<Value>): AsyncGenerator<Value> {
  let count = 0;
  for (const value of values) {
    count += 1;
    if (count % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    yield value;
  }
}

/** The whole numbers from 0 up to, and without, `end`. */
export function* upTo(end: number): Generator<number> {
  for (let value = 0; value < end; value += 1) yield value;
}
