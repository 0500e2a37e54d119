import { refuse, type Refusal } from '#workflows/errors.ts';
import { isReadOnlyStorage, isStorageFull } from './storage.ts';

/** What a disk that breaks, or is pulled out, says. */
const BROKEN = ['EIO', 'ENXIO', 'ENODEV', 'ESTALE', 'EMFILE', 'ENFILE'];

/** An error of the disk as a refusal that says what is the matter with it; `null` when it is of another kind. */
export const storageRefusal = (error: unknown): Refusal | null => {
  if (isStorageFull(error)) return refuse('STORAGE_FULL', 'storageFull');
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  if (isReadOnlyStorage(error)) return refuse('READ_ONLY', 'folderReadOnly');
  return BROKEN.includes(String(error.code)) ? refuse('UNAVAILABLE', 'storageFailed', { why: error.message }) : null;
};
