import { DatabaseSync } from 'node:sqlite';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { isReadOnlyStorage } from './storage.ts';

/** SQLite's result code for a database that another process has locked. */
const SQLITE_BUSY = 5;

export interface WriterLock {
  release(): void;
}

/**
 * Takes the lock that makes this process the one writer of a workspace. It is SQLite's exclusive lock on an empty
 * database: the operating system drops it when the process ends, however it ends, so no stale lock is ever left behind.
 * @throws RefusalError `WORKSPACE_IN_USE` when another process holds it
 */
export const takeWriterLock = (path: string): WriterLock => {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (typeof error === 'object' && error !== null && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new RefusalError(refuse('WORKSPACE_IN_USE', 'workspaceInUse'), { cause: error });
    }
    if (isReadOnlyStorage(error)) {
      throw new RefusalError(refuse('READ_ONLY', 'folderReadOnly'), { cause: error });
    }
    throw error;
  }
  const held = database;
  return {
    release: () => {
      held.close();
    },
  };
};
