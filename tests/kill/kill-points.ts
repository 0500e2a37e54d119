import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileHandle, Storage } from '#main/storage/storage.ts';

/** Counts the moments at which a process may die, and lets it die at one of them, as a power cut to the process would. */
export class KillPoints {
  readonly #at: number;
  readonly #ignored: RegExp | null;
  #isArmed = false;
  #count = 0;

  /**
   * @param at the moment at which to die, from 1; 0 for none
   * @param ignored names that do not count, because they come whenever a timer lets them
   */
  constructor(at: number, ignored: RegExp | null = null) {
    this.#at = at;
    this.#ignored = ignored;
  }

  /** Moments count from here on. */
  arm(): void {
    this.#isArmed = true;
  }

  reach(name: string): void {
    if (!this.#isArmed || this.#ignored?.test(name) === true) return;
    this.#count += 1;
    if (this.#count !== this.#at) return;
    writeSync(1, `killed ${name}\n`);
    process.kill(process.pid, 'SIGKILL');
    // A signal to oneself may take a moment; nothing may be done in it.
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}

/** A disk with a moment before and after every operation that changes it, and one in the middle of every write. */
export const killingStorage = (inner: Storage, points: KillPoints): Storage => {
  const names = new Map<FileHandle, string>();
  // What is temporary has a name of its own in every run.
  const plainName = (path: string): string => basename(path).replace(/\.[0-9a-f-]{36}\.tmp$/, '.tmp');
  const around = <Value>(name: string, work: () => Value): Value => {
    points.reach(`before ${name}`);
    const value = work();
    points.reach(`after ${name}`);
    return value;
  };
  const nameOf = (file: FileHandle): string => names.get(file) ?? 'a file';
  return {
    ...inner,
    open: (path, mode) => {
      const open = () => inner.open(path, mode);
      const file = mode === 'create' ? around(`making ${plainName(path)}`, open) : open();
      names.set(file, plainName(path));
      return file;
    },
    write: (file, bytes, position) => {
      points.reach(`before writing ${nameOf(file)}`);
      inner.write(file, bytes.subarray(0, bytes.length >> 1), position);
      points.reach(`in the middle of writing ${nameOf(file)}`);
      inner.write(file, bytes, position);
      points.reach(`after writing ${nameOf(file)}`);
    },
    truncate: (file, length) => {
      around(`truncating ${nameOf(file)}`, () => inner.truncate(file, length));
    },
    flush: (file) => {
      around(`flushing ${nameOf(file)}`, () => inner.flush(file));
    },
    rename: (from, to) => {
      around(`renaming to ${basename(to)}`, () => inner.rename(from, to));
    },
    remove: (path) => {
      around(`removing ${plainName(path)}`, () => inner.remove(path));
    },
    flushFolder: (path) => {
      around(`flushing the folder ${basename(path)}`, () => inner.flushFolder(path));
    },
  };
};
