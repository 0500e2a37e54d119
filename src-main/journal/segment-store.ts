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

/** @throws DiskUncertainError when the disk does not confirm a new segment */
const confirmed = (flush: () => void): void => {
  try {
    flush();
  } catch (error) {
    throw new DiskUncertainError('the disk did not confirm a new segment', { cause: error, isRefused: true });
  }
};

/** Room that is made at once: as much as there are records, between these. */
const LEAST_ROOM = 64 * 1024;
const MOST_ROOM = 1024 * 1024;

/** The segments of a journal as files: appends at the end of the last one, reads anywhere. */
export class SegmentStore {
  readonly #options: SegmentStoreOptions;
  readonly #segments: SegmentFile[];
  readonly #handles = new Map<number, FileHandle>();
  /** Length of the last segment's whole, durable records. */
  #end: number;
  /** Length of the last segment with the NUL bytes behind its records, as far as this process made it so. */
  #room: number;
  #isRoomRefused = false;

  /** @param end length of the whole, durable records in the last segment, in bytes */
  constructor(options: SegmentStoreOptions, segments: SegmentFile[], end: number) {
    this.#options = options;
    this.#segments = segments;
    this.#end = end;
    this.#room = end;
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

  /** Whether the next records would soon make the file longer, which costs a flush more than filling what is there. */
  get needsRoom(): boolean {
    return !this.#isRoomRefused && this.#room - this.#end < LEAST_ROOM / 4;
  }

  /**
   * Lengthens the last segment by NUL bytes and flushes, so that the appends that follow write into blocks which the disk
   * has given already. A disk without room for it stays as it is.
   * @throws DiskUncertainError when the disk did not do or confirm it
   */
  makeRoom(): void {
    const { storage, segmentBytes = SEGMENT_BYTES } = this.#options;
    const wanted = Math.min(MOST_ROOM, Math.max(LEAST_ROOM, this.#end));
    const room = Math.min(this.#end + wanted, segmentBytes);
    const from = Math.max(this.#room, this.#end);
    if (room <= from) {
      this.#isRoomRefused = true;
      return;
    }
    try {
      const file = this.#handle(this.last);
      storage.write(file, new Uint8Array(room - from), from);
      storage.flush(file);
      this.#room = room;
    } catch (error) {
      if (!isStorageFull(error)) {
        throw new DiskUncertainError('the disk did not lengthen a segment', { cause: error, isRefused: true });
      }
      this.#isRoomRefused = true;
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

  /** Takes away the room behind the last record: a journal at rest is whole lines and nothing else. @throws as the disk does */
  takeRoomAway(): void {
    if (this.#room <= this.#end) return;
    const { storage } = this.#options;
    const file = this.#handle(this.last);
    storage.truncate(file, this.#end);
    storage.flush(file);
    this.#room = this.#end;
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
      this.#room = this.#end;
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
    } catch (error) {
      throw refused(error);
    }
    this.#room = this.#end;
    // Before the new name can be on the disk: only the last segment may end in NUL bytes.
    confirmed(() => storage.flush(current));
    try {
      file = storage.open(path, 'create');
    } catch (error) {
      throw refused(error);
    }
    confirmed(() => {
      storage.flush(file);
      storage.flushFolder(join(folder, 'journal'));
    });
    this.#segments.push({ path, firstSeq });
    this.#handles.set(this.last, file);
    this.#end = 0;
    this.#room = 0;
    this.#isRoomRefused = false;
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
