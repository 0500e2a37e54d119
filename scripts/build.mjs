// `npm run build`: dependencies and build, whether or not they look up to date.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, projectFolder } from './setup.mjs';

ensureInstalled();
rmSync(join(projectFolder, 'out', '.built'), { force: true });
ensureBuilt();
