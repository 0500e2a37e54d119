import { join } from 'node:path';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { JournalVerifier, type Problem } from '#workflows/journal/verify.ts';
import { isKnownType, readKnownRecord } from '#workflows/records.ts';
import { damage, isProblem, judgeCheckpoint, readCheckpoint } from './checkpoint-on-disk.ts';
import { JournalIndex, type IndexPlace } from './journal-index.ts';
import { nodeCrypto } from './node-crypto.ts';
import { listSegments, readSegmentLines, type SegmentFile } from './segment-files.ts';
import type { Location } from './segment-store.ts';
import { verifyWorkspace } from './verify-workspace.ts';

/** A place in the segments from which on nothing is kept. */
export interface CutPoint {
  readonly segment: number;
  readonly offset: number;
}

/** What a start-up found in a journal's files. */
export interface OpenedJournal {
  /** Takes in what is kept, up to the first bad record. */
  readonly index: JournalIndex;
  readonly segments: SegmentFile[];
  /** Records that the checkpoint on the disk covers. */
  readonly covered: number;
  /** Damage at or before the checkpoint, or records of a newer program: nothing may be appended. */
  readonly readOnly: Problem | null;
  /** Where bytes begin, beyond the checkpoint, that are no whole valid command. */
  readonly cut: CutPoint | null;
}

/** A line that the checkpoint covers is only parsed: its hash is judged with the root, before anything relies on it. */
const parseCovered = (bytes: Uint8Array): JournalRecord | null => {
  try {
    return JSON.parse(fromUtf8(bytes) ?? '') as JournalRecord;
  } catch {
    return null;
  }
};

/** While an index is built, what it has beyond this is put aside. */
const UNSAVED_COMMANDS = 20_000;

class Opening {
  readonly index: JournalIndex;
  readonly verifier: JournalVerifier;
  readOnly: Problem | null = null;
  /** Where the command begins that the next line belongs to. */
  #commandStart: CutPoint & { readonly seq: number } = { segment: 0, offset: 0, seq: 0 };

  constructor(place: IndexPlace | undefined) {
    this.index = JournalIndex.create(place);
    this.verifier = new JournalVerifier(nodeCrypto, this.index.tree);
  }

  get commandStart(): CutPoint & { readonly seq: number } {
    return this.#commandStart;
  }

  /** @returns whether the record can be taken in; `false` ends the reading there */
  takeCovered(bytes: Uint8Array, location: Location): boolean {
    const record = parseCovered(bytes);
    if (!record || typeof record !== 'object') {
      this.readOnly = damage(this.verifier.size, 'not-canonical', 'the record is not JSON');
      return false;
    }
    try {
      this.verifier.trust(record, bytes);
      return this.#isKnown(record, this.index.size) && this.#index(record, location);
    } catch {
      this.readOnly = damage(this.verifier.size - 1, 'bad-record', 'the record has not the form of one');
      return false;
    }
  }

  takeTail(bytes: Uint8Array, location: Location): boolean {
    const known = this.verifier.problems.length;
    const place = this.verifier.size;
    const record = this.verifier.add(bytes);
    if (!record) return false;
    const problems = this.verifier.problems.slice(known);
    if (!isKnownType(record.type)) {
      if (problems.every(({ code }) => code === 'bad-record')) this.#isKnown(record, place);
      return false;
    }
    return problems.length === 0 && readKnownRecord(record).ok && this.#index(record, location);
  }

  #index(record: JournalRecord, location: Location): boolean {
    const seq = this.index.size;
    this.index.place(record, location);
    if (this.index.unsaved >= UNSAVED_COMMANDS) this.index.spill();
    if (this.verifier.state.openCommand === null) {
      this.#commandStart = { segment: location.segment, offset: location.offset + location.length + 1, seq: seq + 1 };
    }
    return true;
  }

  /** A type that this program does not know is a newer program's: nothing is cut, nothing is added. */
  #isKnown(record: JournalRecord, seq: number): boolean {
    const reading = readKnownRecord(record);
    if (reading.ok) return true;
    const newer = reading.cause === 'unknownType' ? ': a newer version of Countersign wrote it' : '';
    this.readOnly ??= damage(seq, 'bad-record', `${reading.message}${newer}`);
    return false;
  }
}

const readAll = async (
  segments: readonly SegmentFile[],
  covered: number,
  { limit, place }: { limit: number; place: IndexPlace | undefined },
): Promise<{ opening: Opening; isComplete: boolean }> => {
  const opening = new Opening(place);
  for (const [segment, { path, firstSeq }] of segments.entries()) {
    if (firstSeq !== opening.verifier.size) return { opening, isComplete: false };
    for await (const { bytes, offset, isWhole } of readSegmentLines(path)) {
      if (opening.verifier.size >= limit) return { opening, isComplete: true };
      const line = new Uint8Array(bytes);
      const location = { segment, offset, length: line.length };
      if (!isWhole) return { opening, isComplete: false };
      const isCovered = opening.verifier.size < covered;
      if (!(isCovered ? opening.takeCovered(line, location) : opening.takeTail(line, location))) {
        return { opening, isComplete: false };
      }
    }
  }
  return { opening, isComplete: opening.verifier.state.openCommand === null };
};

/** The first bad record, in the words of a full verification. */
const findDamage = async (folder: string, problem: Problem): Promise<Problem> => {
  const { problems } = await verifyWorkspace(folder);
  return problems.find(({ seq }) => seq !== null) ?? (problem.seq === null ? problems[0] : problem) ?? problem;
};

/**
 * Reads a workspace's journal and classifies what it finds (JOURNAL.md, Durability and damage). Up to the checkpoint,
 * records are judged by its root; beyond it each is judged in full, and `cut` is where the first begins that is no part
 * of a whole valid command. Nothing is written but the index.
 * @param place of the index, which is built anew; without one it lasts as long as the program
 */
export const readJournalFiles = async (folder: string, place?: IndexPlace): Promise<OpenedJournal> => {
  const segments = await listSegments(join(folder, 'journal'));
  const checkpoint = readCheckpoint(folder);
  const covered = isProblem(checkpoint) ? 0 : checkpoint.size;
  const judgedFrom = isProblem(checkpoint) ? Number.POSITIVE_INFINITY : covered;

  const first = await readAll(segments, judgedFrom, { limit: Number.POSITIVE_INFINITY, place });
  let { opening } = first;
  /** A part of what was read is kept no longer: all is filled again with what is. */
  const readAgain = async (limit: number): Promise<void> => {
    opening.index.close();
    ({ opening } = await readAll(segments, covered, { limit, place }));
  };
  const { registry, isContinued } = seenBy(opening.verifier);
  const checkpointProblem = isProblem(checkpoint)
    ? checkpoint
    : judgeCheckpoint(checkpoint, { registry, tree: opening.index.tree, isContinued });
  let readOnly = opening.readOnly;
  if (checkpointProblem) {
    const found = await findDamage(folder, checkpointProblem);
    if (found.seq !== readOnly?.seq) readOnly = found;
  } else if (readOnly) {
    await readAgain(readOnly.seq ?? covered);
  }

  let cut: CutPoint | null = null;
  if (!readOnly && !first.isComplete) {
    const { seq, segment, offset } = opening.commandStart;
    cut = { segment, offset };
    await readAgain(seq);
  }
  return { index: opening.index, segments, covered, readOnly, cut };
};

const seenBy = ({ state }: JournalVerifier) => ({
  registry: state.registry,
  isContinued: (seq: number) => state.isContinued(seq),
});
