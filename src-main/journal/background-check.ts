import { damage } from './checkpoint-on-disk.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import type { JournalIndex } from './journal-index.ts';
import { checkRecords } from './record-check.ts';
import type { SegmentStore } from './segment-store.ts';

/** Records that are looked at in one turn of the event loop: about a millisecond. */
const AT_ONCE = 256;

/** Milliseconds between two turns: a million records take some three minutes, and nobody notices. */
const PAUSE = 50;

export interface CheckedRecords {
  readonly index: JournalIndex;
  readonly segments: SegmentStore;
  /** Told of the first record that is not as it was written; the check ends there. */
  readonly onDamage: (problem: Problem) => void;
}

/**
 * Reads, behind the open desk, the records that the start did not read, and compares each with the hash that the root of
 * the signed checkpoint stands on.
 */
export class BackgroundCheck {
  readonly #records: CheckedRecords;
  readonly #end: number;
  #next = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param end records that are checked, from the first on */
  constructor(records: CheckedRecords, end: number) {
    this.#records = records;
    this.#end = end;
    this.#schedule();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#next = this.#end;
  }

  #schedule(): void {
    if (this.#next >= this.#end) return;
    this.#timer = setTimeout(() => {
      this.#checkSome();
    }, PAUSE).unref();
  }

  #checkSome(): void {
    const { index, segments, onDamage } = this.#records;
    const from = this.#next;
    const to = Math.min(from + AT_ONCE, this.#end);
    this.#next = to;
    try {
      const bad = checkRecords(index, segments, { from, to });
      if (bad !== null) {
        this.stop();
        onDamage(damage(bad, 'root-mismatch', 'the record is not the one that the checkpoint covers'));
      }
    } catch (error) {
      this.stop();
      onDamage(damage(from, 'unreadable', (error as Error).message));
    }
    this.#schedule();
  }
}
