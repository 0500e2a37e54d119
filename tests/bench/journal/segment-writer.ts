import { closeSync, fdatasyncSync, openSync, readdirSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SEGMENT_BYTES, segmentName } from '#main/journal/segment-files.ts';

const CHUNK = 1024 * 1024;

const writtenLength = (path: string): number => readFileSync(path).lastIndexOf(10) + 1;

/** Appends records to a journal's segments in large pieces; nothing is durable before the end. */
export class SegmentWriter {
  readonly #folder: string;
  #file: number;
  #length: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  private constructor(folder: string, newest: string) {
    this.#folder = folder;
    const path = join(folder, newest);
    this.#length = writtenLength(path);
    truncateSync(path, this.#length);
    this.#file = openSync(path, 'a');
  }

  /** Goes on after the newest segment. Precondition: it ends with a whole record, whatever space is preallocated. */
  static continue(folder: string): SegmentWriter {
    const newest = readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .at(-1);
    if (newest === undefined) throw new Error('there is no segment');
    return new SegmentWriter(folder, newest);
  }

  append(leaf: Uint8Array, seq: number): void {
    const line = Buffer.concat([leaf, Uint8Array.of(10)]);
    if (this.#length + line.length > SEGMENT_BYTES) this.#begin(seq);
    this.#waiting.push(line);
    this.#waitingBytes += line.length;
    this.#length += line.length;
    if (this.#waitingBytes > CHUNK) this.#write();
  }

  #begin(seq: number): void {
    this.end();
    this.#file = openSync(join(this.#folder, segmentName(seq)), 'ax', 0o600);
    this.#length = 0;
  }

  #write(): void {
    writeSync(this.#file, Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  end(): void {
    this.#write();
    fdatasyncSync(this.#file);
    closeSync(this.#file);
  }
}
