import type { Subject } from '../identifiers.ts';
import { BitSet } from './bit-set.ts';
import { toHex } from './bytes.ts';
import { CompactTable } from './compact-table.ts';
import type { CryptoPort } from './crypto-port.ts';
import { KeyRegistry, type KeyProblem } from './key-registry.ts';
import { hashLeaf, hashLeafText, type Hash } from './merkle.ts';
import { MerkleTree, type RecordTree } from './merkle-tree.ts';
import { packSubject, packUlid, SUBJECT_BYTES, ULID_BYTES } from './packed-names.ts';
import { NO_PARENT, parentBytes, type JournalRecord } from './record.ts';

/** What the next record of a subject must follow on. */
export interface SubjectHead {
  /** Records so far, which is the next `version`. */
  readonly count: number;
  /** The next `parent`. */
  readonly parent: string;
}

const NO_HEAD: SubjectHead = { count: 0, parent: NO_PARENT };

/** What a journal's hashes are taken into: a whole tree, or no more of it than its root needs. */
export interface GrowingTree {
  readonly size: number;
  append(leafHash: Hash): void;
  root(size?: number): Hash;
}

/** What a record is judged by: everything as of the record before it, kept in memory or found in an index. */
export interface JournalPlaces<Tree extends GrowingTree> {
  readonly registry: KeyRegistry;
  readonly tree: Tree;
  /** `at` of the newest record; empty before the first. */
  readonly lastAt: string;
  /** The command whose last record has not come yet. */
  readonly openCommand: string | null;
  head(subject: Subject): SubjectHead;
  /** Records of a subject before the command that the next record belongs to. */
  countBeforeCommand(subject: Subject, command: string): number;
  /** `seq` of the first record of a command; `null` when the id was never used. */
  firstOfCommand(command: string): number | null;
  /** Whether a record is followed by another of the same command. */
  isContinued(seq: number): boolean;
  /** Takes in leaf bytes that are no record: they count for the tree alone. */
  takeUnread(bytes: Uint8Array): void;
  /**
   * Takes the next record in. Whether it is allowed there is judged by the caller, before.
   * @param texts the leaf's text and the record's {@link parentBytes} as text, where the caller has them already
   * @returns what is wrong with it as a record on people and keys
   */
  take(record: JournalRecord, bytes: Uint8Array, texts?: { leaf: string; followed: string }): KeyProblem[];
}

const COUNT_BYTES = 8;

/**
 * Everything that a record's place in the journal depends on, kept up record by record. Besides the tree it costs
 * 65 bytes a subject, 28 bytes a command (and up to as much again for the index while it grows) and a bit a record.
 */
export class JournalState<Tree extends GrowingTree = RecordTree> implements JournalPlaces<Tree> {
  readonly registry: KeyRegistry;
  readonly tree: Tree;
  readonly #crypto: CryptoPort;
  /** By subject: the count, then the hash that the next record follows on. */
  readonly #heads = new CompactTable(SUBJECT_BYTES, COUNT_BYTES + 32);
  /** First `seq` of each command. */
  readonly #commands = new CompactTable(ULID_BYTES, COUNT_BYTES);
  /** Records that are not the last of their command. */
  readonly #continuing = new BitSet();
  readonly #subjectKey = new Uint8Array(SUBJECT_BYTES);
  readonly #commandKey = new Uint8Array(ULID_BYTES);
  /** Records that each subject had before the open command. */
  #headsBeforeCommand = new Map<Subject, number>();
  #openCommand: string | null = null;
  #lastAt = '';

  /** @param tree an empty one; a whole `MerkleTree` where absent */
  constructor(crypto: CryptoPort, tree?: Tree) {
    this.#crypto = crypto;
    this.registry = new KeyRegistry(crypto);
    // Where none is given, `Tree` is its default.
    this.tree = tree ?? (new MerkleTree(crypto) as GrowingTree as Tree);
  }

  get size(): number {
    return this.tree.size;
  }

  get lastAt(): string {
    return this.#lastAt;
  }

  get openCommand(): string | null {
    return this.#openCommand;
  }

  head(subject: Subject): SubjectHead {
    const row = this.#findHead(subject);
    return row ? { count: numberIn(row), parent: toHex(row.subarray(COUNT_BYTES)) } : NO_HEAD;
  }

  countBeforeCommand(subject: Subject, command: string): number {
    const before = this.#openCommand === command ? this.#headsBeforeCommand.get(subject) : undefined;
    return before ?? this.#countOf(subject);
  }

  firstOfCommand(command: string): number | null {
    packUlid(command, 0, this.#commandKey, 0);
    const row = this.#commands.find(this.#commandKey);
    return row ? numberIn(row) : null;
  }

  isContinued(seq: number): boolean {
    return this.#continuing.has(seq);
  }

  takeUnread(bytes: Uint8Array): void {
    this.tree.append(hashLeaf(bytes, this.#crypto));
    this.#openCommand = null;
  }

  take(record: JournalRecord, bytes: Uint8Array, texts?: { leaf: string; followed: string }): KeyProblem[] {
    const place = this.tree.size;
    this.tree.append(texts ? hashLeafText(texts.leaf, this.#crypto) : hashLeaf(bytes, this.#crypto));
    const isNewCommand = this.#openCommand !== record.command;
    if (isNewCommand) {
      if (this.#headsBeforeCommand.size > 0) this.#headsBeforeCommand = new Map();
      if (this.firstOfCommand(record.command) === null) write(this.#commands.findOrAdd(this.#commandKey), place);
    }
    // Only the command that stays open is asked what stood before it.
    if ((record.cont || !isNewCommand) && !this.#headsBeforeCommand.has(record.subject)) {
      this.#headsBeforeCommand.set(record.subject, this.#countOf(record.subject));
    }
    this.#openCommand = record.cont ? record.command : null;
    if (record.cont) this.#continuing.add(place);
    packSubject(record.subject, this.#subjectKey);
    const head = this.#heads.findOrAdd(this.#subjectKey);
    write(head, record.version + 1);
    const parent = texts ? this.#crypto.sha256Text(texts.followed) : this.#crypto.sha256(parentBytes(record));
    head.set(parent, COUNT_BYTES);
    this.#lastAt = record.at;
    return this.registry.apply(record);
  }

  #findHead(subject: Subject): Uint8Array | null {
    packSubject(subject, this.#subjectKey);
    return this.#heads.find(this.#subjectKey);
  }

  #countOf(subject: Subject): number {
    const row = this.#findHead(subject);
    return row ? numberIn(row) : 0;
  }
}

const number = new Float64Array(1);
const numberBytes = new Uint8Array(number.buffer);

/** A whole number below 2^53 at the beginning of a row, in this machine's own order of bytes. */
const write = (row: Uint8Array, value: number): void => {
  number[0] = value;
  row.set(numberBytes);
};

const numberIn = (row: Uint8Array): number => {
  numberBytes.set(row.subarray(0, COUNT_BYTES));
  return number[0] ?? 0;
};
