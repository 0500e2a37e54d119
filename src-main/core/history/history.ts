import { refuse, RefusalError } from '#workflows/errors.ts';
import { readKnownRecord } from '#workflows/records.ts';
import type { Time } from '#workflows/time.ts';
import type { Desk } from '../desk.ts';
import type { DeskReading } from '../desk-reading.ts';
import { nextTurn, SLICE } from '../slices.ts';
import { evolve, RuleBrokenError } from '../state/evolve.ts';
import { emptyTables, type MemoryTables } from '../state/memory-tables.ts';
import { pastDesk } from './past-desk.ts';

/** Places whose tables are kept, so that looking further along from one of them reads only what lies between. */
const MOST_KEPT = 2;

/** Tables that nobody looked at for so long are dropped, in milliseconds. */
const KEPT_FOR = 5 * 60_000;

/** Tables on the way through the journal; they take in its first `through` records. */
interface Traveller {
  readonly tables: MemoryTables;
  through: number;
}

export interface HistoryOptions {
  readonly desk: Pick<Desk, 'journal' | 'seals' | 'channels' | 'texts'>;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number;
}

/**
 * The desk as of any record, worked out from the journal. One question is answered at a time, in slices between which
 * everybody else has their turn; at most two sets of tables are held, whatever the journal's length.
 */
export class History {
  readonly #options: HistoryOptions;
  /** The most recently used last. */
  #kept: Traveller[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #forgetTimer: NodeJS.Timeout | null = null;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /**
   * Shows the desk as it was when a record had been written, that record included.
   * @param view looks at it at once; the tables go on to other places afterwards
   * @throws RefusalError `NOT_FOUND` for a place that the journal does not have, `DATA_TOO_NEW` behind a record that this
   * program does not know, `READ_ONLY` behind a damaged one
   */
  async at<View>(asOf: number, view: (past: DeskReading, at: Time) => View, signal?: AbortSignal): Promise<View> {
    const { desk } = this.#options;
    const { readOnly } = desk.journal;
    if (asOf >= desk.journal.size) throw new RefusalError(refuse('NOT_FOUND', 'recordNotFound'));
    if (readOnly && readOnly.seq !== null && asOf >= readOnly.seq) {
      throw new RefusalError(refuse('READ_ONLY', 'journalReadOnly', { why: readOnly.message }));
    }
    const mine = this.#turn.then(async () => {
      const { tables } = await this.#travelTo(asOf, signal);
      const { at } = desk.journal.read(asOf);
      return view(pastDesk(desk, tables, { seq: asOf, at }), at);
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Lets go of everything that is held. */
  forget(): void {
    if (this.#forgetTimer) clearTimeout(this.#forgetTimer);
    this.#forgetTimer = null;
    this.#kept = [];
  }

  async #travelTo(asOf: number, signal: AbortSignal | undefined): Promise<Traveller> {
    const traveller = this.#startFor(asOf + 1);
    // Whoever fails on the way has lost its place, and is not kept.
    await this.#evolve(traveller, asOf + 1, signal);
    this.#kept = [...this.#kept, traveller].slice(-MOST_KEPT);
    if (this.#forgetTimer) clearTimeout(this.#forgetTimer);
    this.#forgetTimer = setTimeout(() => {
      this.forget();
    }, KEPT_FOR).unref();
    return traveller;
  }

  /** The kept tables that are nearest before a place, or empty ones; taken out of what is kept. */
  #startFor(size: number): Traveller {
    const nearest = this.#kept
      .filter(({ through }) => through <= size)
      .reduce<Traveller | null>((best, one) => (best && best.through >= one.through ? best : one), null);
    if (nearest) {
      this.#kept = this.#kept.filter((one) => one !== nearest);
      return nearest;
    }
    return { tables: emptyTables(), through: 0 };
  }

  async #evolve(traveller: Traveller, size: number, signal: AbortSignal | undefined): Promise<void> {
    const { desk, monotonic } = this.#options;
    let sliceEnds = monotonic() + SLICE;
    for (const record of desk.journal.readFrom(traveller.through, size)) {
      if (monotonic() >= sliceEnds) {
        await nextTurn();
        signal?.throwIfAborted();
        sliceEnds = monotonic() + SLICE;
      }
      const reading = readKnownRecord(record);
      if (!reading.ok) throw new RefusalError(refuse('DATA_TOO_NEW', 'recordNotKnown'));
      try {
        evolve(traveller.tables, reading.record);
      } catch (error) {
        // As at a start: a record that breaks a rule changes nothing, and those that come after it still count.
        if (!(error instanceof RuleBrokenError)) throw error;
      }
      traveller.through += 1;
    }
  }
}
