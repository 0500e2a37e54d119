import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { JournalIndex } from './journal-index.ts';

/** Rows that are counted in one turn of the event loop: about a millisecond. */
const COUNTED_AT_ONCE = 10_000;

/**
 * Compares the rows by which records are found with the records themselves: what the newest record of its subject is, where
 * its command began, what the decision log finds it by; and at the end, that there are no rows besides. It is given every
 * record from the first on.
 */
export class IndexRowsCheck {
  readonly #index: JournalIndex;
  readonly #read: (seq: number) => JournalRecord | null;
  /** Records that are checked. */
  readonly #end: number;
  #isContinued = false;
  #subjects = 0;
  #commands = 0;
  readonly #counting: Generator<undefined, boolean>;

  /** @param read a record as it lies in the journal */
  constructor(index: JournalIndex, end: number, read: (seq: number) => JournalRecord | null) {
    this.#index = index;
    this.#read = read;
    this.#end = end;
    this.#counting = this.#count();
  }

  /** @returns whether the rows of the next record are right. Precondition: its bytes have their hash */
  take(seq: number, leaf: Uint8Array): boolean {
    const index = this.#index;
    const record = JSON.parse(fromUtf8(leaf) ?? '') as JournalRecord;
    const isFirst = !this.#isContinued;
    this.#isContinued = record.cont === true;
    const newest = index.newestOf(record.subject);
    if (newest === null || newest < seq) return false;
    if (record.version === 0 && index.hasRow(record.subject)) {
      // A record that is not as it was written is found when its turn comes.
      if ((this.#read(newest) ?? record).subject !== record.subject) return false;
      this.#subjects += 1;
    }
    if (isFirst) {
      if (index.firstOfCommand(record.command) !== seq) return false;
      this.#commands += 1;
    }
    return index.log.isOf(record);
  }

  /** Counts some more rows, once all records are taken. @returns whether all is right; `null` while it is not known */
  countSome(): boolean | null {
    const { done, value } = this.#counting.next();
    return done ? value : null;
  }

  *#count(): Generator<undefined, boolean> {
    const commands = yield* this.#countRows('commands');
    const subjects = yield* this.#countRows('subjects');
    // The row of a subject that has grown since the start leads beyond the end by now.
    return commands === this.#commands && subjects <= this.#subjects;
  }

  *#countRows(table: 'subjects' | 'commands'): Generator<undefined, number> {
    let total = 0;
    for (let after: string | null = ''; after !== null;) {
      const { count, last } = this.#index.countRows(table, { after, atMost: COUNTED_AT_ONCE, before: this.#end });
      total += count;
      after = last;
      yield;
    }
    return total;
  }
}
