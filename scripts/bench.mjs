// `npm run bench`: measures the built program on this machine's disk. `-- --json FILE` also writes the figures down.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, projectFolder, run } from './setup.mjs';

ensureInstalled();
ensureBuilt();
run(pinnedNode(), [join(projectFolder, 'tests', 'bench', 'bench.ts'), ...process.argv.slice(2)]);
