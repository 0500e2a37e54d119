import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexPlace } from '#main/journal/journal-index.ts';
import type { SeededRandom } from './seeded-random.ts';
import { temporaryFolder } from './workspace-folder.ts';

const KEY = new Uint8Array(32).fill(7);

/** The indexes that a desk saved in its lives, each as it was then. SQLite writes them beside the simulated disk. */
export class KeptIndexes {
  readonly #kept: IndexPlace[] = [];

  /** A copy of one that was saved before; a place where there is none yet, where none was. */
  oneOf(random: SeededRandom): IndexPlace {
    const kept = this.#kept.length === 0 ? null : random.pick(this.#kept);
    const place = { path: join(temporaryFolder(), 'index.db'), key: KEY };
    if (kept) copyIndex(kept, place);
    return place;
  }

  /** Keeps what was just saved, while it is still open. */
  keep(place: IndexPlace): void {
    const copy = { path: join(temporaryFolder(), 'index.db'), key: KEY };
    copyIndex(place, copy);
    this.#kept.push(copy);
  }
}

const copyIndex = (from: IndexPlace, to: IndexPlace): void => {
  for (const end of ['', '-wal']) {
    if (existsSync(`${from.path}${end}`)) copyFileSync(`${from.path}${end}`, `${to.path}${end}`);
  }
};
