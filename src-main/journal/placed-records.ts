import type { JournalRecord } from '#workflows/journal/record.ts';

/** A command's records in their place, and the bytes that are written for each. */
export interface Placed {
  readonly placed: readonly JournalRecord[];
  readonly leaves: readonly Uint8Array[];
}

const NEWLINE = 10;

/** Each leaf and the newline behind it. */
export const linesOf = (batch: readonly Placed[]): Uint8Array => {
  let length = 0;
  for (const { leaves } of batch) for (const leaf of leaves) length += leaf.length + 1;
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const { leaves } of batch) {
    for (const leaf of leaves) {
      bytes.set(leaf, end);
      end += leaf.length + 1;
      bytes[end - 1] = NEWLINE;
    }
  }
  return bytes;
};
