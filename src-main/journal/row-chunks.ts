import type { IndexDatabase, ChunkTable } from './index-database.ts';
import { IndexDamagedError } from './index-damaged.ts';
import type { IndexSeal } from './index-seal.ts';

/** Rows that are stored and sealed together; as many as a tile of the tree has leaves. */
export const CHUNK_ROWS = 256;

/** Chunks that are kept after they were read. */
const CHUNKS_AT_HAND = 64;

/** Rows side by side: the row at `index` begins at `index * rowBytes`. */
export interface Rows {
  readonly view: DataView;
  readonly bytes: Uint8Array;
}

/** Up to 256 rows that can still grow. */
class GrowingChunk implements Rows {
  bytes: Uint8Array;
  view: DataView;
  length: number;

  constructor(stored: Uint8Array, rowBytes: number) {
    this.length = stored.length;
    this.bytes = new Uint8Array(Math.max(stored.length, 16 * rowBytes));
    this.bytes.set(stored);
    this.view = new DataView(this.bytes.buffer);
  }

  /** @returns where the next row begins */
  grow(rowBytes: number): number {
    const start = this.length;
    if (start === this.bytes.length) {
      const larger = new Uint8Array(Math.min(start * 2, CHUNK_ROWS * rowBytes));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.length += rowBytes;
    return start;
  }
}

export interface RowChunksOptions {
  readonly database: IndexDatabase;
  readonly table: ChunkTable;
  readonly rowBytes: number;
  readonly seal: IndexSeal;
  /** Rows that are saved. */
  readonly size: number;
}

/**
 * One row of the same length for each record, in a table of the index. Whole chunks are sealed, so that no row can be
 * changed, added or taken away unnoticed; the newest rows stand in memory until they are saved.
 */
export class RowChunks {
  readonly #options: RowChunksOptions;
  #size: number;
  /** Chunks that have rows which are not saved, and the last one. */
  readonly #growing = new Map<number, GrowingChunk>();
  /** Complete chunks that were read; the most lately used last. */
  readonly #atHand = new Map<number, Rows>();

  /** @throws IndexDamagedError */
  constructor(options: RowChunksOptions) {
    const { size, rowBytes } = options;
    this.#options = options;
    this.#size = size;
    const last = Math.floor(size / CHUNK_ROWS);
    if (size % CHUNK_ROWS !== 0) this.#growing.set(last, new GrowingChunk(this.#read(last), rowBytes));
  }

  get size(): number {
    return this.#size;
  }

  /** Makes room for the next row. @returns the rows beside it, and where it begins */
  add(): { rows: Rows; start: number } {
    const { rowBytes } = this.#options;
    const number = Math.floor(this.#size / CHUNK_ROWS);
    let chunk = this.#growing.get(number);
    if (!chunk) this.#growing.set(number, (chunk = new GrowingChunk(new Uint8Array(), rowBytes)));
    this.#size += 1;
    const start = chunk.grow(rowBytes);
    return { rows: chunk, start };
  }

  /**
   * The rows of a chunk, to be read at once: they may move when more are added.
   * @throws IndexDamagedError when they are not as they were saved
   */
  chunk(number: number): Rows {
    const growing = this.#growing.get(number);
    if (growing) return growing;
    let chunk = this.#atHand.get(number);
    if (chunk) this.#atHand.delete(number);
    else {
      const bytes = this.#read(number);
      chunk = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
    }
    this.#atHand.set(number, chunk);
    const [oldest] = this.#atHand.keys();
    if (this.#atHand.size > CHUNKS_AT_HAND && oldest !== undefined) this.#atHand.delete(oldest);
    return chunk;
  }

  /** What a save writes: the chunks that have grown, each with its seal. */
  *unsaved(): Iterable<readonly [number, Uint8Array]> {
    const { table, seal } = this.#options;
    for (const [number, { bytes, length }] of this.#growing) {
      const rows = bytes.subarray(0, length);
      yield [number, Buffer.concat([rows, seal.ofChunk(table, number, rows)])];
    }
  }

  /** After a save: what is complete need not stand in memory any more. */
  forgetSaved(): void {
    const full = CHUNK_ROWS * this.#options.rowBytes;
    for (const [number, { length }] of this.#growing) if (length === full) this.#growing.delete(number);
  }

  #read(number: number): Uint8Array {
    const { database, table, rowBytes, seal } = this.#options;
    const stored = database.chunk(table, number);
    const due = Math.min(CHUNK_ROWS, this.#size - number * CHUNK_ROWS) * rowBytes;
    const rows = stored?.subarray(0, due);
    if (!stored || !rows || !seal.isOfChunk(table, number, rows, stored.subarray(due))) throw new IndexDamagedError();
    return rows;
  }
}
