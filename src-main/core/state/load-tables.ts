import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import type { Journal } from '../../journal/journal.ts';
import type { OnOpeningProgress } from '../../journal/opening-progress.ts';
import { nextTurn, SLICE } from '../slices.ts';
import { evolve, RuleBrokenError } from './evolve.ts';
import { emptyTables, type MemoryTables } from './memory-tables.ts';
import type { Snapshots, StoredTables } from './snapshots.ts';

/** While tables are rebuilt, so many closed replies are put away at a time. */
const PUT_AWAY = 512;

/** Progress is told so seldom, in milliseconds. */
const TELL_AFTER = 250;

export interface LoadOptions {
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly onFault: (message: string, error: unknown) => void;
  readonly onProgress?: OnOpeningProgress | undefined;
}

/** The tables of an open desk; without an archive where nothing may be written, and everything is in memory. */
export interface LoadedTables {
  readonly tables: MemoryTables;
  readonly archive: StoredTables['archive'] | null;
}

/** A durable record that no machine takes is a fault; those that come after it still count. */
export const takeRecord = (
  { tables, archive }: LoadedTables,
  record: KnownRecord,
  onFault: LoadOptions['onFault'],
): void => {
  if (archive) archive.position = record.seq;
  try {
    evolve(tables, record);
  } catch (error) {
    if (!(error instanceof RuleBrokenError)) throw error;
    onFault('the journal has a record that breaks a rule', error);
  }
  if (archive) archive.position = record.seq + 1;
};

/** Saves what a long replay has come to, so that its memory does not grow with the journal, and another start goes on there. */
class Saving {
  readonly #loaded: LoadedTables;
  readonly #options: LoadOptions;
  #isGivenUp = false;

  constructor(loaded: LoadedTables, options: LoadOptions) {
    this.#loaded = loaded;
    this.#options = options;
  }

  *pieces(): Generator<undefined, void> {
    const { tables, archive } = this.#loaded;
    if (!archive || this.#isGivenUp || tables.replies.closedAtHand < PUT_AWAY) return;
    try {
      yield* this.#options.snapshots.save({ tables, archive }, { isLast: false });
    } catch (error) {
      // It goes on in memory.
      this.#isGivenUp = true;
      this.#options.onFault('the snapshot could not be written', error);
    }
  }
}

/**
 * What the newest snapshot holds, and every record after it. Others have their turn between slices; nobody changes the tables
 * before they are there.
 * @throws what `onProgress` throws, which ends the opening
 */
export const loadTables = async (options: LoadOptions): Promise<LoadedTables> => {
  const { journal, snapshots } = options;
  // A damaged journal is not put beside snapshots of it.
  const stored = journal.readOnly ? { tables: emptyTables(), archive: null, through: 0 } : snapshots.load();
  try {
    await replay(stored, options);
  } catch (error) {
    stored.archive?.close();
    throw error;
  }
  return stored;
};

const replay = async (stored: LoadedTables & { readonly through: number }, options: LoadOptions): Promise<void> => {
  const { journal, onProgress } = options;
  // Records from the first bad one on are never read.
  const end = Math.min(journal.size, journal.readOnly?.seq ?? journal.size);
  const saving = new Saving(stored, options);
  let sliceEnds = performance.now() + SLICE;
  let toldAt = performance.now();
  const pause = async (done: number): Promise<void> => {
    const now = performance.now();
    if (now < sliceEnds) return;
    if (onProgress && now - toldAt >= TELL_AFTER) {
      onProgress({ stage: 'replaying', done, total: end });
      toldAt = now;
    }
    await nextTurn();
    sliceEnds = performance.now() + SLICE;
  };
  for (const record of journal.readFrom(stored.through, end)) {
    const { seq } = record;
    await pause(seq);
    const reading = readKnownRecord(record);
    if (!reading.ok) break;
    takeRecord(stored, reading.record, options.onFault);
    for (const _ of saving.pieces()) await pause(seq);
  }
  if (stored.archive) stored.archive.position = journal.size;
};
