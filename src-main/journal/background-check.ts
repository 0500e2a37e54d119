import { damage } from './checkpoint-on-disk.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import { IndexDamagedError } from './index-damaged.ts';
import { IndexRowsCheck } from './index-rows-check.ts';
import type { JournalIndex } from './journal-index.ts';
import { checkRecords, recordAt } from './record-check.ts';
import type { SegmentStore } from './segment-store.ts';

/** Records that are looked at in one turn of the event loop: about three milliseconds. */
const AT_ONCE = 256;

/** Milliseconds between two turns: a million records take some three minutes, and nobody notices. */
const PAUSE = 50;

export interface CheckedRecords {
  readonly index: JournalIndex;
  readonly segments: SegmentStore;
  /** Told of the first record that is not as it was written; the check ends there. */
  readonly onDamage: (problem: Problem) => void;
  /** Told that the index is not the one over these records; the check ends there. */
  readonly onIndexDamage: () => void;
}

/**
 * Reads, behind the open desk, the records that the start did not read, and compares each with the hash that the root of
 * the signed checkpoint stands on, and the rows by which it is found with what it says.
 */
export class BackgroundCheck {
  readonly #records: CheckedRecords;
  readonly #end: number;
  readonly #rows: IndexRowsCheck;
  #next = 0;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  /** @param end records that are checked, from the first on */
  constructor(records: CheckedRecords, end: number) {
    this.#records = records;
    this.#end = end;
    const { index, segments } = records;
    this.#rows = new IndexRowsCheck(index, end, (seq) => recordAt(index, segments, seq));
    this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isOver = true;
  }

  #schedule(): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#goOn();
      this.#schedule();
    }, PAUSE).unref();
  }

  #goOn(): void {
    try {
      if (this.#next < this.#end) this.#checkSome();
      else this.#judgeRows(this.#rows.countSome());
    } catch (error) {
      this.stop();
      const { onDamage, onIndexDamage } = this.#records;
      if (error instanceof IndexDamagedError) onIndexDamage();
      else onDamage(damage(this.#next, 'unreadable', (error as Error).message));
    }
  }

  #checkSome(): void {
    const { index, segments, onDamage } = this.#records;
    const from = this.#next;
    const to = Math.min(from + AT_ONCE, this.#end);
    const take = (seq: number, leaf: Uint8Array): void => {
      if (!this.#rows.take(seq, leaf)) throw new IndexDamagedError();
    };
    const bad = checkRecords(index, segments, { from, to, take });
    this.#next = to;
    if (bad === null) return;
    this.stop();
    onDamage(damage(bad, 'root-mismatch', 'the record is not the one that the checkpoint covers'));
  }

  #judgeRows(areRight: boolean | null): void {
    if (areRight === null) return;
    this.stop();
    if (!areRight) this.#records.onIndexDamage();
  }
}
