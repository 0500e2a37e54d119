import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a file durably, as a program would that keeps its state in one: temporary file, fdatasync, rename, folder. */
export const saveDurably = (path: string, text: string): void => {
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w');
  writeSync(file, text);
  fdatasyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
};
