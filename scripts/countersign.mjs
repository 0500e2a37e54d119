#!/usr/bin/env node
// The command line, from any folder: sets the program up when that is needed, then runs it on the pinned Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, projectEnvironment, projectFolder } from './setup.mjs';

// Progress of the set-up must not stand in the output of a command.
console.log = console.error;
ensureInstalled();
ensureBuilt();

const child = spawn(pinnedNode(), [join(projectFolder, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: projectEnvironment(),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Countersign could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  // Without a code it was ended from outside, which is no success.
  process.exitCode = code ?? 1;
});
