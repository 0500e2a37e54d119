import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SeededRandom } from './seeded-random.ts';

/** Sizes of what a disk keeps or loses as a whole: older disks, and those of today. */
export const SECTOR_BYTES = [512, 4096] as const;
export type SectorBytes = (typeof SECTOR_BYTES)[number];

/** A change of a file's content that no flush has made durable yet. */
export type DataChange =
  | { readonly kind: 'write'; readonly order: number; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly order: number; readonly length: number };

/** A change of the names in a folder that no flush of the folder has made durable yet; each is all or nothing. */
export interface NameChange {
  readonly kind: 'names';
  readonly order: number;
  /** The folder that holds the names, relative to the disk. */
  readonly folder: string;
  readonly apply: (names: Map<string, Inode | 'folder'>) => void;
}

/** A file's content, apart from its name. */
export interface Inode {
  durable: Buffer;
  pending: DataChange[];
}

export type Names = Map<string, Inode | 'folder'>;

/** What is found on a disk: the content of each file, and the folders. */
export type DiskImage = ReadonlyMap<string, Buffer | 'folder'>;

/** What a crash does with everything that was not flushed. */
export type CrashKind =
  /** Nothing is lost: only the process died. */
  | 'complete'
  /** All of it is lost. */
  | 'flushed'
  /** The disk worked in order and stopped somewhere; the last write may be torn at any byte. */
  | 'prefix'
  /** The disk worked in any order: every change, of writes every sector, is there or not. */
  | 'scattered'
  /** Every name is there, also of what was made or renamed last, and no content that was not flushed. */
  | 'names'
  /** All content is there, and no name that was not flushed: what was made is missing, what was renamed is not. */
  | 'contents';

export const CRASH_KINDS: readonly CrashKind[] = ['complete', 'flushed', 'prefix', 'scattered', 'names', 'contents'];

const written = (content: Buffer, position: number, bytes: Uint8Array): Buffer => {
  const result = Buffer.alloc(Math.max(content.length, position + bytes.length));
  content.copy(result);
  result.set(bytes, position);
  return result;
};

const truncated = (content: Buffer, length: number): Buffer => {
  const result = Buffer.alloc(length);
  content.copy(result);
  return result;
};

export const changed = (content: Buffer, change: DataChange): Buffer =>
  change.kind === 'write' ? written(content, change.position, change.bytes) : truncated(content, change.length);

/** What decides about a crash. */
export interface Chance {
  readonly random: SeededRandom;
  readonly sector: SectorBytes;
}

/** A write of which some sectors arrived; what lies between them reads as it was, or as NUL. */
const scattered = (
  content: Buffer,
  { position, bytes }: DataChange & { kind: 'write' },
  { random, sector }: Chance,
): Buffer => {
  let result = content;
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + sector - ((position + start) % sector));
    if (random.chance(0.5)) result = written(result, position + start, bytes.subarray(start, end));
    start = end;
  }
  // The new length may be known to the disk while the content is not.
  return random.chance(0.3) ? written(result, Math.max(result.length, position + bytes.length), Buffer.of()) : result;
};

/** Which of the pending changes a crash keeps. */
export interface Survival {
  names(change: NameChange): boolean;
  data(content: Buffer, change: DataChange): Buffer;
}

/** Decides, at random, what becomes of the changes that were pending when the disk lost its power. */
export const survivalOf = (kind: CrashKind, orders: readonly number[], chance: Chance): Survival => {
  const { random } = chance;
  switch (kind) {
    case 'names':
      return { names: () => true, data: (content) => content };
    case 'contents':
      return { names: () => false, data: changed };
    case 'complete':
      return { names: () => true, data: changed };
    case 'flushed':
      return { names: () => false, data: (content) => content };
    case 'prefix': {
      const stop = orders.length === 0 ? 0 : (orders[random.below(orders.length)] as number);
      return {
        names: ({ order }) => order < stop,
        data: (content, change) => {
          if (change.order < stop) return changed(content, change);
          if (change.order > stop || change.kind === 'truncate') return content;
          return written(content, change.position, change.bytes.subarray(0, random.below(change.bytes.length + 1)));
        },
      };
    }
    case 'scattered':
      return {
        names: () => random.chance(0.5),
        data: (content, change) => {
          if (change.kind === 'write') return scattered(content, change, chance);
          return random.chance(0.5) ? changed(content, change) : content;
        },
      };
  }
};

/** Everything under a folder, as durable. */
export const readNames = (root: string): Names =>
  new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => {
      const path = join(root, name);
      return [name, statSync(path).isDirectory() ? 'folder' : { durable: readFileSync(path), pending: [] }];
    }),
  );

/** Names with the content that survived; what lies in a lost folder is lost with it. */
export const imageOf = (names: Names, contentOf: (inode: Inode) => Buffer): DiskImage => {
  const folderIsThere = (name: string): boolean => {
    const folder = dirname(name);
    return folder === '.' || (names.get(folder) === 'folder' && folderIsThere(folder));
  };
  return new Map(
    [...names]
      .filter(([name]) => folderIsThere(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]) => [name, entry === 'folder' ? entry : contentOf(entry)]),
  );
};

/** Writes an image to an empty folder. */
export const writeImage = (root: string, image: DiskImage): void => {
  for (const [name, entry] of image) {
    if (entry === 'folder') mkdirSync(join(root, name));
    else writeFileSync(join(root, name), entry);
  }
};
