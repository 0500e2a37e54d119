import type { Journal } from '../journal/journal.ts';
import { nextTurn } from './slices.ts';
import type { LoadedTables } from './state/load-tables.ts';
import type { SaveOptions, Snapshots } from './state/snapshots.ts';

/** So long after a change a snapshot is written, in milliseconds. */
const DELAY = 2_000;

interface SnapshotSavingOptions {
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly loaded: LoadedTables;
  readonly onFault: (message: string, error: unknown) => void;
}

/** Writes the snapshots beside the decisions: a while after a change, one small piece at a time. A failure costs a slower start. */
export class SnapshotSaving {
  readonly #options: SnapshotSavingOptions;
  #timer: NodeJS.Timeout | null = null;
  /** What is being written, piece by piece. */
  #pieces: Generator<undefined, void> | null = null;

  constructor(options: SnapshotSavingOptions) {
    this.#options = options;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#inPieces();
    }, DELAY).unref();
  }

  /** All at once, what is under way first. */
  now(options: SaveOptions): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#step()) {
      // What is under way was begun with what the tables held then.
    }
    this.#pieces = this.#save(options);
    while (this.#step()) {
      // Everything at once.
    }
  }

  async #inPieces(): Promise<void> {
    if (this.#pieces) {
      this.soon();
      return;
    }
    this.#pieces = this.#save({ isLast: false });
    while (this.#step()) await nextTurn();
  }

  /** @returns whether there is more */
  #step(): boolean {
    if (!this.#pieces) return false;
    try {
      if (!this.#pieces.next().done) return true;
    } catch (error) {
      this.#options.onFault('the snapshot could not be written', error);
    }
    this.#pieces = null;
    return false;
  }

  *#save(options: SaveOptions): Generator<undefined, void> {
    const { journal, snapshots, loaded } = this.#options;
    const { tables, archive } = loaded;
    if (journal.readOnly || !archive) return;
    journal.saveIndex();
    yield;
    yield* snapshots.save({ tables, archive }, options);
  }

  close(): void {
    this.#options.loaded.archive?.close();
  }
}
