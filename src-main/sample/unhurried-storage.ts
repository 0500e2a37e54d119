import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '../storage/storage.ts';

/**
 * A storage that does not wait for the disk, for a folder that is made in one piece: {@link flushTree} makes it durable
 * as a whole, and until then nobody relies on it.
 */
export const unhurried = (storage: Storage): Storage => ({
  makeFolder: (path) => storage.makeFolder(path),
  open: (path, mode) => storage.open(path, mode),
  close: (file) => storage.close(file),
  write: (file, bytes, position) => storage.write(file, bytes, position),
  read: (file, bytes, position) => storage.read(file, bytes, position),
  truncate: (file, length) => storage.truncate(file, length),
  flush: () => undefined,
  rename: (from, to) => storage.rename(from, to),
  remove: (path) => storage.remove(path),
  flushFolder: () => undefined,
});

/** Returns when a folder and everything in it is on the disk. */
export const flushTree = (folder: string, storage: Storage): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) flushTree(path, storage);
    else flushFile(path, storage);
  }
  storage.flushFolder(folder);
};

const flushFile = (path: string, storage: Storage): void => {
  const file = storage.open(path, 'existing');
  try {
    storage.flush(file);
  } finally {
    storage.close(file);
  }
};
