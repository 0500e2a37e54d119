// `npm start`: sets everything up and opens Countersign, in Electron where its binary is or can be had, else in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, projectEnvironment, projectFolder } from './setup.mjs';

const electronFolder = join(projectFolder, 'node_modules', 'electron');

const electronBinary = () => {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
};

const hasDisplay = () =>
  process.platform === 'win32' ||
  process.platform === 'darwin' ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** Fetches Electron's binary; quick to fail where it cannot be had. */
const fetchElectron = () => {
  console.log('Fetching the desktop shell (Electron), once …');
  const { status } = spawnSync(pinnedNode(), [join(electronFolder, 'install.js')], {
    cwd: electronFolder,
    stdio: 'ignore',
    env: projectEnvironment(),
    timeout: 180_000,
  });
  return status === 0 ? electronBinary() : null;
};

/** The desktop shell and why there is none. */
const findShell = () => {
  if (process.env.COUNTERSIGN_HOST === 'browser') return { why: 'COUNTERSIGN_HOST asks for the browser.' };
  if (!hasDisplay()) return { why: 'There is no display here, so no window can be opened.' };
  const binary = electronBinary() ?? fetchElectron();
  return binary ? { binary } : { why: 'Electron could not be fetched here, so the desk opens in the browser.' };
};

const runShell = (binary, parameters) =>
  spawn(binary, [projectFolder, ...parameters], { stdio: 'inherit', env: projectEnvironment() });

const runBrowserHost = (parameters) =>
  spawn(pinnedNode(), [join(projectFolder, 'out', 'main', 'cli.js'), 'serve', ...parameters], {
    stdio: 'inherit',
    env: projectEnvironment(),
  });

ensureInstalled();
ensureBuilt();
const parameters = process.argv.slice(2);
const { binary, why } = findShell();
if (why) console.log(why);
const child = binary ? runShell(binary, parameters) : runBrowserHost(parameters);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
