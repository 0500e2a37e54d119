import type { Subject } from '../identifiers.ts';
import { toHex } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import { KeyRegistry, type KeyProblem } from './key-registry.ts';
import { hashLeaf } from './merkle.ts';
import { MerkleTree, type RecordTree } from './merkle-tree.ts';
import { NO_PARENT, parentBytes, type JournalRecord } from './record.ts';

/** What the next record of a subject must follow on. */
export interface SubjectHead {
  /** Records so far, which is the next `version`. */
  readonly count: number;
  /** The next `parent`. */
  readonly parent: string;
}

const NO_HEAD: SubjectHead = { count: 0, parent: NO_PARENT };

/** Everything that a record's place in the journal depends on, kept up record by record. */
export class JournalState {
  readonly registry: KeyRegistry;
  readonly tree: RecordTree;
  readonly #crypto: CryptoPort;
  readonly #heads = new Map<Subject, SubjectHead>();
  /** First `seq` of each command. */
  readonly #commands = new Map<string, number>();
  /** Records that are not the last of their command. */
  readonly #continuing = new Set<number>();
  #headsBeforeCommand = new Map<Subject, number>();
  #openCommand: string | null = null;
  #lastAt = '';

  /** @param tree an empty one, when it is not to be kept whole in memory */
  constructor(crypto: CryptoPort, tree: RecordTree = new MerkleTree(crypto)) {
    this.#crypto = crypto;
    this.registry = new KeyRegistry(crypto);
    this.tree = tree;
  }

  get size(): number {
    return this.tree.size;
  }

  /** `at` of the newest record; empty before the first. */
  get lastAt(): string {
    return this.#lastAt;
  }

  /** The command whose last record has not come yet. */
  get openCommand(): string | null {
    return this.#openCommand;
  }

  head(subject: Subject): SubjectHead {
    return this.#heads.get(subject) ?? NO_HEAD;
  }

  /** Records of a subject before the command that the next record belongs to. */
  countBeforeCommand(subject: Subject, command: string): number {
    const before = this.#openCommand === command ? this.#headsBeforeCommand.get(subject) : undefined;
    return before ?? this.head(subject).count;
  }

  /** `seq` of the first record of a command; `null` when the id was never used. */
  firstOfCommand(command: string): number | null {
    return this.#commands.get(command) ?? null;
  }

  /** Whether a record is followed by another of the same command. */
  isContinued(seq: number): boolean {
    return this.#continuing.has(seq);
  }

  /** Takes in leaf bytes that are no record: they count for the tree alone. */
  takeUnread(bytes: Uint8Array): void {
    this.tree.append(hashLeaf(bytes, this.#crypto));
    this.#openCommand = null;
  }

  /**
   * Takes the next record in. Whether it is allowed there is judged by the caller, before.
   * @returns what is wrong with it as a record on people and keys
   */
  take(record: JournalRecord, bytes: Uint8Array): KeyProblem[] {
    const place = this.tree.size;
    this.tree.append(hashLeaf(bytes, this.#crypto));
    if (this.#openCommand !== record.command) {
      this.#headsBeforeCommand = new Map();
      if (!this.#commands.has(record.command)) this.#commands.set(record.command, place);
    }
    if (!this.#headsBeforeCommand.has(record.subject)) {
      this.#headsBeforeCommand.set(record.subject, this.head(record.subject).count);
    }
    this.#openCommand = record.cont ? record.command : null;
    if (record.cont) this.#continuing.add(place);
    this.#heads.set(record.subject, {
      count: record.version + 1,
      parent: toHex(this.#crypto.sha256(parentBytes(record))),
    });
    this.#lastAt = record.at;
    return this.registry.apply(record);
  }
}
