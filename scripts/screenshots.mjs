// `npm run screenshots`: takes a picture of every screen and state into docs/screenshots/. Words after `--` are parts of
// names: then only the pictures with one of them are taken anew.
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureBuilt, ensureInstalled, pinnedNode, projectFolder, run } from './setup.mjs';

ensureInstalled();
ensureChromium();
ensureBuilt();
run(pinnedNode(), [join(projectFolder, 'scripts', 'screenshots.ts'), ...process.argv.slice(2)]);
