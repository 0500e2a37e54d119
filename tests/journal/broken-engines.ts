import { basename, dirname } from 'node:path';
import type { FileHandle, Storage } from '#main/storage/storage.ts';
import type { Engine } from './crash-run.ts';

/** A storage that knows the name of each open file. */
const named = (storage: Storage): { readonly nameOf: (file: FileHandle) => string; readonly open: Storage['open'] } => {
  const names = new Map<FileHandle, string>();
  return {
    nameOf: (file) => names.get(file) ?? '',
    open: (path, mode) => {
      const file = storage.open(path, mode);
      names.set(file, basename(path));
      return file;
    },
  };
};

const isSegment = (name: string): boolean => name.endsWith('.jsonl');

/** Renames a file into its place and does not make its new name durable. */
const forgetsFolderAfterRename: Engine = {
  over: (storage) => {
    const renamed = new Set<string>();
    return {
      ...storage,
      rename: (from, to) => {
        storage.rename(from, to);
        renamed.add(dirname(to));
      },
      flushFolder: (path) => {
        if (!renamed.delete(path)) storage.flushFolder(path);
      },
    };
  },
};

/** Begins a segment and does not make its name durable before it answers for what is in it. */
const forgetsFolderAfterNewSegment: Engine = {
  over: (storage) => {
    const begun = new Set<string>();
    return {
      ...storage,
      open: (path, mode) => {
        if (mode === 'create' && isSegment(path)) begun.add(dirname(path));
        return storage.open(path, mode);
      },
      flushFolder: (path) => {
        if (!begun.delete(path)) storage.flushFolder(path);
      },
    };
  },
};

/** Answers as soon as records are written, and flushes them with whatever it does next. */
const answersBeforeFlush: Engine = {
  over: (storage) => {
    const { nameOf, open } = named(storage);
    let late: FileHandle | null = null;
    const catchUp = (): void => {
      if (late !== null) storage.flush(late);
      late = null;
    };
    return {
      ...storage,
      open: (path, mode) => {
        catchUp();
        return open(path, mode);
      },
      close: (file) => {
        if (late === file) catchUp();
        storage.close(file);
      },
      write: (file, bytes, position) => {
        catchUp();
        storage.write(file, bytes, position);
      },
      flush: (file) => {
        catchUp();
        if (isSegment(nameOf(file))) late = file;
        else storage.flush(file);
      },
    };
  },
};

/** Renames a new file into the place of the old one, and flushes its content afterwards. */
const renamesBeforeFlush: Engine = {
  over: (storage) => {
    const { nameOf, open } = named(storage);
    const late = new Set<FileHandle>();
    return {
      ...storage,
      open,
      flush: (file) => {
        if (nameOf(file).endsWith('.tmp')) late.add(file);
        else storage.flush(file);
      },
      close: (file) => {
        if (!late.has(file)) storage.close(file);
      },
      rename: (from, to) => {
        storage.rename(from, to);
        for (const file of late) {
          storage.flush(file);
          storage.close(file);
        }
        late.clear();
      },
    };
  },
};

/** Covers records by a checkpoint first, makes them durable then, and answers only after that. */
const signsBeforeFlush: Engine = {
  over: (storage) => {
    const { nameOf, open } = named(storage);
    let late: FileHandle | null = null;
    const catchUp = (): void => {
      if (late !== null) storage.flush(late);
      late = null;
    };
    return {
      ...storage,
      open,
      close: (file) => {
        if (late === file) catchUp();
        storage.close(file);
      },
      flush: (file) => {
        if (isSegment(nameOf(file))) late = file;
        else storage.flush(file);
      },
      flushFolder: (path) => {
        storage.flushFolder(path);
        catchUp();
      },
    };
  },
  beforeAnswer: ({ journal }) => {
    journal.writeCheckpoint();
  },
};

/** Engines with one fault each, which runs on the simulated disk must find; and what they then complain of. */
export const BROKEN_ENGINES: readonly (readonly [name: string, engine: Engine, complaint: RegExp])[] = [
  ['does not flush the folder after a rename', forgetsFolderAfterRename, /what (was cut|is cut now) lies in recovered/],
  ['does not flush the folder after beginning a segment', forgetsFolderAfterNewSegment, /the answered command/],
  ['answers before the flush', answersBeforeFlush, /the answered command/],
  ['renames a file before its content is flushed', renamesBeforeFlush, /read-only/],
  [
    'writes the checkpoint before the records are durable',
    signsBeforeFlush,
    /read-only.*(size-mismatch|root-mismatch)/,
  ],
];
