import { join } from 'node:path';
import { isReadOnlyStorage, isStorageFull, replaceFile, type Storage } from '../storage/storage.ts';

/** A checkpoint is at most this much older than the newest record (JOURNAL.md: one second). */
const CHECKPOINT_DELAY = 500;

export interface CheckpointWriterOptions {
  /** Folder of the workspace. */
  readonly folder: string;
  readonly storage: Storage;
  /** The signed checkpoint over all durable records, as text. */
  readonly text: () => string;
  /** Number of durable records. */
  readonly size: () => number;
  /** The checkpoint cannot be written, and what the disk holds is not known. */
  readonly onFailure: (message: string) => void;
}

/** Keeps `journal/checkpoint` up with the durable records. */
export class CheckpointWriter {
  readonly #options: CheckpointWriterOptions;
  #covered: number;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(options: CheckpointWriterOptions, covered: number) {
    this.#options = options;
    this.#covered = covered;
  }

  /** Records that the checkpoint on the disk covers. */
  get covered(): number {
    return this.#covered;
  }

  schedule(): void {
    if (this.#timer || this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.write();
    }, CHECKPOINT_DELAY);
  }

  /** No checkpoint is written by itself any more. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Brings the file up to the newest durable record. A failure leaves the older one, which is as true. */
  write(): void {
    const { folder, storage, text, size, onFailure } = this.#options;
    const covered = size();
    if (this.#covered === covered) return;
    try {
      replaceFile(storage, join(folder, 'journal', 'checkpoint'), Buffer.from(text(), 'utf8'));
      this.#covered = covered;
    } catch (error) {
      if (!isStorageFull(error) && !isReadOnlyStorage(error)) {
        onFailure(`no checkpoint can be written: ${(error as Error).message}`);
      } else this.schedule();
    }
  }
}
