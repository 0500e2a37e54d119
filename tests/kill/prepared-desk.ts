import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TestDesk } from '../core/desk.fixture.ts';

/** A folder with a desk in it, closed, from which every child gets a copy of its own. */
export interface Prepared<Known> {
  readonly root: string;
  readonly now: number;
  readonly known: Known;
  readonly copy: () => string;
  readonly remove: () => void;
}

/** Makes a desk, does on it what the children find done, and closes it. @param prepare returns what the test must know */
export const prepare = async <Known>(work: (desk: TestDesk) => Promise<Known>): Promise<Prepared<Known>> => {
  const desk = await TestDesk.create();
  const known = await work(desk);
  await desk.close();
  const root = dirname(desk.folder);
  const copies: string[] = [];
  return {
    root,
    now: desk.clock.now(),
    known,
    copy: () => {
      const copy = mkdtempSync(join(tmpdir(), 'countersign-kill-'));
      copies.push(copy);
      cpSync(root, copy, { recursive: true });
      return copy;
    },
    remove: () => {
      for (const folder of [root, ...copies]) rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Set for more moments than a working day has time for. */
export const IS_DEEP = process.env.COUNTERSIGN_DEEP === '1';

/** Runs one case after another for the moments 1, 2, …, a few side by side, until one finds no moment left. */
export const forEveryMoment = async (run: (moment: number) => Promise<string | null>): Promise<string[]> => {
  const sideBySide = 3;
  const reached: string[] = [];
  for (let first = 1; ; first += sideBySide) {
    const moments = Array.from({ length: sideBySide }, (_, index) => first + index);
    const ends = await Promise.all(moments.map(run));
    for (const end of ends) if (end !== null) reached.push(end);
    if (ends.includes(null)) return reached;
  }
};
