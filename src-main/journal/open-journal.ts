import { join } from 'node:path';
import type { Problem } from '#workflows/journal/verify.ts';
import type { Storage } from '../storage/storage.ts';
import { isProblem, judgeCheckpoint, readCheckpoint, type CheckpointOnDisk } from './checkpoint-on-disk.ts';
import { JournalIndex, type IndexPlace } from './journal-index.ts';
import { endOfRecords, Opening, type CutPoint } from './opening.ts';
import type { OnOpeningProgress } from './opening-progress.ts';
import { OpeningTurns } from './opening-turns.ts';
import { savedIndex } from './saved-index.ts';
import { listSegments, readSegmentChunks, type SegmentFile } from './segment-files.ts';
import { SegmentStore } from './segment-store.ts';
import { verifyWorkspace } from './verify-workspace.ts';

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
  /** Records that were not read, as the index of an earlier run has them; 0 when all were. */
  readonly unread: number;
}

export interface OpenFilesOptions {
  readonly folder: string;
  readonly storage: Storage;
  /** Of the index; without one it lasts as long as the program. */
  readonly place?: IndexPlace | undefined;
  /** A journal of so many records is checked as a whole even where the index has them; of a longer one the newest is. */
  readonly checkedAtStart: number;
  readonly onProgress?: OnOpeningProgress | undefined;
}

/** Thrown where an index leads to something that only a reading of every record can decide. */
class InDoubtError extends Error {
  override name = 'InDoubtError';
}

interface Read {
  readonly opening: Opening;
  /** Whether the files end where a whole command does. */
  readonly isComplete: boolean;
  /** What the checkpoint says of the records that it covers. */
  readonly checkpointProblem: Problem | null;
}

class JournalFiles {
  readonly #options: OpenFilesOptions;
  readonly #segments: SegmentFile[];
  readonly #store: SegmentStore;
  readonly #checkpoint: CheckpointOnDisk | Problem;
  readonly #covered: number;
  readonly #turns: OpeningTurns;

  constructor(options: OpenFilesOptions, segments: SegmentFile[]) {
    const checkpoint = readCheckpoint(options.folder);
    this.#options = options;
    this.#segments = segments;
    this.#store = new SegmentStore(options, segments, 0);
    this.#checkpoint = checkpoint;
    this.#covered = isProblem(checkpoint) ? 0 : checkpoint.size;
    this.#turns = new OpeningTurns(this.#covered, options.onProgress);
  }

  async open(): Promise<OpenedJournal> {
    try {
      return (await this.#openByIndex()) ?? (await this.#openWhole());
    } finally {
      this.#store.close();
    }
  }

  /** Without reading the records that a saved index has; `null` when there is none, or anything is in doubt. */
  async #openByIndex(): Promise<OpenedJournal | null> {
    const { place, checkedAtStart } = this.#options;
    if (!place || isProblem(this.#checkpoint)) return null;
    const fitting = { place, segments: this.#segments, store: this.#store, covered: this.#covered, checkedAtStart };
    const index = savedIndex(fitting);
    if (!index) return null;
    const unread = index.size;
    try {
      const read = await this.#read(index, Number.POSITIVE_INFINITY);
      const { opening, checkpointProblem } = read;
      if (checkpointProblem || opening.readOnly || opening.dependsOnIndex) throw new InDoubtError();
      return { ...(await this.#cutTail(read)), unread };
    } catch (error) {
      index.close();
      if (this.#turns.isStopped) throw error;
      // Whatever is wrong with the index or the files: reading the journal as a whole tells.
      return null;
    }
  }

  async #openWhole(): Promise<OpenedJournal> {
    const read = await this.#read(JournalIndex.create(this.#options.place), Number.POSITIVE_INFINITY);
    const { opening, checkpointProblem } = read;
    let { readOnly } = opening;
    if (checkpointProblem) {
      const found = await findDamage(this.#options.folder, checkpointProblem);
      if (found.seq !== readOnly?.seq) readOnly = found;
    }
    if (!readOnly) return { ...(await this.#cutTail(read)), unread: 0 };
    const kept = readOnly.seq ?? this.#covered;
    const index = checkpointProblem ? opening.index : await this.#readAgain(opening, kept);
    return { ...this.#found(index), readOnly, unread: 0 };
  }

  /** Finds where the tail is to be cut; the index then has what is kept. */
  async #cutTail({ opening, isComplete }: Read): Promise<Omit<OpenedJournal, 'unread'>> {
    if (isComplete) return this.#found(opening.index);
    const { seq, segment, offset } = opening.commandStart;
    return { ...this.#found(await this.#readAgain(opening, seq)), cut: { segment, offset } };
  }

  #found(index: JournalIndex): Omit<OpenedJournal, 'unread'> {
    return { index, segments: this.#segments, covered: this.#covered, readOnly: null, cut: null };
  }

  /** A part of what was read is kept no longer: the index is filled again with what is. */
  async #readAgain({ index }: Opening, limit: number): Promise<JournalIndex> {
    if (index.size === limit) return index;
    const { place } = this.#options;
    index.close();
    const saved = place ? JournalIndex.restore(place) : null;
    const isUseful = saved !== null && saved.size <= limit;
    if (!isUseful) saved?.close();
    return (await this.#read(isUseful ? saved : JournalIndex.create(place), limit)).opening.index;
  }

  /** Reads what follows an index, up to `limit` records. */
  async #read(index: JournalIndex, limit: number): Promise<Read> {
    const opening = new Opening(index, this.#store);
    let judged: { problem: Problem | null } | null = null;
    const judge = (): Problem | null => (judged ??= { problem: this.#judgeCheckpoint(opening) }).problem;
    try {
      const isComplete = await this.#readLines(opening, limit, judge);
      return { opening, isComplete, checkpointProblem: judge() };
    } catch (error) {
      index.close();
      throw error;
    }
  }

  async #readLines(opening: Opening, limit: number, judge: () => void): Promise<boolean> {
    const { index } = opening;
    const covered = isProblem(this.#checkpoint) ? Number.POSITIVE_INFINITY : this.#covered;
    const start = endOfRecords(index);
    for (const [segment, { path, firstSeq }] of this.#segments.entries()) {
      if (segment < start.segment) continue;
      if (firstSeq !== index.size && (segment > start.segment || start.offset === 0)) return false;
      const from = segment === start.segment ? start.offset : 0;
      for await (const lines of readSegmentChunks(path, { from })) {
        for (const { bytes, offset, isWhole } of lines) {
          if (index.size >= limit) return true;
          if (index.size === covered) judge();
          if (!isWhole) return false;
          const location = { segment, offset, length: bytes.length };
          const isCovered = index.size < covered;
          if (!(isCovered ? opening.takeCovered(bytes, location) : opening.takeTail(bytes, location))) return false;
          if (this.#turns.isDue(index.size)) await this.#turns.take(index.size);
        }
      }
    }
    return index.openCommand === null;
  }

  /** Called as soon as the records that it covers are read; what is sound so far is saved. */
  #judgeCheckpoint({ index, readOnly }: Opening): Problem | null {
    const checkpoint = this.#checkpoint;
    if (isProblem(checkpoint)) return checkpoint;
    const { registry, tree } = index;
    const problem = judgeCheckpoint(checkpoint, { registry, tree, isContinued: () => index.openCommand !== null });
    if (problem || readOnly || index.size !== this.#covered) return problem;
    try {
      index.save();
    } catch {
      // The next start reads these records once more.
    }
    return null;
  }
}

/** The first bad record, in the words of a full verification. */
const findDamage = async (folder: string, problem: Problem): Promise<Problem> => {
  const { problems } = await verifyWorkspace(folder);
  return problems.find(({ seq }) => seq !== null) ?? (problem.seq === null ? problems[0] : problem) ?? problem;
};

/**
 * Reads a workspace's journal and classifies what it finds (JOURNAL.md, Durability and damage). Up to the checkpoint,
 * records are judged by its root; beyond it each is judged in full, and `cut` is where the first begins that is no part
 * of a whole valid command. What a saved index has is not read, where everything fits. Nothing is written but the index.
 */
export const readJournalFiles = async (options: OpenFilesOptions): Promise<OpenedJournal> =>
  new JournalFiles(options, await listSegments(join(options.folder, 'journal'))).open();
