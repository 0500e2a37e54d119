import type { Subject } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import type { JournalPlaces, SubjectHead } from '#workflows/journal/journal-state.ts';
import type { KeyProblem, KeyRegistry } from '#workflows/journal/key-registry.ts';
import type { RecordTree } from '#workflows/journal/merkle-tree.ts';
import { parentBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { IndexDamagedError } from './index-damaged.ts';
import type { JournalIndex } from './journal-index.ts';
import { nodeCrypto } from './node-crypto.ts';
import { recordAt } from './record-check.ts';
import type { Location, SegmentStore } from './segment-store.ts';
import { headAfter, NO_HEAD } from './subject-heads.ts';

/**
 * What records beyond the checkpoint are judged by: the index, and the records before them where they lie. A head that is
 * asked for is worked out from its record, whose bytes are compared with their hash.
 */
export class IndexedState implements JournalPlaces<RecordTree> {
  readonly #index: JournalIndex;
  readonly #segments: SegmentStore;
  /** Of subjects that were asked for or have grown since. */
  readonly #heads = new Map<Subject, SubjectHead>();
  /** Records that each subject had before the open command. */
  readonly #before = new Map<Subject, number>();
  /** Where the next record lies. */
  next: Location = { segment: 0, offset: 0, length: 0 };

  constructor(index: JournalIndex, segments: SegmentStore) {
    this.#index = index;
    this.#segments = segments;
  }

  get registry(): KeyRegistry {
    return this.#index.registry;
  }

  get tree(): RecordTree {
    return this.#index.tree;
  }

  get lastAt(): string {
    return this.#index.lastAt;
  }

  get openCommand(): string | null {
    return this.#index.openCommand;
  }

  head(subject: Subject): SubjectHead {
    const known = this.#heads.get(subject);
    if (known) return known;
    const newest = this.#index.newestOf(subject);
    const head = newest === null ? NO_HEAD : headAfter(this.read(newest));
    if (newest !== null && head.count === 0) throw new IndexDamagedError();
    this.#heads.set(subject, head);
    return head;
  }

  countBeforeCommand(subject: Subject, command: string): number {
    const before = this.openCommand === command ? this.#before.get(subject) : undefined;
    return before ?? this.head(subject).count;
  }

  firstOfCommand(command: string): number | null {
    return this.#index.firstOfCommand(command);
  }

  isContinued(seq: number): boolean {
    return seq === this.#index.size - 1 && this.openCommand !== null;
  }

  /** Nothing is taken in behind what is no record. */
  takeUnread(): void {
    this.#before.clear();
  }

  /** Precondition: `next` says where it lies. */
  take(record: JournalRecord, bytes: Uint8Array, texts?: { followed: string }): KeyProblem[] {
    if (this.openCommand !== record.command) this.#before.clear();
    if (!this.#before.has(record.subject)) this.#before.set(record.subject, this.head(record.subject).count);
    this.#heads.set(record.subject, {
      count: record.version + 1,
      parent: toHex(texts ? nodeCrypto.sha256Text(texts.followed) : nodeCrypto.sha256(parentBytes(record))),
    });
    return this.#index.add(record, bytes, this.next);
  }

  /** @throws IndexDamagedError when the record there is not the one that the index knows */
  read(seq: number): JournalRecord {
    const record = recordAt(this.#index, this.#segments, seq);
    if (!record) throw new IndexDamagedError();
    return record;
  }
}
