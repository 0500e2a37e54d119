import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findSystemNode, type SystemNode } from './system-node.ts';

const run = promisify(execFile);

export const PDS_FOLDER = import.meta.dirname;

/** Longest time that an installation takes, in milliseconds; also for a test that may be the first to need it. */
export const INSTALL_TIMEOUT = 15 * 60_000;

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const STAMP = join(PDS_FOLDER, 'node_modules', '.installed-for.json');
const LOCK = join(tmpdir(), `countersign-pds-install-${sha256(PDS_FOLDER).slice(0, 16)}`);

/** What an installation is good for: these versions, and this Node's native add-ons. */
const stampFor = (node: SystemNode): string =>
  JSON.stringify({ lock: sha256(readFileSync(join(PDS_FOLDER, 'package-lock.json'))), abi: node.abi });

const isInstalled = (node: SystemNode): boolean => {
  try {
    return readFileSync(STAMP, 'utf8') === stampFor(node);
  } catch {
    return false;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Takes the lock, `false` when another living process has it. A lock whose owner is dead, or never wrote its name, is cleared. */
const tryLock = (): boolean => {
  try {
    mkdirSync(LOCK);
    writeFileSync(join(LOCK, 'pid'), String(process.pid));
    return true;
  } catch {
    if (!isHeld()) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
};

const isHeld = (): boolean => {
  try {
    const isFresh = Date.now() - statSync(LOCK).mtimeMs < 5_000;
    try {
      return isAlive(Number(readFileSync(join(LOCK, 'pid'), 'utf8')));
    } catch {
      return isFresh;
    }
  } catch {
    return false;
  }
};

const install = async (node: SystemNode): Promise<void> => {
  await run('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: PDS_FOLDER,
    env: node.environment,
    // npm is a script on Windows.
    shell: process.platform === 'win32',
    maxBuffer: 50_000_000,
    timeout: INSTALL_TIMEOUT,
  });
  writeFileSync(STAMP, stampFor(node));
};

/**
 * Installs the PDS at its first use, which takes some minutes; afterwards it only looks. Several test files may ask at once:
 * one installs, the others wait.
 * @returns the Node by which the PDS is to be run
 */
export const ensurePds = async (): Promise<SystemNode> => {
  const node = await findSystemNode();
  while (!isInstalled(node)) {
    if (!tryLock()) {
      await wait(500);
      continue;
    }
    try {
      if (!isInstalled(node)) await install(node);
    } finally {
      rmSync(LOCK, { recursive: true, force: true });
    }
  }
  return node;
};
