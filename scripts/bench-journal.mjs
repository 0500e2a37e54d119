// `npm run bench:journal`: measures the journal on this machine's disk, every figure beside what is promised of it.
// `-- --json FILE` also writes the figures down; `-- --max 100000` leaves the longest journal out; `-- --clear` takes the
// generated journals away, which are kept under out/bench otherwise.
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, projectFolder, run } from './setup.mjs';

ensureInstalled();
run(pinnedNode(), [join(projectFolder, 'tests', 'bench', 'journal', 'bench-journal.ts'), ...process.argv.slice(2)]);
