import type { OnOpeningProgress } from './opening-progress.ts';

/** So long records are read before everybody else has a turn, in milliseconds. */
const SLICE = 15;

/** Milliseconds between two reports. */
const REPORT_EVERY = 250;

/** Records between two looks at the clock. */
const AT_ONCE = 64;

/** Lets the program answer while an opening reads, and tells how far it is. */
export class OpeningTurns {
  readonly #onProgress: OnOpeningProgress | undefined;
  readonly #total: number;
  #since = performance.now();
  #reported = performance.now();
  #isStopped = false;

  /** @param total records that are expected; there may be more */
  constructor(total: number, onProgress?: OnOpeningProgress) {
    this.#total = total;
    this.#onProgress = onProgress;
  }

  /** Whether others should have a turn. @param done records that are read */
  isDue(done: number): boolean {
    return done % AT_ONCE === 0 && performance.now() - this.#since >= SLICE;
  }

  /** Whether whoever is told gave the opening up, by throwing. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** @throws as whoever is told does */
  async take(done: number): Promise<void> {
    if (performance.now() - this.#reported >= REPORT_EVERY) this.#report(done);
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }

  #report(done: number): void {
    this.#reported = performance.now();
    try {
      this.#onProgress?.({ stage: 'reading', done, total: Math.max(done, this.#total) });
    } catch (error) {
      this.#isStopped = true;
      throw error;
    }
  }
}
