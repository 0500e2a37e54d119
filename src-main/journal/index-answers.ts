import type { Subject } from '#workflows/identifiers.ts';
import type { JournalLog } from './journal.ts';
import { IndexDamagedError } from './index-damaged.ts';
import type { IndexEntry } from './record-entries.ts';
import type { JournalIndex } from './journal-index.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';

export interface IndexAnswersOptions {
  readonly index: JournalIndex;
  readonly read: (seq: number) => JournalRecord;
  /** Gives the index up. @returns what whoever asked is told */
  readonly onDamage: () => Error;
}

/** What the index answers while the desk is open: where a row leads to is checked by the record that is there. */
export class IndexAnswers {
  readonly #options: IndexAnswersOptions;
  readonly log: JournalLog;

  constructor(options: IndexAnswersOptions) {
    this.#options = options;
    const { log } = options.index;
    this.log = {
      scan: (from, to, filter, take) => {
        this.#ask(() => {
          log.scan(from, to, filter, take);
        });
      },
      kind: (number) => log.kind(number),
      check: (record) => {
        this.#ask(() => {
          if (!log.isOf(record)) throw new IndexDamagedError();
        });
      },
    };
  }

  at(seq: number): IndexEntry {
    return this.#ask(() => this.#options.index.at(seq));
  }

  placesOf(subject: Subject): readonly number[] {
    return this.#ask(() => this.#options.index.placesOf(subject));
  }

  newestOf(subject: Subject): JournalRecord | null {
    return this.#recordAt(
      () => this.#options.index.newestOf(subject),
      (record) => record.subject === subject,
    );
  }

  firstOfCommand(command: string): JournalRecord | null {
    return this.#recordAt(
      () => this.#options.index.firstOfCommand(command),
      (record) => record.command === command,
    );
  }

  #recordAt(find: () => number | null, isRight: (record: JournalRecord) => boolean): JournalRecord | null {
    return this.#ask(() => {
      const seq = find();
      if (seq === null) return null;
      if (seq >= this.#options.index.size) throw new IndexDamagedError();
      const record = this.#options.read(seq);
      if (!isRight(record)) throw new IndexDamagedError();
      return record;
    });
  }

  #ask<Answer>(question: () => Answer): Answer {
    try {
      return question();
    } catch (error) {
      if (!(error instanceof IndexDamagedError)) throw error;
      throw this.#options.onDamage();
    }
  }
}
