// Brings an installation up to date: dependencies, then the build. Runs on any Node from 20.19 on, before anything is
// installed, so it uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..');
const binFolder = join(projectFolder, 'node_modules', '.bin');
const installStamp = join(projectFolder, 'node_modules', '.countersign-installed');
const buildStamp = join(projectFolder, 'out', '.built');
const isWindows = process.platform === 'win32';

/** The environment in which the pinned Node comes first. */
export const projectEnvironment = () => ({
  ...process.env,
  PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`,
});

/** The pinned Node, or this one where its package has no binary for this machine. */
export const pinnedNode = () => {
  const path = join(projectFolder, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
  return existsSync(path) ? path : process.execPath;
};

/** Runs a command in the project; ends the process when it fails. */
export const run = (command, parameters, options = {}) => {
  const { status, error } = spawnSync(command, parameters, {
    cwd: projectFolder,
    stdio: 'inherit',
    env: projectEnvironment(),
    shell: isWindows,
    ...options,
  });
  if (error || status !== 0) {
    console.error(
      error ? `${command} could not be run: ${error.message}` : `${command} ${parameters.join(' ')} failed.`,
    );
    process.exit(status ?? 1);
  }
};

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(projectFolder, 'package-lock.json')))
    .digest('hex');

const isInstalled = () => existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lockHash();

const npmCommand = () =>
  process.env.npm_execpath
    ? [process.env.npm_node_execpath ?? process.execPath, [process.env.npm_execpath]]
    : ['npm', []];

/** Runs npm with the Node that runs npm, not the pinned one. */
export const runNpm = (parameters, options = {}) => {
  const [command, first] = npmCommand();
  run(command, [...first, ...parameters], { env: process.env, ...options });
};

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Countersign needs Node 20.19 or newer to set itself up; this is ${process.versions.node}.`);
  process.exit(1);
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const sleep = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Runs one set-up at a time: a second start waits for the first, and takes over from one that died. */
const oneAtATime = (work) => {
  const lock = join(
    tmpdir(),
    `countersign-setup-${createHash('sha256').update(projectFolder).digest('hex').slice(0, 16)}`,
  );
  for (let isWaiting = false; ; sleep(250)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(lock, { encoding: 'utf8', flag: 'a+' }));
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      else if (!isWaiting) console.log('Waiting for another set-up of Countersign to finish …');
      isWaiting = true;
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/** Installs what the lock file names, once for each lock file. */
export const ensureInstalled = () => {
  checkNode();
  if (!isInstalled()) oneAtATime(install);
};

const install = () => {
  if (isInstalled()) return;
  console.log('Installing dependencies (once, about a minute) …');
  // Packages that want a newer Node run on the pinned one: npm's warnings about the other would only worry.
  runNpm(['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  // The pinned Node is put in place by an install script; where npm was told to run none, this does it.
  if (!existsSync(join(projectFolder, 'node_modules', 'node', 'bin'))) {
    run(process.execPath, ['installArchSpecificPackage.js'], {
      cwd: join(projectFolder, 'node_modules', 'node'),
      env: process.env,
    });
  }
  writeFileSync(installStamp, lockHash());
};

const newestChange = (path) => {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stats.mtimeMs);
};

const SOURCES = [
  'src-main',
  'src-renderer',
  'workflows',
  'electron.vite.config.ts',
  'verifier.vite.config.ts',
  'package.json',
  'package-lock.json',
];

const isBuilt = () => {
  if (!existsSync(buildStamp)) return false;
  const built = statSync(buildStamp).mtimeMs;
  return SOURCES.every((name) => newestChange(join(projectFolder, name)) <= built);
};

/** Builds the program when its sources are newer than what is built. */
export const ensureBuilt = () => {
  if (!isBuilt()) oneAtATime(build);
};

const build = () => {
  if (isBuilt()) return;
  console.log('Building …');
  run(pinnedNode(), [
    join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  // The verifier in one file, which goes into every export.
  run(pinnedNode(), [
    join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--config',
    'verifier.vite.config.ts',
    '--logLevel',
    'warn',
  ]);
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, new Date().toISOString());
};
