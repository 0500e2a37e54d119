import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Vectors and sample journals that others made; they lie beside the repository, or where the environment variable
 * COUNTERSIGN_SHARED says, and are no part of it.
 */
const folder = process.env.COUNTERSIGN_SHARED ?? join(import.meta.dirname, '../../../shared');

export const sharedPath = (...parts: readonly string[]): string => join(folder, ...parts);

export const sharedIsAbsent = !existsSync(folder);

/** To be put behind the title of what is skipped without the data. */
export const ifShared = sharedIsAbsent
  ? ' (skipped: no shared data beside the repository; set COUNTERSIGN_SHARED)'
  : '';

export const readSharedText = (...parts: readonly string[]): string => readFileSync(sharedPath(...parts), 'utf8');

export const readSharedJson = (...parts: readonly string[]): unknown => JSON.parse(readSharedText(...parts));

/** Names of the folders in a shared folder; none where the data is absent. */
export const sharedFolders = (...parts: readonly string[]): string[] =>
  sharedIsAbsent
    ? []
    : readdirSync(sharedPath(...parts), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);

/** Paths of the files under a shared folder that end in `extension`, relative to it. */
export const sharedFiles = (extension: string, ...parts: readonly string[]): string[] =>
  readdirSync(sharedPath(...parts), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .sort();
