import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecondStart {
  readonly parameters: readonly string[];
  readonly folder: string;
  readonly data: unknown;
}

const POLL = 50;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** One process for each data folder. The loser leaves a note, since it must be done before it ends. */
export class SingleInstance {
  readonly #folder: string;
  readonly #lock: string;
  #timer: NodeJS.Timeout | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#lock = join(folder, 'stand-in.lock');
  }

  /** @param onSecond told of later starts, when this one is the first */
  take(start: SecondStart, onSecond: (start: SecondStart) => void): boolean {
    if (!this.#isFirst()) {
      const note = join(this.#folder, `stand-in-${String(process.pid)}`);
      writeFileSync(`${note}.tmp`, JSON.stringify(start));
      renameSync(`${note}.tmp`, `${note}.second`);
      return false;
    }
    this.#timer = setInterval(() => this.#read(onSecond), POLL);
    this.#timer.unref();
    return true;
  }

  release(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    rmSync(this.#lock, { force: true });
  }

  #isFirst(): boolean {
    try {
      writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(readFileSync(this.#lock, 'utf8')))) return false;
      writeFileSync(this.#lock, String(process.pid));
      return true;
    }
  }

  #read(onSecond: (start: SecondStart) => void): void {
    for (const name of readdirSync(this.#folder).filter((each) => each.endsWith('.second'))) {
      const path = join(this.#folder, name);
      const start = JSON.parse(readFileSync(path, 'utf8')) as SecondStart;
      rmSync(path);
      onSecond(start);
    }
  }
}
