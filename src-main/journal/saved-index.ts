import { statSync } from 'node:fs';
import { IndexRowsCheck } from './index-rows-check.ts';
import { JournalIndex, type IndexPlace } from './journal-index.ts';
import { checkRecords, recordAt } from './record-check.ts';
import type { SegmentFile } from './segment-files.ts';
import type { SegmentStore } from './segment-store.ts';

export interface SavedIndexOptions {
  readonly place: IndexPlace;
  readonly segments: readonly SegmentFile[];
  readonly store: SegmentStore;
  /** Records that the checkpoint on the disk covers. */
  readonly covered: number;
  /** A journal of so many records is checked as a whole; of a longer one, only the newest record is. */
  readonly checkedAtStart: number;
}

/** The segments must be those that the index knows, each as long as its records; only the last may have more. */
const haveTheirLength = (segments: readonly SegmentFile[], index: JournalIndex): boolean => {
  const last = index.at(index.size - 1);
  for (const [number, { path, firstSeq }] of segments.entries()) {
    if (number > last.segment) return true;
    const newest = number === last.segment ? last : index.at((segments[number + 1]?.firstSeq ?? index.size) - 1);
    const oldest = index.at(firstSeq);
    if (newest.segment !== number || oldest.segment !== number || oldest.offset !== 0) return false;
    const length = newest.offset + newest.length + 1;
    const actual = statSync(path).size;
    if (number === last.segment ? actual < length : actual !== length) return false;
  }
  return last.segment < segments.length;
};

const isNewestRight = (index: JournalIndex, store: SegmentStore): boolean =>
  checkRecords(index, store, { from: index.size - 1, to: index.size }) === null;

const isRightAsAWhole = (index: JournalIndex, store: SegmentStore): boolean => {
  const rows = new IndexRowsCheck(index, index.size, (seq) => recordAt(index, store, seq));
  let areRight: boolean | null = null;
  const take = (seq: number, leaf: Uint8Array): void => {
    if (!rows.take(seq, leaf)) areRight = false;
  };
  const bad = checkRecords(index, store, { from: 0, to: index.size, take });
  while (areRight === null) areRight = rows.countSome();
  return bad === null && areRight;
};

/**
 * The index that an earlier run saved, where it fits the files: its seal, no more records than the checkpoint covers, the
 * names and lengths of the segments, and its newest record. Whether its root leads to the signed checkpoint's is judged
 * by whoever reads what follows.
 * @returns `null` when there is none, or anything is in doubt; the journal is then to be read as a whole
 */
export const savedIndex = (options: SavedIndexOptions): JournalIndex | null => {
  const { place, segments, store, covered, checkedAtStart } = options;
  const index = JournalIndex.restore(place);
  if (!index) return null;
  try {
    const { size } = index;
    if (size > 0 && size <= covered && haveTheirLength(segments, index)) {
      const isRight = size <= checkedAtStart ? isRightAsAWhole(index, store) : isNewestRight(index, store);
      if (isRight) return index;
    }
  } catch {
    // Whatever is wrong with the index or the files: reading the journal as a whole tells.
  }
  index.close();
  return null;
};
