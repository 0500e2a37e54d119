import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNotFound, replaceFile, type Storage } from '../storage/storage.ts';
import { decryptBytes, encryptToBytes } from './box.ts';
import type { DataKey } from './data-key.ts';

/** Of a file's name; what a crash left behind has more after it. */
const HEX_LENGTH = 64;

/** Bound to each file, with the key's name. */
const purposeOf = (kid: string): string => `countersign/v1/evidence\n${kid}`;

/** Encrypted files in `evidence/`, each named by the hex SHA-256 of its ciphertext. */
export class EvidenceStore {
  readonly #folder: string;
  readonly #storage: Storage;

  constructor(folder: string, storage: Storage) {
    this.#folder = folder;
    this.#storage = storage;
  }

  /** Keeps bytes under a key; returns the file's name once it is durable. */
  put(bytes: Uint8Array, { key, kid }: DataKey): string {
    const ciphertext = encryptToBytes(key, bytes, purposeOf(kid));
    const name = createHash('sha256').update(ciphertext).digest('hex');
    replaceFile(this.#storage, join(this.#folder, name), ciphertext);
    return name;
  }

  /** Removes files, and what a crash left of them; absent ones are no matter. Durable when it returns. */
  remove(names: readonly string[]): void {
    const wanted = new Set(names);
    if (wanted.size === 0) return;
    const present = readdirSync(this.#folder).filter((file) => wanted.has(file.slice(0, HEX_LENGTH)));
    for (const file of present) this.#storage.remove(join(this.#folder, file));
    if (present.length > 0) this.#storage.flushFolder(this.#folder);
  }

  /** The bytes; `null` when the file is absent, was changed, or is of another key. */
  get(name: string, { key, kid }: DataKey): Uint8Array | null {
    let ciphertext: Uint8Array;
    try {
      ciphertext = readFileSync(join(this.#folder, name));
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
    if (createHash('sha256').update(ciphertext).digest('hex') !== name) return null;
    return decryptBytes(key, ciphertext, purposeOf(kid));
  }
}
