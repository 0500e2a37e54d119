import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { test } from 'vitest';
import { chaos, ChaosRun, REPLIES } from './chaos-run.ts';

/** Set to repeat a run; else every run is another. */
const SEED = Number(process.env.COUNTERSIGN_SEED ?? randomInt(2 ** 31));
const RUNS = process.env.COUNTERSIGN_DEEP === '1' ? 200 : 20;

test('whatever befalls them, no publication is posted twice, lost, begun in a pause or without its approvals', async () => {
  process.stdout.write(`chaos: seed ${String(SEED)}, ${String(RUNS * REPLIES)} publications\n`);
  await fc.assert(
    fc.asyncProperty(chaos, (run) => ChaosRun.play(run)),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
}, 1_800_000);
