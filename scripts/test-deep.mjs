// `npm run test:deep`: what takes too long for every run. More points to be killed at, more losses of power, more chaos, a
// longer model; each prints its seed, with which it can be repeated.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, projectEnvironment, projectFolder } from './setup.mjs';

ensureInstalled();
ensureBuilt();
const { status } = spawnSync(
  pinnedNode(),
  [
    join(projectFolder, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'tests/kill',
    'tests/journal/crash.test.ts',
    'tests/journal/mutations.test.ts',
    'tests/publishing/chaos.test.ts',
    'tests/core/model.test.ts',
    'tests/core/one-order.test.ts',
    'tests/core/export-damage.test.ts',
    '--testTimeout=14400000',
    ...process.argv.slice(2),
  ],
  {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { COUNTERSIGN_MODEL_RUNS: '600', ...projectEnvironment(), COUNTERSIGN_DEEP: '1' },
  },
);
process.exitCode = status ?? 1;
