import type { SegmentStore } from './segment-store.ts';

/** Keeps room behind the newest records. It is made after the answers, so that nobody waits for it. */
export class SegmentRoom {
  readonly #segments: SegmentStore;
  readonly #onFailure: (message: string) => void;
  #scheduled: NodeJS.Immediate | null = null;

  /** @param onFailure told when the disk did not confirm: nothing may be appended then */
  constructor(segments: SegmentStore, onFailure: (message: string) => void) {
    this.#segments = segments;
    this.#onFailure = onFailure;
  }

  /** Makes room soon where the next records would need it. */
  keep(): void {
    if (this.#segments.needsRoom) this.#scheduled ??= setImmediate(() => this.#make());
  }

  /** Makes none any more. */
  stop(): void {
    if (this.#scheduled) clearImmediate(this.#scheduled);
    this.#scheduled = null;
  }

  /** A journal at rest has no room behind its records; where that fails, NUL bytes mean nothing to whoever reads it. */
  takeAway(): void {
    try {
      this.#segments.takeRoomAway();
    } catch {
      // The next process that appends makes use of it.
    }
  }

  #make(): void {
    this.#scheduled = null;
    try {
      this.#segments.makeRoom();
    } catch (error) {
      this.#onFailure((error as Error).message);
    }
  }
}
