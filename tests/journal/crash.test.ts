import { describe, expect, it } from 'vitest';
import { CrashRun } from './crash-run.ts';
import { CRASH_KINDS } from './disk-image.ts';

/** More runs, or one that failed: COUNTERSIGN_CRASH_RUNS=5000, COUNTERSIGN_CRASH_SEED=1234. */
const isDeep = process.env.COUNTERSIGN_DEEP === '1';
const runs = Number(process.env.COUNTERSIGN_CRASH_RUNS ?? (isDeep ? 10_000 : 500));
const firstSeed = Number(process.env.COUNTERSIGN_CRASH_SEED ?? 1);
const lastSeed = firstSeed + runs - 1;

/** Operations after which power must have been lost in every way, or the runs have proved less than they say. */
const MUST_MEET = [
  'open segment',
  'write segment',
  'flush segment',
  'truncate segment',
  'open checkpoint',
  'write checkpoint',
  'flush checkpoint',
  'rename checkpoint',
  'flushFolder journal',
  'write recovered file',
  'flush recovered file',
  'rename recovered file',
  'flushFolder recovered',
  'the end of a recovery',
];

describe('a crash at any moment', () => {
  it(
    `loses no answered command, halves none and leaves no unsound journal: seeds ${String(firstSeed)} to ${String(lastSeed)}`,
    async () => {
      const failures: string[] = [];
      const met = new Set<string>();
      let story: readonly string[] = [];
      for (let seed = firstSeed; seed <= lastSeed; seed += 1) {
        const run = new CrashRun(seed);
        try {
          await run.run();
        } catch (error) {
          if (failures.length === 0) ({ story } = run);
          failures.push(`seed ${String(seed)}: ${(error as Error).message}`);
        }
        for (const name of run.met) met.add(name);
      }
      expect.soft(story, 'what happened in the first run that failed').toEqual([]);
      expect(failures).toEqual([]);
      if (runs < 500) return;
      const missing = MUST_MEET.flatMap((name) => CRASH_KINDS.map((kind) => `${name}: ${kind}`)).filter(
        (name) => !met.has(name),
      );
      expect(missing, 'states that no run has met').toEqual([]);
    },
    120_000 + runs * 1000,
  );
});
