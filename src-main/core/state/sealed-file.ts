import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { LowSync, type SyncAdapter } from 'lowdb';
import { isNotFound, replaceFile, type Storage } from '../../storage/storage.ts';

const SEAL_DIGITS = 64;
const HEAD = '{"seal":"';
const MIDDLE = '",';

/** What seals the files of a workspace's snapshots, and the disk they are on. */
export interface SealedFolder {
  readonly storage: Storage;
  /** Known to this workspace alone, 32 bytes. */
  readonly key: Uint8Array;
}

/** One line of JSON, `{"seal":"<64 hex>",…}`; the seal is over its name and everything after the seal. */
class SealedJsonFile implements SyncAdapter<object> {
  readonly #path: string;
  readonly #name: string;
  readonly #folder: SealedFolder;
  seal = '';
  length = 0;

  constructor(path: string, name: string, folder: SealedFolder) {
    this.#path = path;
    this.#name = name;
    this.#folder = folder;
  }

  #sealOf(rest: string): string {
    return createHmac('sha256', this.#folder.key).update(`${this.#name}\n`).update(rest).digest('hex');
  }

  read(): object | null {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
    const start = HEAD.length + SEAL_DIGITS;
    const seal = text.slice(HEAD.length, start);
    if (!text.startsWith(HEAD) || text.slice(start, start + MIDDLE.length) !== MIDDLE) return null;
    const rest = text.slice(start + MIDDLE.length);
    const expected = Buffer.from(this.#sealOf(rest));
    const actual = Buffer.from(seal);
    if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return null;
    this.seal = seal;
    this.length = text.length;
    return JSON.parse(`{${rest}`) as object;
  }

  write(content: object): void {
    const rest = JSON.stringify(content).slice(1);
    this.seal = this.#sealOf(rest);
    const bytes = Buffer.from(`${HEAD}${this.seal}${MIDDLE}${rest}`, 'utf8');
    this.length = bytes.length;
    replaceFile(this.#folder.storage, this.#path, bytes);
  }
}

/**
 * Reads a lowdb database that this program sealed.
 * @param name what the seal binds it to, so that no file can stand in for another
 * @returns `null` when it is not there, or not as this program wrote it
 */
export const readSealed = (
  path: string,
  name: string,
  folder: SealedFolder,
): { content: unknown; seal: string; length: number } | null => {
  const file = new SealedJsonFile(path, name, folder);
  const database = new LowSync<object | null>(file as SyncAdapter<object | null>, null);
  database.read();
  return database.data === null ? null : { content: database.data, seal: file.seal, length: file.length };
};

/** Replaces a sealed lowdb database as a whole. @returns its seal */
export const writeSealed = (
  path: string,
  content: object,
  { name, ...folder }: SealedFolder & { readonly name: string },
): string => {
  const file = new SealedJsonFile(path, name, folder);
  new LowSync(file, content).write();
  return file.seal;
};
