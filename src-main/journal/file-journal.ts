import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import type { Subject } from '#workflows/identifiers.ts';
import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import { leafBytes, MAX_RECORD_BYTES, parentBytes, readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import type { JournalVerifier, Problem } from '#workflows/journal/verify.ts';
import { toTime, type Clock } from '#workflows/time.ts';
import type { CheckpointSigner } from './checkpoint-signer.ts';
import { CheckpointWriter } from './checkpoint-writer.ts';
import {
  VersionConflictError,
  type Batch,
  type FollowListener,
  type InclusionEvidence,
  type Journal,
} from './journal.ts';
import { nodeCrypto } from './node-crypto.ts';
import { readJournalFiles, type OpenedJournal } from './open-journal.ts';
import type { RecordPlaces } from './record-places.ts';
import { timeOfCommand } from './record-time.ts';
import { cutOff, NOTHING_CUT, type CutBytes } from './recovery.ts';
import { DiskUncertainError, refusalOf, SegmentStore, type SegmentStoreOptions } from './segment-store.ts';

export interface FileJournalOptions extends SegmentStoreOptions {
  /** Folder of the workspace. Precondition: the caller holds its writer lock. */
  readonly folder: string;
  readonly clock: Clock;
  readonly signer: CheckpointSigner;
}

/** What a start-up took over beyond the checkpoint, to be recorded as `journal.recovered`. */
export interface Recovery extends CutBytes {
  readonly from: number;
  readonly to: number;
}

interface Placed {
  readonly placed: readonly JournalRecord[];
  readonly leaves: readonly Uint8Array[];
}

interface Waiting extends Placed {
  readonly resolve: (records: readonly JournalRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

const NEWLINE = Uint8Array.of(10);

/** The journal in files (JOURNAL.md). Commands that are handed over in one turn of the event loop share one flush. */
export class FileJournal implements Journal {
  readonly origin: string;
  readonly #options: FileJournalOptions;
  readonly #verifier: JournalVerifier;
  readonly #places: RecordPlaces;
  readonly #segments: SegmentStore;
  readonly #checkpoint: CheckpointWriter;
  readonly #listeners = new Set<FollowListener>();
  #readOnly: Problem | null;
  #waiting: Waiting[] = [];
  /** Records, heads and commands that are assigned but not durable yet. */
  #pendingCount = 0;
  #pendingHeads = new Map<Subject, SubjectHead>();
  #pendingCommands = new Set<string>();
  #flushScheduled: NodeJS.Immediate | null = null;
  #settledWaiters: (() => void)[] = [];
  #isClosed = false;
  readonly #isDamaged: boolean;

  private constructor(options: FileJournalOptions, opened: OpenedJournal) {
    this.#options = options;
    this.#verifier = opened.verifier;
    this.#places = opened.places;
    this.#segments = new SegmentStore(options, opened.segments, opened.places.endOf(opened.segments.length - 1));
    this.#readOnly = opened.readOnly;
    this.#isDamaged = opened.readOnly !== null;
    this.origin = opened.verifier.state.registry.origin ?? '';
    const writer = {
      ...options,
      text: () => this.checkpoint(),
      size: () => this.size,
      onFailure: (message: string) => {
        this.#fail(message);
      },
    };
    this.#checkpoint = new CheckpointWriter(writer, opened.covered);
  }

  /**
   * Opens the journal of a workspace, recovering what a crash left behind.
   * @returns the journal, and what was taken over beyond the checkpoint, which the caller records
   */
  static async open(options: FileJournalOptions): Promise<{ journal: FileJournal; recovery: Recovery | null }> {
    const opened = await readJournalFiles(options.folder);
    const { readOnly, cut, covered, verifier, places } = opened;
    if (readOnly) return { journal: new FileJournal(options, opened), recovery: null };
    let cutBytes = NOTHING_CUT;
    if (cut) {
      cutBytes = cutOff(options.folder, opened.segments, cut, options.storage);
      opened.segments.splice(cut.segment + 1);
    }
    const journal = new FileJournal(options, opened);
    journal.#segments.flushFrom(covered < places.size ? places.at(covered).segment : journal.#segments.last);
    const isCovered = verifier.size === covered && cutBytes.bytes === 0;
    return { journal, recovery: isCovered ? null : { ...cutBytes, from: covered, to: verifier.size } };
  }

  get size(): number {
    return this.#places.size;
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
    return this.#places.of(subject);
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
    return this.#segments.read(this.#places.at(seq));
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
  #place({ records, expected }: Batch): Placed {
    if (this.#readOnly || this.#isClosed) throw new RefusalError(this.#readOnlyRefusal());
    for (const [subject, count] of expected) {
      const head = this.#pendingHeads.get(subject) ?? this.head(subject);
      if (head.count !== count) throw new VersionConflictError(subject);
    }
    const command = records[0]?.command ?? '';
    if (this.#pendingCommands.has(command) || this.#verifier.state.firstOfCommand(command) !== null) {
      throw new RefusalError(refuse('INVALID_INPUT', 'commandReused'));
    }
    const last = this.#waiting.at(-1)?.placed.at(-1)?.at ?? this.#verifier.state.lastAt;
    const at = timeOfCommand(records, toTime(this.#options.clock.now()), last);
    const firstSeq = this.size + this.#pendingCount;
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
    this.#pendingCount += placed.length;
    return { placed, leaves };
  }

  #flush(): void {
    this.#flushScheduled = null;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#pendingCount = 0;
    this.#pendingHeads = new Map();
    this.#pendingCommands = new Set();
    try {
      this.#write(batch);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      this.#wakeSettled();
      return;
    }
    for (const placed of batch) this.#commit(placed);
    for (const { placed } of batch) for (const listener of this.#listeners) listener(placed);
    for (const { placed, resolve } of batch) resolve(placed);
    this.#wakeSettled();
    this.#checkpoint.schedule();
  }

  #wakeSettled(): void {
    const waiters = this.#settledWaiters;
    this.#settledWaiters = [];
    for (const wake of waiters) wake();
  }

  /** @throws RefusalError; the records before are then as they were, or the journal is read-only */
  #write(batch: readonly Waiting[]): void {
    if (this.#readOnly) throw new RefusalError(this.#readOnlyRefusal());
    const bytes = Buffer.concat(batch.flatMap(({ leaves }) => leaves.flatMap((leaf) => [leaf, NEWLINE])));
    try {
      this.#segments.append(bytes, this.size);
    } catch (error) {
      if (!(error instanceof DiskUncertainError)) throw error;
      this.#fail(error.message);
      throw new RefusalError(error.isRefused ? refusalOf(error.cause) : this.#readOnlyRefusal(), { cause: error });
    }
  }

  #commit({ placed, leaves }: Placed): void {
    for (const [index, record] of placed.entries()) {
      const leaf = leaves[index] as Uint8Array;
      this.#verifier.trust(record, leaf);
      this.#places.add(record.subject, this.#segments.advance(leaf.length));
    }
  }

  /** Fail-stop: nothing is appended any more until the next start reads what the disk holds. */
  #fail(message: string): void {
    this.#readOnly ??= { seq: null, code: 'unreadable', message };
    this.#checkpoint.stop();
  }

  #readOnlyRefusal(): Refusal {
    if (this.#isClosed) return refuse('UNAVAILABLE', 'workspaceClosed');
    return refuse('READ_ONLY', 'journalReadOnly', { why: this.#readOnly?.message ?? '' });
  }

  proveInclusion(seq: number, size = this.size): InclusionEvidence {
    const checkpoint = this.#checkpointOf(size);
    const { tree } = this.#verifier.state;
    return { leafHash: tree.leaf(seq), size, path: tree.inclusionProof(seq, size), root: tree.root(size), checkpoint };
  }

  checkpoint(): string {
    return this.#checkpointOf(this.size);
  }

  #checkpointOf(size: number): string {
    if (this.#isDamaged) throw new RefusalError(this.#readOnlyRefusal());
    return this.#options.signer.sign({
      origin: this.origin,
      size: BigInt(size),
      root: this.#verifier.state.tree.root(size),
    });
  }

  /** Brings `journal/checkpoint` up to the newest durable record, now. */
  writeCheckpoint(): void {
    if (!this.#readOnly) this.#checkpoint.write();
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#flushScheduled) {
      clearImmediate(this.#flushScheduled);
      this.#flush();
    }
    this.#checkpoint.stop();
    this.#isClosed = true;
    this.writeCheckpoint();
    this.#segments.close();
  }
}
