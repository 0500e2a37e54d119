import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, type Storage } from '../storage/storage.ts';

/** A checkpoint that an authority stamped, as it is kept in `timestamps/`. */
export interface StampedCheckpoint {
  readonly size: string;
  readonly checkpoint: Uint8Array;
  /** The authority's answer (RFC 3161 section 2.4.2), DER. */
  readonly reply: Uint8Array;
}

const folderOf = (workspace: string): string => join(workspace, 'timestamps');

/** Keeps a stamped checkpoint beside the journal: `<size>.checkpoint`, the stamped bytes, and `<size>.tsr`. */
export const keepStamped = (
  workspace: string,
  { size, checkpoint, reply }: StampedCheckpoint,
  storage: Storage,
): void => {
  mkdirSync(folderOf(workspace), { recursive: true, mode: 0o700 });
  replaceFile(storage, join(folderOf(workspace), `${size}.checkpoint`), checkpoint);
  replaceFile(storage, join(folderOf(workspace), `${size}.tsr`), reply);
};

const sizesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .flatMap((name) => /^(0|[1-9]\d{0,19})\.tsr$/.exec(name)?.[1] ?? [])
        .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
    : [];

const readStamped = (folder: string, size: string): StampedCheckpoint => {
  const path = join(folder, `${size}.checkpoint`);
  const checkpoint = existsSync(path) ? readFileSync(path) : new Uint8Array();
  return { size, checkpoint, reply: readFileSync(join(folder, `${size}.tsr`)) };
};

/** The stamped checkpoint of the most records; `null` when none is kept. */
export const newestStamped = (workspace: string): StampedCheckpoint | null => {
  const size = sizesIn(folderOf(workspace)).at(-1);
  return size === undefined ? null : readStamped(folderOf(workspace), size);
};

/** Every stamped checkpoint that is kept, the smallest first; one whose checkpoint is missing has empty bytes. */
export const keptStamps = (workspace: string): StampedCheckpoint[] =>
  sizesIn(folderOf(workspace)).map((size) => readStamped(folderOf(workspace), size));
