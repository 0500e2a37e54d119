import { describe, expect, it } from 'vitest';
import { CrashRun } from './crash-run.ts';

/** More runs, or one that failed: COUNTERSIGN_CRASH_RUNS=5000, COUNTERSIGN_CRASH_SEED=1234. */
const runs = Number(process.env.COUNTERSIGN_CRASH_RUNS ?? 100);
const firstSeed = Number(process.env.COUNTERSIGN_CRASH_SEED ?? 1);
const lastSeed = firstSeed + runs - 1;

describe('a crash at any moment', () => {
  it(
    `loses no answered command, halves none and leaves no unsound journal: seeds ${String(firstSeed)} to ${String(lastSeed)}`,
    async () => {
      const failures: string[] = [];
      let story: readonly string[] = [];
      for (let seed = firstSeed; seed <= lastSeed; seed += 1) {
        const run = new CrashRun(seed);
        try {
          await run.run();
        } catch (error) {
          if (failures.length === 0) ({ story } = run);
          failures.push(`seed ${String(seed)}: ${(error as Error).message}`);
        }
      }
      expect.soft(story, 'what happened in the first run that failed').toEqual([]);
      expect(failures).toEqual([]);
    },
    60_000 + runs * 1000,
  );
});
