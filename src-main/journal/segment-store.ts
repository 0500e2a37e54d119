import { join } from 'node:path';
import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import { isReadOnlyStorage, isStorageFull, type FileHandle, type Storage } from '../storage/storage.ts';
import { SEGMENT_BYTES, segmentName, type SegmentFile } from './segment-files.ts';

/** Where a record's leaf bytes lie. */
export interface Location {
  /** Number of the segment, in order. */
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

export interface SegmentStoreOptions {
  /** Folder of the workspace. */
  readonly folder: string;
  readonly storage: Storage;
  /** Length at which a new segment is begun, in bytes. */
  readonly segmentBytes?: number;
}

/** The disk did not confirm, or what it holds is not known: nothing may be appended until the next start reads it. */
export class DiskUncertainError extends Error {
  override name = 'DiskUncertainError';
  /** Whether what was asked for was surely not done: the cause then says what to answer. */
  readonly isRefused: boolean;

  constructor(message: string, { cause, isRefused }: { cause: unknown; isRefused: boolean }) {
    super(`${message}: ${(cause as Error).message}`, { cause });
    this.isRefused = isRefused;
  }
}

/** What a failed operation on the disk means for whoever asked. */
export const refusalOf = (error: unknown): Refusal => {
  if (isStorageFull(error)) return refuse('STORAGE_FULL', 'storageFull');
  if (isReadOnlyStorage(error)) return refuse('READ_ONLY', 'folderReadOnly');
  return refuse('UNAVAILABLE', 'storageFailed', { why: (error as Error).message });
};

const refused = (error: unknown): RefusalError => new RefusalError(refusalOf(error), { cause: error });

/** The segments of a journal as files: appends at the end of the last one, reads anywhere. */
export class SegmentStore {
  readonly #options: SegmentStoreOptions;
  readonly #segments: SegmentFile[];
  readonly #handles = new Map<number, FileHandle>();
  /** Length of the last segment's whole, durable records. */
  #end: number;

  /** @param end length of the whole, durable records in the last segment, in bytes */
  constructor(options: SegmentStoreOptions, segments: SegmentFile[], end: number) {
    this.#options = options;
    this.#segments = segments;
    this.#end = end;
  }

  /** Number of the segment that is appended to. */
  get last(): number {
    return this.#segments.length - 1;
  }

  /** Where in the last segment the next record begins. */
  get end(): number {
    return this.#end;
  }

  /**
   * Appends and flushes. Returns when the bytes are durable; the caller then calls `advance` for each record.
   * @param nextSeq `seq` of the first record in `bytes`
   * @throws RefusalError when the segments are as they were
   * @throws DiskUncertainError when that is not known
   */
  append(bytes: Uint8Array, nextSeq: number): void {
    const { storage, segmentBytes = SEGMENT_BYTES } = this.#options;
    if (this.#end > 0 && this.#end + bytes.length > segmentBytes) this.#beginSegment(nextSeq);
    let file: FileHandle;
    try {
      file = this.#handle(this.last);
    } catch (error) {
      throw refused(error);
    }
    try {
      storage.write(file, bytes, this.#end);
    } catch (error) {
      this.#undoWrite(file, error);
      throw refused(error);
    }
    try {
      storage.flush(file);
    } catch (error) {
      throw new DiskUncertainError('the disk did not confirm what was written', { cause: error, isRefused: false });
    }
  }

  /** Counts one durable record of `length` leaf bytes. @returns where it lies */
  advance(length: number): Location {
    const location = { segment: this.last, offset: this.#end, length };
    this.#end += length + 1;
    return location;
  }

  /** @throws RangeError when the segment is shorter */
  read(location: Location): Uint8Array {
    const bytes = this.readSome(location);
    if (bytes.length < location.length) throw new RangeError('the record is cut short on the disk');
    return bytes;
  }

  /** As many bytes as are there, up to `length`. */
  readSome({ segment, offset, length }: Location): Uint8Array {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, this.#options.storage.read(this.#handle(segment), bytes, offset));
  }

  /** Makes durable what a process that died may never have flushed, in the segments from `first` on. */
  flushFrom(first: number): void {
    const { storage, folder } = this.#options;
    for (const { path } of this.#segments.slice(first)) {
      const file = storage.open(path, 'existing');
      try {
        storage.flush(file);
      } finally {
        storage.close(file);
      }
    }
    storage.flushFolder(join(folder, 'journal'));
  }

  close(): void {
    for (const file of this.#handles.values()) this.#options.storage.close(file);
    this.#handles.clear();
  }

  /** Takes back a write that failed; if even that fails, what the disk holds is not known any more. */
  #undoWrite(file: FileHandle, cause: unknown): void {
    try {
      this.#options.storage.truncate(file, this.#end);
      this.#options.storage.flush(file);
    } catch {
      throw new DiskUncertainError('a write failed and could not be taken back', { cause, isRefused: true });
    }
  }

  #beginSegment(firstSeq: number): void {
    const { folder, storage } = this.#options;
    const path = join(folder, 'journal', segmentName(firstSeq));
    let current: FileHandle;
    let file: FileHandle;
    try {
      current = this.#handle(this.last);
      storage.truncate(current, this.#end);
      file = storage.open(path, 'create');
    } catch (error) {
      throw refused(error);
    }
    try {
      storage.flush(current);
      storage.flush(file);
      storage.flushFolder(join(folder, 'journal'));
    } catch (error) {
      throw new DiskUncertainError('the disk did not confirm a new segment', { cause: error, isRefused: true });
    }
    this.#segments.push({ path, firstSeq });
    this.#handles.set(this.last, file);
    this.#end = 0;
  }

  #handle(segment: number): FileHandle {
    const known = this.#handles.get(segment);
    if (known !== undefined) return known;
    const path = this.#segments[segment]?.path;
    if (path === undefined) throw new RangeError(`no segment ${String(segment)}`);
    const file = this.#options.storage.open(path, 'existing');
    this.#handles.set(segment, file);
    return file;
  }
}
