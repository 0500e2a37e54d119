import { createHash, randomUUID } from 'node:crypto';
import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { isReadOnlyStorage, isStorageFull, type Storage } from '../storage/storage.ts';

/** A file of an export, as `export.json` names it. */
export interface ExportedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

/** Where the export will stand, with every link on the way followed. @throws RefusalError for a place that cannot be */
const placeOf = (folder: string, workspace: string): string => {
  if (!isAbsolute(folder) || folder.includes('\0')) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportFolderNotWhole', { folder }));
  }
  const wanted = resolve(folder);
  let parent: string;
  try {
    parent = realpathSync(dirname(wanted));
    if (!statSync(parent).isDirectory()) throw new Error('not a folder');
  } catch (cause) {
    throw new RefusalError(refuse('NOT_FOUND', 'exportNoParent', { folder: dirname(wanted) }), { cause });
  }
  const place = join(parent, basename(wanted));
  if (place === parent || existsSync(place)) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportFolderExists', { folder: wanted }));
  }
  if (isInside(realpathSync(workspace), place)) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportInWorkspace', { folder: wanted }));
  }
  return place;
};

/** A failed write as the person hears of it: it is their folder, not the journal. */
const asRefusal = (error: unknown, folder: string): unknown => {
  if (error instanceof RefusalError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (isStorageFull(error)) return new RefusalError(refuse('STORAGE_FULL', 'exportDiskFull'), { cause: error });
  if (isReadOnlyStorage(error)) {
    return new RefusalError(refuse('READ_ONLY', 'exportNotWritable', { folder }), { cause: error });
  }
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return isOfSystem ? new RefusalError(refuse('UNAVAILABLE', 'exportFailed', { why }), { cause: error }) : error;
};

/**
 * A folder that is being written under a name of its own and takes its final name as the last step, so that what stands
 * there is whole and durable, or not there at all.
 */
export class ExportFolder {
  readonly #storage: Storage;
  readonly #place: string;
  readonly #temporary: string;
  readonly #folders = new Set<string>();
  readonly #files: ExportedFile[] = [];

  private constructor(storage: Storage, place: string) {
    this.#storage = storage;
    this.#place = place;
    this.#temporary = join(dirname(place), `.${basename(place)}.${randomUUID()}.part`);
  }

  /**
   * Writes an export by `write` and gives it its name.
   * @param options.folder whole path of a folder that does not exist, in one that does
   * @param options.workspace folder of the workspace, in which no export may lie
   * @returns the path under which it stands now, and what `write` returned
   * @throws RefusalError with nothing left behind
   */
  static async write<Value>(
    { folder, workspace, storage }: { folder: string; workspace: string; storage: Storage },
    write: (target: ExportFolder) => Promise<Value>,
  ): Promise<{ folder: string; value: Value }> {
    const target = new ExportFolder(storage, placeOf(folder, workspace));
    try {
      target.#makeFolder(target.#temporary);
      const value = await write(target);
      target.#finish();
      return { folder: target.#place, value };
    } catch (error) {
      rmSync(target.#temporary, { recursive: true, force: true });
      throw asRefusal(error, folder);
    }
  }

  /** What was written so far. */
  get files(): readonly ExportedFile[] {
    return this.#files;
  }

  #makeFolder(path: string): void {
    if (this.#folders.has(path)) return;
    this.#storage.makeFolder(path);
    this.#folders.add(path);
  }

  /** Writes a file, which is durable when this returns. @param path with `/`, in the export */
  async file(path: string, content: Chunks): Promise<ExportedFile> {
    const whole = join(this.#temporary, path);
    this.#makeFolder(dirname(whole));
    const hash = createHash('sha256');
    let bytes = 0;
    const file = this.#storage.open(whole, 'create');
    try {
      for await (const chunk of content) {
        this.#storage.write(file, chunk, bytes);
        hash.update(chunk);
        bytes += chunk.length;
      }
      this.#storage.flush(file);
    } finally {
      this.#storage.close(file);
    }
    const written = { path, bytes, sha256: hash.digest('hex') };
    this.#files.push(written);
    return written;
  }

  #finish(): void {
    for (const folder of this.#folders) this.#storage.flushFolder(folder);
    // A folder that appeared meanwhile is somebody's: an empty one would silently be replaced.
    if (existsSync(this.#place)) {
      throw new RefusalError(refuse('INVALID_INPUT', 'exportFolderExists', { folder: this.#place }));
    }
    this.#storage.rename(this.#temporary, this.#place);
    this.#storage.flushFolder(dirname(this.#place));
  }
}
