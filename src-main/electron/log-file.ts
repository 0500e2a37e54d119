import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Length at which a log file is put away, in bytes, and how many are kept beside the current one. */
const LONGEST = 2 * 1024 * 1024;
const MOST_KEPT = 4;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * A destination for pino: one file that is put away when it has grown long, and the oldest forgotten. A log that cannot
 * be written does not stop the desk.
 */
export class LogFile {
  readonly #folder: string;
  readonly #longest: number;
  #size: number;

  /** @param longest length of one file, in bytes */
  constructor(folder: string, longest: number = LONGEST) {
    this.#folder = folder;
    this.#longest = longest;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#size = sizeOf(this.#path(0));
  }

  write(line: string): void {
    try {
      const length = Buffer.byteLength(line, 'utf8');
      if (this.#size > 0 && this.#size + length > this.#longest) this.#putAway();
      appendFileSync(this.#path(0), line, { mode: 0o600 });
      this.#size += length;
    } catch {
      // There is no other place to tell it.
    }
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? 'desktop.log' : `desktop.${String(age)}.log`);
  }

  #putAway(): void {
    for (let age = MOST_KEPT; age > 0; age -= 1) {
      if (existsSync(this.#path(age - 1))) renameSync(this.#path(age - 1), this.#path(age));
    }
    this.#size = 0;
  }
}
