import { createHmac, timingSafeEqual } from 'node:crypto';

const CHUNK_SEAL_BYTES = 16;
const HEAD_SEAL_LENGTH = 64;

const isEqual = (actual: Uint8Array, expected: Uint8Array): boolean =>
  actual.length === expected.length && timingSafeEqual(actual, expected);

/** Keyed hashes by which the program knows again what it put into an index; without a key, nothing is kept and all is taken. */
export class IndexSeal {
  readonly #key: Uint8Array | null;

  /** @param key known to this workspace alone, 32 bytes */
  constructor(key: Uint8Array | null) {
    this.#key = key;
  }

  ofChunk(table: string, number: number, rows: Uint8Array): Uint8Array {
    if (!this.#key) return new Uint8Array(CHUNK_SEAL_BYTES);
    const hash = createHmac('sha256', this.#key)
      .update(`${table} ${String(number)}\n`)
      .update(rows);
    return hash.digest().subarray(0, CHUNK_SEAL_BYTES);
  }

  isOfChunk(table: string, number: number, rows: Uint8Array, seal: Uint8Array): boolean {
    return this.#key ? isEqual(seal, this.ofChunk(table, number, rows)) : seal.length === CHUNK_SEAL_BYTES;
  }

  /** The head with its seal; empty where there is no key, as nothing is to be restored then. */
  seal(head: string): string {
    return this.#key ? `${this.#ofHead(head, this.#key)}${head}` : '';
  }

  /** The head that was sealed; `null` when it was not sealed like that. */
  unseal(sealed: string | null): string | null {
    if (!this.#key || sealed === null || sealed.length < HEAD_SEAL_LENGTH) return null;
    const head = sealed.slice(HEAD_SEAL_LENGTH);
    const expected = Buffer.from(this.#ofHead(head, this.#key));
    return isEqual(Buffer.from(sealed.slice(0, HEAD_SEAL_LENGTH)), expected) ? head : null;
  }

  #ofHead(head: string, key: Uint8Array): string {
    return createHmac('sha256', key).update(head).digest('hex');
  }
}
