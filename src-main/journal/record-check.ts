import { equalBytes, fromUtf8 } from '#workflows/journal/bytes.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { JournalIndex } from './journal-index.ts';
import { nodeCrypto } from './node-crypto.ts';
import type { SegmentStore } from './segment-store.ts';

/** So many records are read from the disk at once. */
const AT_ONCE = 256;

const LINE_FEED = 10;

export interface RecordRange {
  readonly from: number;
  readonly to: number;
  /** Is given the bytes of each record that is as it was written. */
  readonly take?: (seq: number, leaf: Uint8Array) => void;
}

/**
 * Compares records on the disk with the hashes that the tree was made of.
 * @returns the first that is another or is not there; `null` when all are as they were written
 */
export const checkRecords = (
  index: JournalIndex,
  segments: SegmentStore,
  { from, to, take }: RecordRange,
): number | null => {
  for (let start = from; start < to; start += AT_ONCE) {
    const bad = checkSome(index, segments, {
      from: start,
      to: Math.min(start + AT_ONCE, to),
      ...(take ? { take } : {}),
    });
    if (bad !== null) return bad;
  }
  return null;
};

/** A record as it lies in the journal; `null` when it is not the one that was written. */
export const recordAt = (index: JournalIndex, segments: SegmentStore, seq: number): JournalRecord | null => {
  const entry = index.at(seq);
  const bytes = segments.read(entry);
  if (!equalBytes(hashLeaf(bytes, nodeCrypto), entry.leafHash)) return null;
  return JSON.parse(fromUtf8(bytes) ?? '') as JournalRecord;
};

const checkSome = (index: JournalIndex, segments: SegmentStore, { from, to, take }: RecordRange): number | null => {
  for (let seq = from; seq < to;) {
    const first = index.at(seq);
    const run = [first];
    for (let next = seq + 1; next < to; next += 1) {
      const entry = index.at(next);
      if (entry.segment !== first.segment) break;
      run.push(entry);
    }
    const last = run.at(-1) ?? first;
    const bytes = segments.readSome({ ...first, length: last.offset + last.length + 1 - first.offset });
    for (const [place, { offset, length, leafHash }] of run.entries()) {
      const start = offset - first.offset;
      const leaf = bytes.subarray(start, start + length);
      if (leaf.length < length || bytes[start + length] !== LINE_FEED) return seq + place;
      if (!equalBytes(hashLeaf(leaf, nodeCrypto), leafHash)) return seq + place;
      take?.(seq + place, leaf);
    }
    seq += run.length;
  }
  return null;
};
