const CHUNK_ROWS = 1 << 14;
const FIRST_SLOTS = 1 << 10;

/**
 * A table from fixed-length keys to fixed-length values that only grows, for what a verification has to remember of a
 * journal of any length: a row costs `keyLength + valueLength` bytes and 4 to 8 for its place in the index, where a
 * `Map` of strings costs hundreds. Keys are compared whole, so that no two are ever taken for one.
 */
export class CompactTable {
  readonly #keyLength: number;
  readonly #rowLength: number;
  readonly #chunks: Uint8Array[] = [];
  /** Row number + 1 by hash, 0 where empty; at most half full but for the growth that follows. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  constructor(keyLength: number, valueLength: number) {
    this.#keyLength = keyLength;
    this.#rowLength = keyLength + valueLength;
  }

  /** Number of rows. */
  get count(): number {
    return this.#count;
  }

  /** The value of a key, to be read or written in place until the next call; `null` where the key is absent. */
  find(key: Uint8Array): Uint8Array | null {
    const row = this.#slots[this.#slotOf(key)] ?? 0;
    return row === 0 ? null : this.#valueAt(row - 1);
  }

  /** The value of a key, which is added with zeros where it was absent. */
  findOrAdd(key: Uint8Array): Uint8Array {
    const slot = this.#slotOf(key);
    const row = this.#slots[slot] ?? 0;
    if (row !== 0) return this.#valueAt(row - 1);
    const added = this.#count;
    if (added % CHUNK_ROWS === 0) this.#chunks.push(new Uint8Array(CHUNK_ROWS * this.#rowLength));
    this.#count += 1;
    this.#slots[slot] = this.#count;
    this.#chunkOf(added).set(key, this.#offsetOf(added));
    if (this.#count * 4 > this.#slots.length * 3) this.#grow();
    return this.#valueAt(added);
  }

  /** All rows in the order in which they were added; what is given is good until the next call. */
  *rows(): Generator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
    for (let row = 0; row < this.#count; row += 1) {
      const start = this.#offsetOf(row);
      yield { key: this.#chunkOf(row).subarray(start, start + this.#keyLength), value: this.#valueAt(row) };
    }
  }

  #chunkOf(row: number): Uint8Array {
    return this.#chunks[Math.floor(row / CHUNK_ROWS)] as Uint8Array;
  }

  #offsetOf(row: number): number {
    return (row % CHUNK_ROWS) * this.#rowLength;
  }

  #valueAt(row: number): Uint8Array {
    const start = this.#offsetOf(row);
    return this.#chunkOf(row).subarray(start + this.#keyLength, start + this.#rowLength);
  }

  /** Where the key stands in the index, or the empty place where it would. */
  #slotOf(key: Uint8Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(key, 0, this.#keyLength) & mask;
    for (let row = this.#slots[slot] ?? 0; row !== 0; row = this.#slots[slot] ?? 0) {
      if (this.#isKeyOf(row - 1, key)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isKeyOf(row: number, key: Uint8Array): boolean {
    const chunk = this.#chunkOf(row);
    const start = this.#offsetOf(row);
    for (let index = 0; index < this.#keyLength; index += 1) if (chunk[start + index] !== key[index]) return false;
    return true;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let row = 0; row < this.#count; row += 1) {
      let slot = hashOf(this.#chunkOf(row), this.#offsetOf(row), this.#keyLength) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = row + 1;
    }
    this.#slots = slots;
  }
}

/** FNV-1a over the key, mixed once more (the finaliser of MurmurHash3), since linear probing wants all bits. */
const hashOf = (bytes: Uint8Array, start: number, length: number): number => {
  let hash = 0x811c9dc5;
  for (let index = start; index < start + length; index += 1) {
    hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
