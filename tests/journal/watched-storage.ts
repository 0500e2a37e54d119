import { basename } from 'node:path';
import { diskStorage, type FileHandle, type Storage } from '#main/storage/storage.ts';

/** One operation on the disk, in the order in which they came. */
export interface DiskCall {
  readonly operation: Exclude<keyof Storage, 'read'>;
  /** Base name of the file or folder; of the new name for `rename`. */
  readonly name: string;
}

/** What an interceptor may make of a call: nothing, an error thrown instead, or a write that stops short with it. */
export type Interceptor = (call: DiskCall) => { readonly written: number; readonly error: Error } | undefined;

export interface WatchedStorage {
  readonly storage: Storage;
  readonly calls: DiskCall[];
  /** Called before every operation; replaced by tests to let the disk fail. */
  intercept: Interceptor;
}

/** An error as the system throws it. */
export const systemError = (code: string): Error => Object.assign(new Error(`${code}: as the test wants it`), { code });

/** The real disk, with every operation but reads written down and open to faults. */
export const watchedStorage = (inner: Storage = diskStorage): WatchedStorage => {
  const names = new Map<FileHandle, string>();
  const calls: DiskCall[] = [];
  const nothing: Interceptor = () => undefined;
  const see = (operation: DiskCall['operation'], name: string): ReturnType<Interceptor> => {
    const call = { operation, name };
    calls.push(call);
    return watched.intercept(call);
  };
  const nameOf = (file: FileHandle): string => names.get(file) ?? '?';
  const storage: Storage = {
    makeFolder: (path) => {
      see('makeFolder', basename(path));
      inner.makeFolder(path);
    },
    open: (path, mode) => {
      see('open', basename(path));
      const file = inner.open(path, mode);
      names.set(file, basename(path));
      return file;
    },
    close: (file) => {
      see('close', nameOf(file));
      inner.close(file);
    },
    write: (file, bytes, position) => {
      const short = see('write', nameOf(file));
      inner.write(file, short ? bytes.subarray(0, short.written) : bytes, position);
      if (short) throw short.error;
    },
    read: (file, bytes, position) => inner.read(file, bytes, position),
    truncate: (file, length) => {
      see('truncate', nameOf(file));
      inner.truncate(file, length);
    },
    flush: (file) => {
      see('flush', nameOf(file));
      inner.flush(file);
    },
    rename: (from, to) => {
      see('rename', basename(to));
      inner.rename(from, to);
    },
    remove: (path) => {
      see('remove', basename(path));
      inner.remove(path);
    },
    flushFolder: (path) => {
      see('flushFolder', basename(path));
      inner.flushFolder(path);
    },
  };
  const watched: WatchedStorage = { storage, calls, intercept: nothing };
  return watched;
};
