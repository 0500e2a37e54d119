import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from './storage.ts';

/** What `replaceFile` calls a file that is not complete yet. */
const LEFT_OVER = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Removes what a process left behind that died while it replaced files in a folder.
 * Precondition: nobody else writes there, as the writer lock ensures.
 */
export const sweepFolder = (folder: string, storage: Storage): void => {
  try {
    for (const name of readdirSync(folder)) if (LEFT_OVER.test(name)) storage.remove(join(folder, name));
  } catch {
    // It only takes up room: a start does not fail over it.
  }
};
