import { isIn } from '#workflows/step.ts';
import type { ReplyEntry } from './tables.ts';

/** States whose replies no longer change by themselves and are kept by month. */
const CLOSED = ['closed', 'noResponse', 'merged', 'withdrawn'].map((name) => `work.${name}`);

const closedness = new WeakMap<ReplyEntry['state'], boolean>();

/** Asked of every reply by every count of a queue, so the answer is kept with the state, which never changes. */
export const isClosed = ({ state }: ReplyEntry): boolean => {
  const known = closedness.get(state);
  if (known !== undefined) return known;
  const isIt = CLOSED.some((path) => isIn(state.value, path));
  closedness.set(state, isIt);
  return isIt;
};

/** Under a legal hold, whatever else its state is. */
export const isHeld = ({ state }: ReplyEntry): boolean => isIn(state.value, 'hold.held');
