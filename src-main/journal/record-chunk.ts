import type { Location } from './segment-store.ts';

/** Records that are indexed together; as many as a tile of the tree has leaves. */
export const CHUNK_RECORDS = 256;

/** Segment (2), offset (4), length (2), previous record of the subject (4), leaf hash (32). */
const ENTRY_BYTES = 44;

/** What the index knows of a record. */
export interface IndexEntry extends Location {
  /** Place of the subject's record before it; `null` for the first. */
  readonly previous: number | null;
  /** 32 bytes. */
  readonly leafHash: Uint8Array;
}

/** Up to 256 entries side by side, as they are stored. */
export class RecordChunk {
  #bytes: Uint8Array;
  #view: DataView;
  #count: number;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.#count = Math.floor(bytes.length / ENTRY_BYTES);
    this.#bytes = new Uint8Array(Math.max(this.#count, 16) * ENTRY_BYTES);
    this.#bytes.set(bytes.subarray(0, this.#count * ENTRY_BYTES));
    this.#view = new DataView(this.#bytes.buffer);
  }

  get count(): number {
    return this.#count;
  }

  /** As they are stored; a view of the chunk's own bytes. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#count * ENTRY_BYTES);
  }

  push({ segment, offset, length, previous, leafHash }: IndexEntry): void {
    const start = this.#count * ENTRY_BYTES;
    if (start === this.#bytes.length) {
      const larger = new Uint8Array(Math.min(start * 2, CHUNK_RECORDS * ENTRY_BYTES));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    this.#view.setUint16(start, segment);
    this.#view.setUint32(start + 2, offset);
    this.#view.setUint16(start + 6, length);
    this.#view.setUint32(start + 8, previous === null ? 0 : previous + 1);
    this.#bytes.set(leafHash, start + 12);
    this.#count += 1;
  }

  /** Precondition: index < count. */
  at(index: number): IndexEntry {
    const start = index * ENTRY_BYTES;
    const previous = this.#view.getUint32(start + 8);
    return {
      segment: this.#view.getUint16(start),
      offset: this.#view.getUint32(start + 2),
      length: this.#view.getUint16(start + 6),
      previous: previous === 0 ? null : previous - 1,
      leafHash: this.leafHash(index),
    };
  }

  /** A copy. */
  leafHash(index: number): Uint8Array<ArrayBuffer> {
    const start = index * ENTRY_BYTES + 12;
    return this.#bytes.slice(start, start + 32);
  }
}
