import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

/** An open file. */
export type FileHandle = number;

/**
 * The few operations on files on which durability rests, each synchronous and each able to fail. Tests put a disk under
 * it that fails, tears or dies. Every method throws as the system does (`ENOSPC`, `EIO`, …).
 */
export interface Storage {
  makeFolder(path: string): void;
  /** Opens for reading and writing; `create` makes a new file and refuses one that exists. */
  open(path: string, mode: 'create' | 'existing'): FileHandle;
  close(file: FileHandle): void;
  /** Writes all of `bytes` at `position`. */
  write(file: FileHandle, bytes: Uint8Array, position: number): void;
  /** Reads up to `bytes.length`; fewer only at the end. Returns how many. */
  read(file: FileHandle, bytes: Uint8Array, position: number): number;
  truncate(file: FileHandle, length: number): void;
  /** Returns when the file's content is on the disk (fdatasync). */
  flush(file: FileHandle): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Returns when the names in a folder are on the disk. */
  flushFolder(path: string): void;
}

const writeAll = (file: FileHandle, bytes: Uint8Array, position: number): void => {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
  }
};

const readAll = (file: FileHandle, bytes: Uint8Array, position: number): number => {
  let count = 0;
  while (count < bytes.length) {
    const read = readSync(file, bytes, count, bytes.length - count, position + count);
    if (read === 0) break;
    count += read;
  }
  return count;
};

/** Storage on the real file system. New files and folders are for their owner alone. */
export const diskStorage: Storage = {
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  },
  open: (path, mode) => openSync(path, mode === 'create' ? 'wx+' : 'r+', 0o600),
  close: closeSync,
  write: writeAll,
  read: readAll,
  truncate: ftruncateSync,
  flush: fdatasyncSync,
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { force: true });
  },
  flushFolder: (path) => {
    // Windows cannot flush a folder, and does not need to: its renames are journalled.
    if (process.platform === 'win32') return;
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
};

/** A name beside `path` that no other write of this process uses. */
const temporaryName = (path: string): string => {
  return `${path}.${randomUUID()}.tmp`;
};

/** Whether a file was left behind by a `replaceFile` that did not come to its end; other programs have names of their own. */
export const isLeftBehind = (name: string): boolean =>
  /\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.tmp$/.test(name);

/**
 * Replaces a file as a whole: after a crash at any moment either the old or the new content is there, never a mixture.
 * Returns when the new one is durable.
 */
export const replaceFile = (storage: Storage, path: string, bytes: Uint8Array): void => {
  const temporary = temporaryName(path);
  const file = storage.open(temporary, 'create');
  try {
    try {
      storage.write(file, bytes, 0);
      storage.flush(file);
    } finally {
      storage.close(file);
    }
    storage.rename(temporary, path);
  } catch (error) {
    storage.remove(temporary);
    throw error;
  }
  storage.flushFolder(dirname(path));
};

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

export const isNotFound = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The disk, or the person's share of it, is full. */
export const isStorageFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '');

/** The folder cannot be written to at all. */
export const isReadOnlyStorage = (error: unknown): boolean =>
  ['EROFS', 'EACCES', 'EPERM'].includes(codeOf(error) ?? '');

const UNUSABLE = ['ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM', 'ERR_INVALID_ARG_VALUE'];

/** A path that leads to no file that can be read here: through a file, too long, or with a NUL in it. */
export const isUnusablePath = (error: unknown): boolean => UNUSABLE.includes(codeOf(error) ?? '');
