import { join } from 'node:path';
import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import type { Subject } from '#workflows/identifiers.ts';
import { toBase64 } from '#workflows/journal/bytes.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import {
  leafBytes,
  MAX_RECORD_BYTES,
  parentBytes,
  readLeaf,
  type JournalRecord,
  type UnplacedRecord,
} from '#workflows/journal/record.ts';
import type { JournalVerifier, Problem } from '#workflows/journal/verify.ts';
import { toTime, type Clock, type Time } from '#workflows/time.ts';
import { isReadOnlyStorage, isStorageFull, replaceFile, type FileHandle, type Storage } from '../storage/storage.ts';
import type { CheckpointSigner } from './checkpoint-signer.ts';
import {
  VersionConflictError,
  type Batch,
  type FollowListener,
  type InclusionEvidence,
  type Journal,
} from './journal.ts';
import { nodeCrypto } from './node-crypto.ts';
import { readJournalFiles, type Location, type OpenedJournal } from './open-journal.ts';
import { cutOff, NOTHING_CUT, type CutBytes } from './recovery.ts';
import { SEGMENT_BYTES, segmentName, type SegmentFile } from './segment-files.ts';

/** A checkpoint is at most this much older than the newest record (JOURNAL.md: one second). */
const CHECKPOINT_DELAY = 500;

/** Signatures older than this are not taken (JOURNAL.md, Signatures and keys). */
const MAX_SIGNING_DELAY = 5 * 60_000;

export interface FileJournalOptions {
  /** Folder of the workspace. Precondition: the caller holds its writer lock. */
  readonly folder: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly signer: CheckpointSigner;
  /** Length at which a new segment is begun, in bytes. */
  readonly segmentBytes?: number;
}

/** What a start-up took over beyond the checkpoint, to be recorded as `journal.recovered`. */
export interface Recovery extends CutBytes {
  readonly from: number;
  readonly to: number;
}

interface Waiting {
  readonly placed: readonly JournalRecord[];
  readonly leaves: readonly Uint8Array[];
  readonly resolve: (records: readonly JournalRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The journal in files (JOURNAL.md). Commands that are handed over in one turn of the event loop share one flush. */
export class FileJournal implements Journal {
  readonly origin: string;
  readonly #options: FileJournalOptions;
  readonly #verifier: JournalVerifier;
  readonly #segments: SegmentFile[];
  readonly #locations: Location[];
  readonly #placesBySubject: Map<Subject, number[]>;
  readonly #listeners = new Set<FollowListener>();
  readonly #handles = new Map<number, FileHandle>();
  #readOnly: Problem | null;
  /** Length of the last segment's whole, durable records. */
  #end: number;
  #checkpointSize: number;
  #checkpointTimer: NodeJS.Timeout | null = null;
  #waiting: Waiting[] = [];
  /** Heads and commands that are assigned but not durable yet. */
  #pendingHeads = new Map<Subject, SubjectHead>();
  #pendingCommands = new Set<string>();
  #flushScheduled: NodeJS.Immediate | null = null;
  #settledWaiters: (() => void)[] = [];
  #isClosed = false;
  readonly #isDamaged: boolean;

  private constructor(options: FileJournalOptions, opened: OpenedJournal) {
    this.#options = options;
    this.#verifier = opened.verifier;
    this.#segments = opened.segments;
    this.#locations = opened.locations;
    this.#placesBySubject = opened.placesBySubject;
    this.#readOnly = opened.readOnly;
    this.#isDamaged = opened.readOnly !== null;
    this.#checkpointSize = opened.covered;
    this.origin = opened.verifier.state.registry.origin ?? '';
    const last = opened.locations.at(-1);
    this.#end = last?.segment === opened.segments.length - 1 ? last.offset + last.length + 1 : 0;
  }

  /**
   * Opens the journal of a workspace, recovering what a crash left behind.
   * @returns the journal, and what was taken over beyond the checkpoint, which the caller records
   */
  static async open(options: FileJournalOptions): Promise<{ journal: FileJournal; recovery: Recovery | null }> {
    const opened = await readJournalFiles(options.folder);
    const { readOnly, cut, covered, verifier } = opened;
    if (readOnly) return { journal: new FileJournal(options, opened), recovery: null };
    let cutBytes = NOTHING_CUT;
    if (cut) {
      cutBytes = cutOff(options.folder, opened.segments, cut, options.storage);
      opened.segments.splice(cut.segment + 1);
    }
    const journal = new FileJournal(options, opened);
    journal.#flushKept(covered);
    const isCovered = verifier.size === covered && cutBytes.bytes === 0;
    return { journal, recovery: isCovered ? null : { ...cutBytes, from: covered, to: verifier.size } };
  }

  get size(): number {
    return this.#locations.length;
  }

  get registry(): KeyRegistry {
    return this.#verifier.state.registry;
  }

  get readOnly(): Problem | null {
    return this.#readOnly;
  }

  root(size = this.size): string {
    return toBase64(this.#verifier.state.tree.root(size));
  }

  head(subject: Subject): SubjectHead {
    return this.#verifier.state.head(subject);
  }

  placesOf(subject: Subject): readonly number[] {
    return this.#placesBySubject.get(subject) ?? [];
  }

  recordsOfCommand(command: string): readonly JournalRecord[] | null {
    const first = this.#verifier.state.firstOfCommand(command);
    if (first === null) return null;
    const records: JournalRecord[] = [];
    for (let seq = first; ; seq += 1) {
      const record = this.read(seq);
      records.push(record);
      if (!record.cont) return records;
    }
  }

  readBytes(seq: number): Uint8Array {
    const location = this.#locations[seq];
    if (!location) throw new RangeError(`the journal has no record ${String(seq)}`);
    const bytes = new Uint8Array(location.length);
    const count = this.#options.storage.read(this.#handle(location.segment), bytes, location.offset);
    if (count < bytes.length) throw new RangeError(`record ${String(seq)} is cut short on the disk`);
    return bytes;
  }

  read(seq: number): JournalRecord {
    const reading = readLeaf(this.readBytes(seq));
    if (!reading.ok) throw new Error(`record ${String(seq)} cannot be read: ${reading.message}`);
    return reading.record;
  }

  follow(listener: FollowListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async append(batch: Batch): Promise<readonly JournalRecord[]> {
    const placed = this.#place(batch);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...placed, resolve, reject });
      this.#flushScheduled ??= setImmediate(() => {
        this.#flush();
      });
    });
  }

  settled(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#settledWaiters.push(resolve));
  }

  /** Gives a command its place. @throws what `append` promises */
  #place({ records, expected }: Batch): { placed: JournalRecord[]; leaves: Uint8Array[] } {
    if (this.#readOnly || this.#isClosed) throw new RefusalError(this.#readOnlyRefusal());
    for (const [subject, count] of expected) {
      const head = this.#pendingHeads.get(subject) ?? this.head(subject);
      if (head.count !== count) throw new VersionConflictError(subject);
    }
    const command = records[0]?.command ?? '';
    if (this.#pendingCommands.has(command) || this.#verifier.state.firstOfCommand(command) !== null) {
      throw new RefusalError(refuse('INVALID_INPUT', 'commandReused'));
    }
    const at = this.#timeFor(records);
    const firstSeq = this.size + this.#waiting.reduce((total, { placed }) => total + placed.length, 0);
    const placed = records.map((record, index): JournalRecord => {
      const isLast = index === records.length - 1;
      return { ...record, seq: firstSeq + index, at, ...(isLast ? {} : { cont: true as const }) };
    });
    const leaves = placed.map((record) => leafBytes(record));
    if (leaves.some(({ length }) => length > MAX_RECORD_BYTES))
      throw new RefusalError(refuse('TOO_LARGE', 'recordTooLarge'));
    for (const record of placed) {
      const parent = toHex(nodeCrypto.sha256(parentBytes(record)));
      this.#pendingHeads.set(record.subject, { count: record.version + 1, parent });
    }
    this.#pendingCommands.add(command);
    return { placed, leaves };
  }

  /** The time at which a command takes its place: never before the newest record, never before its signatures. */
  #timeFor(records: readonly UnplacedRecord[]): Time {
    const now = toTime(this.#options.clock.now());
    const last = this.#waiting.at(-1)?.placed.at(-1)?.at ?? this.#verifier.state.lastAt;
    if (records[0]?.type === 'clock.corrected') return now;
    const signed = records.map(({ sig }) => sig?.at ?? '').reduce((latest, at) => (at > latest ? at : latest), '');
    const at = [now, last, signed].reduce((latest, time) => (time > latest ? time : latest));
    const earliest = records
      .map(({ sig }) => sig?.at ?? '')
      .reduce((first, time) => (time !== '' && (first === '' || time < first) ? time : first), '');
    const behind = signed === '' ? Date.parse(at) - Date.parse(now) : Date.parse(at) - Date.parse(earliest);
    if (behind > MAX_SIGNING_DELAY) {
      throw new RefusalError(refuse('UNAVAILABLE', 'clockBehind', { minutes: Math.round(behind / 60_000) }));
    }
    return at;
  }

  #flush(): void {
    this.#flushScheduled = null;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#pendingHeads = new Map();
    this.#pendingCommands = new Set();
    try {
      this.#write(batch);
    } catch (error) {
      const refusal =
        error instanceof RefusalError ? error : new RefusalError(this.#readOnlyRefusal(), { cause: error });
      for (const { reject } of batch) reject(refusal);
      this.#wakeSettled();
      return;
    }
    for (const { placed, leaves } of batch) this.#commit(placed, leaves);
    for (const { placed } of batch) for (const listener of this.#listeners) listener(placed);
    for (const { placed, resolve } of batch) resolve(placed);
    this.#wakeSettled();
    this.#scheduleCheckpoint();
  }

  #wakeSettled(): void {
    const waiters = this.#settledWaiters;
    this.#settledWaiters = [];
    for (const wake of waiters) wake();
  }

  /** Writes and flushes; when it throws, the records before it are as they were, or the journal is read-only. */
  #write(batch: readonly Waiting[]): void {
    if (this.#readOnly) throw new RefusalError(this.#readOnlyRefusal());
    const { storage, segmentBytes = SEGMENT_BYTES } = this.#options;
    const newline = Uint8Array.of(10);
    const bytes = Buffer.concat(batch.flatMap(({ leaves }) => leaves.flatMap((leaf) => [leaf, newline])));
    if (this.#end > 0 && this.#end + bytes.length > segmentBytes) this.#beginSegment();
    let file: FileHandle;
    try {
      file = this.#handle(this.#segments.length - 1);
    } catch (error) {
      throw new RefusalError(refusalOf(error), { cause: error });
    }
    try {
      storage.write(file, bytes, this.#end);
    } catch (error) {
      this.#undoWrite(file, error);
      throw new RefusalError(refusalOf(error), { cause: error });
    }
    try {
      storage.flush(file);
    } catch (error) {
      this.#fail(`the disk did not confirm what was written: ${(error as Error).message}`);
      throw error;
    }
  }

  /** Takes back a write that failed; if even that fails, what the disk holds is not known any more. */
  #undoWrite(file: FileHandle, cause: unknown): void {
    try {
      this.#options.storage.truncate(file, this.#end);
      this.#options.storage.flush(file);
    } catch {
      this.#fail(`a write failed and could not be taken back: ${(cause as Error).message}`);
    }
  }

  #beginSegment(): void {
    const { folder, storage } = this.#options;
    const path = join(folder, 'journal', segmentName(this.size));
    let file: FileHandle;
    try {
      const current = this.#handle(this.#segments.length - 1);
      storage.truncate(current, this.#end);
      file = storage.open(path, 'create');
      try {
        storage.flush(current);
        storage.flush(file);
        storage.flushFolder(join(folder, 'journal'));
      } catch (error) {
        this.#fail(`the disk did not confirm a new segment: ${(error as Error).message}`);
        throw error;
      }
    } catch (error) {
      throw new RefusalError(refusalOf(error), { cause: error });
    }
    this.#segments.push({ path, firstSeq: this.size });
    this.#handles.set(this.#segments.length - 1, file);
    this.#end = 0;
  }

  #commit(placed: readonly JournalRecord[], leaves: readonly Uint8Array[]): void {
    for (const [index, record] of placed.entries()) {
      const leaf = leaves[index] as Uint8Array;
      this.#verifier.trust(record, leaf);
      this.#locations.push({ segment: this.#segments.length - 1, offset: this.#end, length: leaf.length });
      this.#end += leaf.length + 1;
      const places = this.#placesBySubject.get(record.subject);
      if (places) places.push(record.seq);
      else this.#placesBySubject.set(record.subject, [record.seq]);
    }
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

  /** What a process that died may never have flushed is durable before anything relies on it. */
  #flushKept(covered: number): void {
    if (this.#readOnly) return;
    const { storage, folder } = this.#options;
    const first = this.#locations[covered]?.segment ?? this.#segments.length - 1;
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

  /** Fail-stop: nothing is appended any more until the next start reads what the disk holds. */
  #fail(message: string): void {
    this.#readOnly ??= { seq: null, code: 'unreadable', message };
    this.#stopCheckpointTimer();
  }

  #readOnlyRefusal(): Refusal {
    if (this.#isClosed) return refuse('UNAVAILABLE', 'workspaceClosed');
    return refuse('READ_ONLY', 'journalReadOnly', { why: this.#readOnly?.message ?? '' });
  }

  proveInclusion(seq: number): InclusionEvidence {
    const checkpoint = this.checkpoint();
    const { tree } = this.#verifier.state;
    const size = this.size;
    return { leafHash: tree.leaf(seq), size, path: tree.inclusionProof(seq, size), root: tree.root(size), checkpoint };
  }

  checkpoint(): string {
    if (this.#isDamaged) throw new RefusalError(this.#readOnlyRefusal());
    return this.#options.signer.sign({
      origin: this.origin,
      size: BigInt(this.size),
      root: this.#verifier.state.tree.root(this.size),
    });
  }

  #scheduleCheckpoint(): void {
    if (this.#checkpointTimer || this.#isClosed) return;
    this.#checkpointTimer = setTimeout(() => {
      this.#checkpointTimer = null;
      this.writeCheckpoint();
    }, CHECKPOINT_DELAY);
  }

  #stopCheckpointTimer(): void {
    if (this.#checkpointTimer) clearTimeout(this.#checkpointTimer);
    this.#checkpointTimer = null;
  }

  /** Brings `journal/checkpoint` up to the newest durable record. A failure leaves the older one, which is as true. */
  writeCheckpoint(): void {
    if (this.#readOnly || this.#checkpointSize === this.size) return;
    const size = this.size;
    try {
      replaceFile(
        this.#options.storage,
        join(this.#options.folder, 'journal', 'checkpoint'),
        Buffer.from(this.checkpoint(), 'utf8'),
      );
      this.#checkpointSize = size;
    } catch (error) {
      if (!isStorageFull(error) && !isReadOnlyStorage(error))
        this.#fail(`no checkpoint can be written: ${(error as Error).message}`);
      else if (!this.#isClosed) this.#scheduleCheckpoint();
    }
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#flushScheduled) {
      clearImmediate(this.#flushScheduled);
      this.#flush();
    }
    this.#stopCheckpointTimer();
    this.#isClosed = true;
    this.writeCheckpoint();
    for (const file of this.#handles.values()) this.#options.storage.close(file);
    this.#handles.clear();
  }
}

const refusalOf = (error: unknown): Refusal => {
  if (isStorageFull(error)) return refuse('STORAGE_FULL', 'storageFull');
  if (isReadOnlyStorage(error)) return refuse('READ_ONLY', 'folderReadOnly');
  return refuse('UNAVAILABLE', 'storageFailed', { why: (error as Error).message });
};
