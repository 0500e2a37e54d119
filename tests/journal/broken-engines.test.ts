import { describe, expect, it } from 'vitest';
import { BROKEN_ENGINES } from './broken-engines.ts';
import { CrashRun } from './crash-run.ts';

const RUNS = 60;

describe('a journal that', () => {
  it.each(BROKEN_ENGINES)(
    '%s is caught by the simulated disk',
    async (_name, engine, complaint) => {
      const complaints: string[] = [];
      for (let seed = 1; seed <= RUNS && !complaints.some((text) => complaint.test(text)); seed += 1) {
        try {
          await new CrashRun(seed, engine).run();
        } catch (error) {
          complaints.push(`seed ${String(seed)}: ${(error as Error).message}`);
        }
      }
      expect(complaints.at(-1)).toMatch(complaint);
    },
    120_000,
  );
});
