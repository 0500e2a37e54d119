import { refuse, RefusalError, type Refusal } from '#workflows/errors.ts';
import type { Subject } from '#workflows/identifiers.ts';
import { fromUtf8, toBase64 } from '#workflows/journal/bytes.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import { MAX_RECORD_BYTES, readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import { RecordText } from '#workflows/journal/record-text.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import { toTime, type Clock } from '#workflows/time.ts';
import { BackgroundCheck } from './background-check.ts';
import type { CheckpointSigner } from './checkpoint-signer.ts';
import { CheckpointWriter } from './checkpoint-writer.ts';
import {
  VersionConflictError,
  type Batch,
  type ConsistencyEvidence,
  type FollowListener,
  type InclusionEvidence,
  type Journal,
  type JournalLog,
} from './journal.ts';
import { IndexDamagedError } from './index-damaged.ts';
import { IndexAnswers } from './index-answers.ts';
import type { IndexPlace, JournalIndex } from './journal-index.ts';
import { KnownCommands } from './known-commands.ts';
import { readJournalFiles, type OpenedJournal } from './open-journal.ts';
import { endOfLast } from './opening.ts';
import type { OnOpeningProgress } from './opening-progress.ts';
import { linesOf, type Placed } from './placed-records.ts';
import { asWritten, readBlocks } from './record-blocks.ts';
import { timeOfCommand } from './record-time.ts';
import { cutOff, NOTHING_CUT, type CutBytes } from './recovery.ts';
import { SegmentRoom } from './segment-room.ts';
import { DiskUncertainError, refusalOf, SegmentStore, type SegmentStoreOptions } from './segment-store.ts';
import { headAfterText, SubjectHeads } from './subject-heads.ts';

export interface FileJournalOptions extends SegmentStoreOptions {
  /** Folder of the workspace. Precondition: the caller holds its writer lock. */
  readonly folder: string;
  readonly clock: Clock;
  readonly signer: CheckpointSigner;
  /** Where what is derived from the journal is kept for the next start; without it every start reads everything. */
  readonly index?: IndexPlace;
  /** A journal of so many records is checked as a whole at every start; a longer one behind the open desk. */
  readonly checkedAtStart?: number;
  /** Told how far the reading is where records have to be read. */
  readonly onProgress?: OnOpeningProgress | undefined;
}

/** Some 40 milliseconds. */
const CHECKED_AT_START = 2_000;

/** What a start-up took over beyond the checkpoint, to be recorded as `journal.recovered`. */
export interface Recovery extends CutBytes {
  readonly from: number;
  readonly to: number;
}

interface Waiting extends Placed {
  readonly resolve: (records: readonly JournalRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The journal in files (JOURNAL.md). Commands that are handed over in one turn of the event loop share one flush. */
export class FileJournal implements Journal {
  readonly origin: string;
  readonly #options: FileJournalOptions;
  readonly #index: JournalIndex;
  readonly #answers: IndexAnswers;
  readonly #heads: SubjectHeads;
  readonly #segments: SegmentStore;
  readonly #room: SegmentRoom;
  readonly #checkpoint: CheckpointWriter;
  readonly #listeners = new Set<FollowListener>();
  #readOnly: Problem | null;
  #waiting: Waiting[] = [];
  /** Records, heads and commands that are assigned but not durable yet. */
  #pendingCount = 0;
  #pendingHeads = new Map<Subject, SubjectHead>();
  #pendingCommands = new Set<string>();
  readonly #commands = new KnownCommands((command) => this.#answers.firstOfCommand(command));
  #flushScheduled: NodeJS.Immediate | null = null;
  #settledWaiters: (() => void)[] = [];
  #isClosed = false;
  #isDamaged: boolean;
  #check: BackgroundCheck | null = null;

  private constructor(options: FileJournalOptions, opened: OpenedJournal) {
    this.#options = options;
    this.#index = opened.index;
    this.#heads = new SubjectHeads((subject) => this.#answers.newestOf(subject));
    this.#answers = new IndexAnswers({
      index: opened.index,
      read: (seq) => this.read(seq),
      onDamage: () => {
        this.#giveUpIndex();
        return new RefusalError(this.#readOnlyRefusal());
      },
    });
    this.#segments = new SegmentStore(options, opened.segments, endOfLast(opened));
    this.#room = new SegmentRoom(this.#segments, (message) => this.#fail(message));
    this.#readOnly = opened.readOnly;
    this.#isDamaged = opened.readOnly !== null;
    this.origin = opened.index.registry.origin ?? '';
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
    const { folder, storage, index: place, checkedAtStart = CHECKED_AT_START } = options;
    const { onProgress } = options;
    const opened = await readJournalFiles({ folder, storage, place, checkedAtStart, onProgress });
    const { readOnly, cut, covered, index, unread } = opened;
    if (readOnly) return { journal: new FileJournal(options, opened), recovery: null };
    let cutBytes = NOTHING_CUT;
    if (cut) {
      cutBytes = cutOff(options.folder, opened.segments, cut, options.storage);
      opened.segments.splice(cut.segment + 1);
    }
    const journal = new FileJournal(options, opened);
    if (unread > checkedAtStart) journal.#checkBehind(unread);
    journal.#segments.flushFrom(covered < index.size ? index.at(covered).segment : journal.#segments.last);
    const isCovered = index.size === covered && cutBytes.bytes === 0;
    return { journal, recovery: isCovered ? null : { ...cutBytes, from: covered, to: index.size } };
  }

  get size(): number {
    return this.#index.size;
  }

  get registry(): KeyRegistry {
    return this.#index.registry;
  }

  get readOnly(): Problem | null {
    return this.#readOnly;
  }

  get log(): JournalLog {
    return this.#answers.log;
  }

  root(size = this.size): string {
    return toBase64(this.#index.tree.root(size));
  }

  head(subject: Subject): SubjectHead {
    return this.#heads.get(subject);
  }

  placesOf(subject: Subject): readonly number[] {
    return this.#answers.placesOf(subject);
  }

  recordsOfCommand(command: string): readonly JournalRecord[] | null {
    const first = this.#commands.firstOf(command);
    if (first === null) return null;
    const records: JournalRecord[] = [];
    for (let { seq } = first; ; seq += 1) {
      const record = this.read(seq);
      records.push(record);
      if (!record.cont) return records;
    }
  }

  readBytes(seq: number): Uint8Array {
    const entry = this.#answers.at(seq);
    return asWritten({ seq, entry, bytes: this.#segments.read(entry) });
  }

  read(seq: number): JournalRecord {
    return this.#parse(seq, this.readBytes(seq));
  }

  *readFrom(from: number, to = this.size): Generator<JournalRecord, void> {
    const blocks = readBlocks(this.#segments, (seq) => this.#answers.at(seq), { from, to });
    for (const placed of blocks) yield this.#parse(placed.seq, asWritten(placed));
  }

  /** The bytes are those whose form was judged when they were written, or that the checkpoint covers; else they are judged. */
  #parse(seq: number, bytes: Uint8Array): JournalRecord {
    if (!this.#isDamaged) return JSON.parse(fromUtf8(bytes) ?? '') as JournalRecord;
    const reading = readLeaf(bytes);
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
  #place({ records, texts, expected }: Batch): Placed {
    if (this.#readOnly || this.#isClosed) throw new RefusalError(this.#readOnlyRefusal());
    for (const [subject, count] of expected) {
      const head = this.#pendingHeads.get(subject) ?? this.head(subject);
      if (head.count !== count) throw new VersionConflictError(subject);
    }
    const command = records[0]?.command ?? '';
    if (this.#pendingCommands.has(command) || this.#commands.firstOf(command) !== null) {
      throw new RefusalError(refuse('INVALID_INPUT', 'commandReused'));
    }
    const last = this.#waiting.at(-1)?.placed.at(-1)?.at ?? this.#index.lastAt;
    const at = timeOfCommand(records, toTime(this.#options.clock.now()), last);
    const firstSeq = this.size + this.#pendingCount;
    const placed = records.map((record, index): JournalRecord => {
      const isLast = index === records.length - 1;
      return { ...record, seq: firstSeq + index, at, ...(isLast ? {} : { cont: true as const }) };
    });
    const written = records.map((record, index) => {
      const text = texts?.[index];
      return text?.record === record ? text : RecordText.of(record);
    });
    const leaves = placed.map((record, index) => (written[index] as RecordText).leafAt(record));
    if (leaves.some(({ length }) => length > MAX_RECORD_BYTES))
      throw new RefusalError(refuse('TOO_LARGE', 'recordTooLarge'));
    for (const text of written) this.#pendingHeads.set(text.record.subject, headAfterText(text));
    this.#pendingCommands.add(command);
    this.#pendingCount += placed.length;
    return { placed, leaves };
  }

  #flush(): void {
    this.#flushScheduled = null;
    const batch = this.#waiting;
    this.#waiting = [];
    const heads = this.#pendingHeads;
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
    for (const [subject, head] of heads) this.#heads.set(subject, head);
    for (const { placed } of batch) for (const listener of this.#listeners) listener(placed);
    for (const { placed, resolve } of batch) resolve(placed);
    this.#wakeSettled();
    this.#checkpoint.schedule();
    this.#room.keep();
  }

  #wakeSettled(): void {
    const waiters = this.#settledWaiters;
    this.#settledWaiters = [];
    for (const wake of waiters) wake();
  }

  /** @throws RefusalError; the records before are then as they were, or the journal is read-only */
  #write(batch: readonly Waiting[]): void {
    if (this.#readOnly) throw new RefusalError(this.#readOnlyRefusal());
    try {
      this.#segments.append(linesOf(batch), this.size);
    } catch (error) {
      if (!(error instanceof DiskUncertainError)) throw error;
      this.#fail(error.message);
      throw new RefusalError(error.isRefused ? refusalOf(error.cause) : this.#readOnlyRefusal(), { cause: error });
    }
  }

  #commit({ placed, leaves }: Placed): void {
    this.#commands.took(placed[0]?.command ?? '');
    for (const [index, record] of placed.entries()) {
      const leaf = leaves[index] as Uint8Array;
      this.#index.add(record, leaf, this.#segments.advance(leaf.length));
    }
  }

  #checkBehind(unread: number): void {
    const onDamage = (problem: Problem): void => {
      this.#isDamaged = true;
      this.#readOnly ??= problem;
      this.#room.stop();
      this.#checkpoint.stop();
    };
    const onIndexDamage = (): void => {
      this.#giveUpIndex();
    };
    const records = { index: this.#index, segments: this.#segments, onDamage, onIndexDamage };
    this.#check = new BackgroundCheck(records, unread);
  }

  /** The index is not the one over these records: the next start builds another. */
  #giveUpIndex(): void {
    this.#index.discard();
    this.#fail(new IndexDamagedError().message);
  }

  /** Fail-stop: nothing is appended any more until the next start reads what the disk holds. */
  #fail(message: string): void {
    this.#room.stop();
    this.#readOnly ??= { seq: null, code: 'unreadable', message };
    this.#checkpoint.stop();
  }

  #readOnlyRefusal(): Refusal {
    if (this.#isClosed) return refuse('UNAVAILABLE', 'workspaceClosed');
    return refuse('READ_ONLY', 'journalReadOnly', { why: this.#readOnly?.message ?? '' });
  }

  proveInclusion(seq: number, size = this.size): InclusionEvidence {
    const checkpoint = this.#checkpointOf(size);
    const { tree } = this.#index;
    return { leafHash: tree.leaf(seq), size, path: tree.inclusionProof(seq, size), root: tree.root(size), checkpoint };
  }

  proveConsistency(from: number): ConsistencyEvidence {
    const { size } = this;
    return { size, path: this.#index.tree.consistencyProof(from, size), checkpoint: this.checkpoint() };
  }

  checkpoint(): string {
    return this.#checkpointOf(this.size);
  }

  #checkpointOf(size: number): string {
    if (this.#isDamaged) throw new RefusalError(this.#readOnlyRefusal());
    return this.#options.signer.sign({
      origin: this.origin,
      size: BigInt(size),
      root: this.#index.tree.root(size),
    });
  }

  /** Brings `journal/checkpoint` up to the newest durable record, now. */
  writeCheckpoint(): void {
    if (!this.#readOnly) this.#checkpoint.write();
  }

  /**
   * Keeps for the next start what is derived from the records, after their checkpoint. A failure costs a slower start,
   * nothing else. @throws as SQLite does
   */
  saveIndex(): void {
    this.writeCheckpoint();
    if (!this.#readOnly && this.#checkpoint.covered === this.size) this.#index.save();
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#flushScheduled) {
      clearImmediate(this.#flushScheduled);
      this.#flush();
    }
    this.#check?.stop();
    this.#checkpoint.stop();
    this.#isClosed = true;
    this.#room.stop();
    this.writeCheckpoint();
    if (!this.#readOnly) this.#room.takeAway();
    this.#segments.close();
    this.#closeIndex();
  }

  #closeIndex(): void {
    try {
      if (!this.#readOnly && this.#checkpoint.covered === this.size) this.#index.save();
    } catch {
      // The next start builds what is missing from the journal.
    }
    this.#index.close();
  }
}
