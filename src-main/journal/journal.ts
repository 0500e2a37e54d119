import type { Subject } from '#workflows/identifiers.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import type { RecordText } from '#workflows/journal/record-text.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import type { LogRows } from './log-rows.ts';

/** How many records of a subject a command expects to find. */
export type ExpectedVersions = ReadonlyMap<Subject, number>;

/** One command's records, in order, before they have a place. */
export interface Batch {
  readonly records: readonly UnplacedRecord[];
  /** Their texts in the same order, where whoever made them has them already. */
  readonly texts?: readonly RecordText[];
  /** Every subject that the command touches or read. */
  readonly expected: ExpectedVersions;
}

/** Another command got there first; deciding again on the newer state may succeed. */
export class VersionConflictError extends Error {
  override name = 'VersionConflictError';
  readonly subject: Subject;

  constructor(subject: Subject) {
    super(`${subject} has changed`);
    this.subject = subject;
  }
}

/** An inclusion proof of one record in the tree of a signed checkpoint. */
export interface InclusionEvidence {
  readonly leafHash: Uint8Array;
  readonly size: number;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
  /** The signed checkpoint of that size, as text. */
  readonly checkpoint: string;
}

/** A consistency proof from a number of records to a signed checkpoint. */
export interface ConsistencyEvidence {
  readonly size: number;
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint of that size, as text. */
  readonly checkpoint: string;
}

/** What the decision log finds records by, without reading them. */
export interface JournalLog extends Pick<LogRows, 'scan' | 'kind'> {
  /** Makes sure that what finds a record is what the record says. @throws RefusalError when it is not */
  check(record: JournalRecord): void;
}

export type FollowListener = (records: readonly JournalRecord[]) => void;

/**
 * Where records are kept (JOURNAL.md). The adapter alone gives a record its `seq` and `at`; an append is answered when
 * it is durable. Files are one adapter, a database another; the core knows no more than this.
 */
export interface Journal {
  readonly origin: string;
  /** Durable records. */
  readonly size: number;
  /** Base64 root over the first `size` records. @throws RangeError beyond the durable ones */
  root(size?: number): string;
  /** People and keys as of the newest durable record. */
  readonly registry: KeyRegistry;
  /** Why nothing can be appended; `null` while the journal is sound. */
  readonly readOnly: Problem | null;
  head(subject: Subject): SubjectHead;
  /**
   * Appends a command's records, all or none. Resolves when they are durable and every follower has them.
   * @throws VersionConflictError when a subject has another version than expected
   * @throws RefusalError `STORAGE_FULL`, `READ_ONLY`, `UNAVAILABLE`: nothing was appended
   */
  append(batch: Batch): Promise<readonly JournalRecord[]>;
  /** Resolves when everything that was handed to `append` so far is durable or refused. */
  settled(): Promise<void>;
  /** The record at a place, read from the store. @throws RangeError when there is none */
  read(seq: number): JournalRecord;
  /** The records from a place on, to the end or before `to`; quicker than asking for each. @throws as `read` does */
  readFrom(from: number, to?: number): Iterable<JournalRecord>;
  /** Its leaf bytes, read from the store. */
  readBytes(seq: number): Uint8Array;
  readonly log: JournalLog;
  /** Places of a subject's records, in order. */
  placesOf(subject: Subject): readonly number[];
  /** The records of a command; `null` when its id was never used. */
  recordsOfCommand(command: string): readonly JournalRecord[] | null;
  /**
   * Proves a record in the tree over the first `size` records, or over all of them.
   * Precondition: `size` does not lie inside a command.
   */
  proveInclusion(seq: number, size?: number): InclusionEvidence;
  /**
   * The proof that the records of now continue the first `from` ones (RFC 9162 section 2.1.4.1).
   * @throws RangeError unless 1 ≤ from ≤ size
   */
  proveConsistency(from: number): ConsistencyEvidence;
  /** The newest signed checkpoint, brought up to date first. */
  checkpoint(): string;
  /** Calls back with each command's records once they are durable, in order. Returns how to stop. */
  follow(listener: FollowListener): () => void;
  /** Keeps what is derived from the records for the next start, apart from any decision. */
  saveIndex(): void;
  close(): void;
}
