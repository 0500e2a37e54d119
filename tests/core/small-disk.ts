import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TestDesk } from './desk.fixture.ts';

const run = (command: string, ...parameters: string[]): string | null => {
  const { status, stderr, error } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (error) return error.message;
  return status === 0 ? null : stderr.trim();
};

/** Why no small disk can be mounted here; `null` where it can. */
export const whyNoMount = (): string | null => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-mount-'));
  try {
    const why = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
    if (why === null) run('umount', folder);
    return why === null ? null : `no file system can be mounted here: ${why}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Puts the folder of a closed desk on a disk of its own, until the test ends. */
export const moveToSmallDisk = (desk: TestDesk, size: string): void => {
  const copy = mkdtempSync(join(tmpdir(), 'countersign-mount-'));
  cpSync(desk.folder, copy, { recursive: true });
  const why = run('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', desk.folder);
  if (why !== null) throw new Error(why);
  cpSync(copy, desk.folder, { recursive: true });
  rmSync(copy, { recursive: true });
  onTestFinished(async () => {
    await desk.close();
    run('umount', desk.folder);
  });
};

/** Lets nothing be written to the disk that the folder is on. */
export const makeReadOnly = (desk: TestDesk): void => {
  const why = run('mount', '-o', 'remount,ro', desk.folder);
  if (why !== null) throw new Error(why);
};

export const makeWritable = (desk: TestDesk): void => {
  const why = run('mount', '-o', 'remount,rw', desk.folder);
  if (why !== null) throw new Error(why);
};
