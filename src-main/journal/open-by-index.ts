import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { readKnownRecord } from '#workflows/records.ts';
import type { Storage } from '../storage/storage.ts';
import { isProblem, judgeCheckpoint, readCheckpoint } from './checkpoint-on-disk.ts';
import { JournalIndex, type IndexPlace } from './journal-index.ts';
import type { OpenedJournal } from './open-journal.ts';
import { checkRecords } from './record-check.ts';
import { listSegments, readSegmentLines, type SegmentFile } from './segment-files.ts';
import { SegmentStore } from './segment-store.ts';

export interface ByIndexOptions {
  readonly folder: string;
  readonly storage: Storage;
  readonly place: IndexPlace;
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

/** Takes in what follows the index, up to the checkpoint. @returns whether that is all there is, and sound */
const takeRest = async (segments: readonly SegmentFile[], index: JournalIndex, covered: number): Promise<boolean> => {
  const last = index.at(index.size - 1);
  const start = { segment: last.segment, offset: last.offset + last.length + 1 };
  for (const [segment, { path, firstSeq }] of segments.entries()) {
    if (segment < start.segment) continue;
    if (segment > start.segment && firstSeq !== index.size) return false;
    const from = segment === start.segment ? start.offset : 0;
    for await (const { bytes, offset, isWhole } of readSegmentLines(path, from)) {
      if (!isWhole || index.size >= covered) return false;
      const leaf = new Uint8Array(bytes);
      const record = JSON.parse(fromUtf8(leaf) ?? '') as JournalRecord;
      if (!readKnownRecord(record).ok || record.seq !== index.size) return false;
      index.add(record, leaf, { segment, offset, length: leaf.length });
    }
  }
  return index.size === covered && index.openCommand === null;
};

const isSound = async (segments: readonly SegmentFile[], index: JournalIndex, folder: string): Promise<boolean> => {
  const checkpoint = readCheckpoint(folder);
  if (isProblem(checkpoint) || index.size === 0 || checkpoint.size < index.size) return false;
  if (!haveTheirLength(segments, index) || !(await takeRest(segments, index, checkpoint.size))) return false;
  const { registry, tree } = index;
  return judgeCheckpoint(checkpoint, { registry, tree, isContinued: () => false }) === null;
};

/**
 * Opens a journal by the index that an earlier run saved, without reading the records that the index has. The index
 * counts only where everything fits: its seal, the names and lengths of the segments, its newest record, and the root of
 * the signed checkpoint over what it has and what follows it. Records beyond the checkpoint are for `readJournalFiles`.
 * @returns `null` when there is no such index, or anything is in doubt; the journal is then to be read as a whole
 */
export const openByIndex = async ({
  folder,
  storage,
  place,
  checkedAtStart,
}: ByIndexOptions): Promise<OpenedJournal | null> => {
  const index = JournalIndex.restore(place);
  if (!index) return null;
  try {
    const segments = await listSegments(join(folder, 'journal'));
    if (await isSound(segments, index, folder)) {
      const store = new SegmentStore({ folder, storage }, segments, 0);
      const from = index.size <= checkedAtStart ? 0 : index.size - 1;
      const bad = checkRecords(index, store, { from, to: index.size });
      store.close();
      if (bad === null) return { index, segments, covered: index.size, readOnly: null, cut: null };
    }
  } catch {
    // Whatever is wrong with the index or the files: reading the journal as a whole tells.
  }
  index.close();
  return null;
};
