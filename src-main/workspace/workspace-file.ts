import { join } from 'node:path';
import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { ulidSchema } from '#workflows/identifiers.ts';
import { MalformedFileError, openDatabase } from '../storage/database.ts';
import { isUnusablePath, type Storage } from '../storage/storage.ts';

/** Version of the folder's layout that this program reads and writes. */
export const WORKSPACE_FORMAT = 1;

const workspaceFileSchema = z.looseObject({ id: ulidSchema, name: z.string(), format: z.int().positive() });
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>;

const NOTHING: WorkspaceFile = { id: '', name: '', format: 0 };

/**
 * Reads `workspace.json`; `null` when the folder has none.
 * @throws RefusalError `DATA_TOO_NEW` for a workspace of a newer program, `JOURNAL_INCONSISTENT` when it is malformed,
 *   `INVALID_INPUT` when the path can be no folder
 */
export const readWorkspaceFile = (folder: string, storage: Storage): WorkspaceFile | null => {
  try {
    const { data } = openDatabase(join(folder, 'workspace.json'), {
      schema: workspaceFileSchema,
      initial: NOTHING,
      storage,
    });
    if (data === NOTHING) return null;
    if (data.format > WORKSPACE_FORMAT) throw new RefusalError(refuse('DATA_TOO_NEW', 'workspaceTooNew', { folder }));
    return data;
  } catch (error) {
    if (error instanceof MalformedFileError) {
      throw new RefusalError(refuse('JOURNAL_INCONSISTENT', 'workspaceFileDamaged', { folder }), { cause: error });
    }
    if (isUnusablePath(error))
      throw new RefusalError(refuse('INVALID_INPUT', 'notAFolder', { folder }), { cause: error });
    throw error;
  }
};

export const writeWorkspaceFile = (folder: string, content: WorkspaceFile, storage: Storage): void => {
  const database = openDatabase(join(folder, 'workspace.json'), {
    schema: workspaceFileSchema,
    initial: NOTHING,
    storage,
  });
  database.data = content;
  database.write();
};
