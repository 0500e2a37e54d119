import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { diskStorage, type FileHandle, type Storage } from '#main/storage/storage.ts';
import {
  changed,
  imageOf,
  readNames,
  survivalOf,
  type CrashKind,
  type DataChange,
  type DiskImage,
  type Inode,
  type NameChange,
  type Names,
  type SectorBytes,
} from './disk-image.ts';
import type { SeededRandom } from './seeded-random.ts';
import { systemError, type DiskCall } from './watched-storage.ts';

/** Thrown by every operation of a process that is dead. */
export class SimulatedCrashError extends Error {
  override name = 'SimulatedCrashError';
}

export interface LifeOptions {
  /** The process dies at this operation, counted from 0. */
  readonly operations: number;
  /** How often a write finds the disk full, having written a part. */
  readonly fullChance?: number;
  /** How often a flush fails. */
  readonly faultChance?: number;
  readonly random: SeededRandom;
  /** Told of every operation that changed the disk, once it is done. */
  readonly onOperation?: (call: DiskCall) => void;
}

/** A process's view of the disk, which ends when the process does. */
export interface Life {
  readonly storage: Storage;
  readonly isOver: boolean;
  /** Ends it, if the operation at which it was to die never came. */
  end(): void;
}

/**
 * A disk under the storage port. Programs see its folder on the real file system, as they would through the cache of an
 * operating system; beside it the disk keeps what is durable and every change that is not yet, in order, and can give
 * each state that a loss of power might leave. File content becomes durable by `flush`, names by `flushFolder`.
 */
export class SimulatedDisk {
  readonly folder: string;
  readonly #sector: SectorBytes;
  /** Names as they are now, and as they are on the platter. */
  readonly #live: Names;
  readonly #durable: Names;
  #pendingNames: NameChange[] = [];
  #order = 0;

  /** Precondition: what lies in `folder` is durable. */
  constructor(folder: string, sector: SectorBytes) {
    this.folder = folder;
    this.#sector = sector;
    this.#live = readNames(folder);
    this.#durable = new Map(this.#live);
  }

  begin({ operations, random, fullChance = 0, faultChance = 0, onOperation }: LifeOptions): Life {
    let count = 0;
    let isOver = false;
    const files = new Map<FileHandle, Inode>();
    const paths = new Map<FileHandle, string>();
    const end = (): void => {
      isOver = true;
      for (const file of files.keys()) diskStorage.close(file);
      files.clear();
    };
    /** @returns whether this operation is the one at which the process dies */
    const isFatal = (): boolean => {
      if (isOver) throw new SimulatedCrashError('the process is dead');
      count += 1;
      return count > operations;
    };
    const live = (): void => {
      if (!isFatal()) return;
      end();
      throw new SimulatedCrashError('the process died');
    };
    const tell = (operation: DiskCall['operation'], path: string): void => {
      onOperation?.({ operation, name: this.#nameOf(path) });
    };
    const tellOfFile = (operation: DiskCall['operation'], file: FileHandle): void => {
      tell(operation, paths.get(file) ?? '');
    };
    const inodeOf = (file: FileHandle): Inode => {
      const inode = files.get(file);
      if (!inode) throw systemError('EBADF');
      return inode;
    };
    const write = (file: FileHandle, bytes: Uint8Array, position: number): void => {
      diskStorage.write(file, bytes, position);
      this.#change(inodeOf(file), { kind: 'write', order: this.#next(), position, bytes: bytes.slice() });
    };
    const storage: Storage = {
      makeFolder: (path) => {
        live();
        if (existsSync(path)) return;
        diskStorage.makeFolder(path);
        this.#rename(path, (names) => names.set(this.#nameOf(path), 'folder'));
        tell('makeFolder', path);
      },
      open: (path, mode) => {
        live();
        const file = diskStorage.open(path, mode);
        const inode: Inode = { durable: Buffer.of(), pending: [] };
        if (mode === 'create') this.#rename(path, (names) => names.set(this.#nameOf(path), inode));
        files.set(file, this.#live.get(this.#nameOf(path)) as Inode);
        paths.set(file, path);
        if (mode === 'create') tell('open', path);
        return file;
      },
      close: (file) => {
        live();
        files.delete(file);
        diskStorage.close(file);
      },
      write: (file, bytes, position) => {
        if (isFatal()) {
          write(file, bytes.subarray(0, random.below(bytes.length + 1)), position);
          end();
          throw new SimulatedCrashError('the process died in a write');
        }
        if (random.chance(fullChance)) {
          write(file, bytes.subarray(0, random.below(bytes.length)), position);
          throw systemError('ENOSPC');
        }
        write(file, bytes, position);
        tellOfFile('write', file);
      },
      read: (file, bytes, position) => {
        if (isOver) throw new SimulatedCrashError('the process is dead');
        return diskStorage.read(file, bytes, position);
      },
      truncate: (file, length) => {
        live();
        diskStorage.truncate(file, length);
        this.#change(inodeOf(file), { kind: 'truncate', order: this.#next(), length });
        tellOfFile('truncate', file);
      },
      flush: (file) => {
        live();
        if (random.chance(faultChance)) throw systemError('EIO');
        const inode = inodeOf(file);
        inode.durable = inode.pending.reduce(changed, inode.durable);
        inode.pending = [];
        tellOfFile('flush', file);
      },
      rename: (from, to) => {
        live();
        diskStorage.rename(from, to);
        const inode = this.#live.get(this.#nameOf(from)) as Inode;
        this.#rename(to, (names) => {
          names.delete(this.#nameOf(from));
          names.set(this.#nameOf(to), inode);
        });
        tell('rename', to);
      },
      remove: (path) => {
        live();
        diskStorage.remove(path);
        this.#rename(path, (names) => names.delete(this.#nameOf(path)));
        tell('remove', path);
      },
      flushFolder: (path) => {
        live();
        const folder = this.#nameOf(path) === '' ? '.' : this.#nameOf(path);
        const done = this.#pendingNames.filter((change) => change.folder === folder);
        for (const { apply } of done) apply(this.#durable);
        this.#pendingNames = this.#pendingNames.filter((change) => change.folder !== folder);
        tell('flushFolder', path);
      },
    };
    return {
      storage,
      get isOver() {
        return isOver;
      },
      end: () => {
        if (!isOver) end();
      },
    };
  }

  /** One of the states that a loss of power may leave now. */
  losePower(kind: CrashKind, random: SeededRandom): DiskImage {
    const inodes = new Set([...this.#live.values(), ...this.#durable.values()].filter((entry) => entry !== 'folder'));
    const orders = [...this.#pendingNames, ...[...inodes].flatMap(({ pending }) => pending)].map(({ order }) => order);
    const survival = survivalOf(
      kind,
      orders.sort((a, b) => a - b),
      { random, sector: this.#sector },
    );
    const names: Names = new Map(this.#durable);
    for (const change of this.#pendingNames) if (survival.names(change)) change.apply(names);
    return imageOf(names, ({ durable, pending }) =>
      pending.reduce<Buffer>((content, change) => survival.data(content, change), durable),
    );
  }

  #next(): number {
    this.#order += 1;
    return this.#order;
  }

  #nameOf(path: string): string {
    return relative(this.folder, path);
  }

  #change(inode: Inode, change: DataChange): void {
    inode.pending.push(change);
  }

  #rename(path: string, apply: (names: Names) => void): void {
    apply(this.#live);
    this.#pendingNames.push({ kind: 'names', order: this.#next(), folder: dirname(this.#nameOf(path)), apply });
  }
}
