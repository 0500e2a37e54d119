import { CHUNK_ROWS, RowChunks, type RowChunksOptions } from './row-chunks.ts';
import type { Location } from './segment-store.ts';

/** Segment (2), offset (4), length (2), previous record of the subject (4), leaf hash (32). */
const ENTRY_BYTES = 44;
const HASH_START = 12;

/** What the index knows of a record. */
export interface IndexEntry extends Location {
  /** Place of the subject's record before it; `null` for the first. */
  readonly previous: number | null;
  /** 32 bytes. */
  readonly leafHash: Uint8Array;
}

/** Where each record lies, its leaf hash, and which it follows. */
export class RecordEntries {
  readonly chunks: RowChunks;

  /** @throws IndexDamagedError */
  constructor(options: Omit<RowChunksOptions, 'table' | 'rowBytes'>) {
    this.chunks = new RowChunks({ ...options, table: 'chunks', rowBytes: ENTRY_BYTES });
  }

  add({ segment, offset, length, previous, leafHash }: IndexEntry): void {
    const { rows, start } = this.chunks.add();
    rows.view.setUint16(start, segment);
    rows.view.setUint32(start + 2, offset);
    rows.view.setUint16(start + 6, length);
    rows.view.setUint32(start + 8, previous === null ? 0 : previous + 1);
    rows.bytes.set(leafHash, start + HASH_START);
  }

  /** Precondition: 0 ≤ seq < size. @throws IndexDamagedError */
  at(seq: number): IndexEntry {
    const { view, bytes } = this.chunks.chunk(Math.floor(seq / CHUNK_ROWS));
    const start = (seq % CHUNK_ROWS) * ENTRY_BYTES;
    const previous = view.getUint32(start + 8);
    return {
      segment: view.getUint16(start),
      offset: view.getUint32(start + 2),
      length: view.getUint16(start + 6),
      previous: previous === 0 ? null : previous - 1,
      leafHash: bytes.slice(start + HASH_START, start + ENTRY_BYTES),
    };
  }

  /** Precondition: all of them are in one chunk. @throws IndexDamagedError */
  leafHashesAt(from: number, count: number): Uint8Array[] {
    const { bytes } = this.chunks.chunk(Math.floor(from / CHUNK_ROWS));
    const first = (from % CHUNK_ROWS) * ENTRY_BYTES + HASH_START;
    return Array.from({ length: count }, (_, index) => {
      const start = first + index * ENTRY_BYTES;
      return bytes.slice(start, start + 32);
    });
  }
}
