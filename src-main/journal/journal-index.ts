import { closeSync, openSync, rmSync } from 'node:fs';
import { kindOf, type Subject } from '#workflows/identifiers.ts';
import { BoundedTree, type BoundedTreeState } from '#workflows/journal/bounded-tree.ts';
import { KeyRegistry, type KeyProblem, type KeyRegistryState } from '#workflows/journal/key-registry.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { IndexDamagedError } from './index-damaged.ts';
import { IndexDatabase, type PlaceTable, type RowRange } from './index-database.ts';
import { IndexSeal } from './index-seal.ts';
import { LogRows, replyOf } from './log-rows.ts';
import { nodeCrypto } from './node-crypto.ts';
import { RecordEntries, type IndexEntry } from './record-entries.ts';
import type { Location } from './segment-store.ts';

/** Raised whenever what the index holds changes, so that an older one is built anew. */
const INDEX_FORMAT = 2;

/** Where an index is kept, and what seals it. */
export interface IndexPlace {
  readonly path: string;
  /** Known to this workspace alone, 32 bytes. */
  readonly key: Uint8Array;
}

/** What an index is restored from besides its rows; sealed, because everything else is judged by it. */
interface IndexMeta {
  readonly format: number;
  readonly size: number;
  readonly lastAt: string;
  readonly tree: BoundedTreeState;
  readonly registry: KeyRegistryState;
  /** Newest records of the subjects that decide what may be done. */
  readonly settled: readonly (readonly [Subject, number])[];
  /** What the numbers in the rows of the log stand for. */
  readonly names: readonly string[];
}

/** Kinds of which there are many; the others' newest records are kept at hand, and sealed. */
const MANY: ReadonlySet<string> = new Set(['reply', 'mention', 'publication', 'case', 'customer', 'incident']);

/** Subtrees that are saved, so that a proof need not work them out anew. */
const SAVED_SUBTREES = 256;

/**
 * What the program needs to know of every record to find it again: where it lies, its leaf hash, the records of a
 * subject, the commands that were used, what the decision log finds it by; and the people, keys and tree as of the
 * newest. It is derived from the journal, kept in a database, and its memory does not grow with the journal. What is not
 * saved yet stands in memory.
 */
export class JournalIndex {
  readonly tree: BoundedTree;
  readonly registry: KeyRegistry;
  readonly log: LogRows;
  readonly #database: IndexDatabase;
  readonly #seal: IndexSeal;
  readonly #entries: RecordEntries;
  #lastAt = '';
  #openCommand: string | null = null;
  /** Size when it was last saved. */
  #saved = 0;
  readonly #settled: Map<Subject, number>;
  readonly #newSubjects = new Map<Subject, number>();
  readonly #newCommands = new Map<string, number>();

  /** @throws IndexDamagedError */
  private constructor(database: IndexDatabase, seal: IndexSeal, meta: IndexMeta | null) {
    this.#database = database;
    this.#seal = seal;
    const stored = { database, seal, size: meta?.size ?? 0 };
    this.#entries = new RecordEntries(stored);
    this.log = new LogRows(stored, meta?.names ?? []);
    this.#settled = new Map(meta?.settled);
    const tree = meta
      ? BoundedTree.restore(meta.tree, nodeCrypto, this.#entries)
      : new BoundedTree(nodeCrypto, this.#entries);
    if (!tree) throw new IndexDamagedError();
    this.tree = tree;
    this.registry = meta ? new KeyRegistry(nodeCrypto, meta.registry) : new KeyRegistry(nodeCrypto);
    if (!meta) return;
    this.#saved = meta.size;
    this.#lastAt = meta.lastAt;
  }

  /** The index as it was saved; `null` when there is none that this program wrote for this workspace. */
  static restore({ path, key }: IndexPlace): JournalIndex | null {
    let database: IndexDatabase | null = null;
    try {
      database = new IndexDatabase(path);
      const seal = new IndexSeal(key);
      const head = seal.unseal(database.meta());
      const meta = head === null ? null : (JSON.parse(head) as IndexMeta);
      if (meta?.format === INDEX_FORMAT) return new JournalIndex(database, seal, meta);
    } catch {
      // A damaged database is as good as none: what it holds is in the journal.
    }
    database?.close();
    return null;
  }

  /** An empty index in the place of any other; without a place, one that is gone when it is closed. */
  static create(place?: IndexPlace): JournalIndex {
    if (place) {
      try {
        for (const end of ['', '-wal', '-shm']) rmSync(`${place.path}${end}`, { force: true });
        // As every file of a workspace it is for its owner alone; SQLite would go by the process's mask.
        closeSync(openSync(place.path, 'wx', 0o600));
        return new JournalIndex(new IndexDatabase(place.path), new IndexSeal(place.key), null);
      } catch {
        // Where nothing can be kept, the journal is still read, and the index lasts as long as the program.
      }
    }
    return new JournalIndex(new IndexDatabase(''), new IndexSeal(null), null);
  }

  get size(): number {
    return this.#entries.chunks.size;
  }

  /** `at` of the newest record; empty before the first. */
  get lastAt(): string {
    return this.#lastAt;
  }

  /**
   * Takes in the next record. Precondition: it is sound, and its command was not used before.
   * @returns what is wrong with it as a record on people and keys
   */
  add(record: JournalRecord, leaf: Uint8Array, location: Location): KeyProblem[] {
    const { subject, command } = record;
    const seq = this.size;
    const leafHash = hashLeaf(leaf, nodeCrypto);
    const previous = record.version === 0 ? null : this.newestOf(subject);
    const reply = replyOf(record);
    this.log.add(record, reply === null || reply === subject ? previous : this.newestOf(reply));
    this.tree.append(leafHash);
    this.#entries.add({ ...location, previous, leafHash });
    (MANY.has(kindOf(subject)) ? this.#newSubjects : this.#settled).set(subject, seq);
    if (this.#openCommand !== command) this.#newCommands.set(command, seq);
    this.#openCommand = record.cont ? command : null;
    this.#lastAt = record.at;
    return this.registry.apply(record);
  }

  /** The command whose last record has not come yet. */
  get openCommand(): string | null {
    return this.#openCommand;
  }

  /** @throws RangeError when there is no such record */
  at(seq: number): IndexEntry {
    if (!(Number.isInteger(seq) && seq >= 0 && seq < this.size)) {
      throw new RangeError(`the journal has no record ${String(seq)}`);
    }
    return this.#entries.at(seq);
  }

  /** Place of a subject's newest record. */
  newestOf(subject: Subject): number | null {
    const known = this.#newSubjects.get(subject) ?? this.#settled.get(subject);
    if (known !== undefined) return known;
    return this.hasRow(subject) ? this.#within(this.#database.newestOf(subject)) : null;
  }

  /** Places of a subject's records, in order. */
  placesOf(subject: Subject): readonly number[] {
    const places: number[] = [];
    for (let seq = this.newestOf(subject); seq !== null; seq = this.at(seq).previous) places.push(seq);
    return places.reverse();
  }

  /** Place of a command's first record; `null` when its id was never used. */
  firstOfCommand(command: string): number | null {
    return this.#newCommands.get(command) ?? this.#within(this.#database.firstOf(command));
  }

  /** Whether a subject's newest record is found by a row, which is not sealed by itself. */
  hasRow(subject: Subject): boolean {
    return MANY.has(kindOf(subject));
  }

  countRows(table: PlaceTable, range: RowRange): { count: number; last: string | null } {
    return this.#database.countRows(table, range);
  }

  /** How many records a save would write. */
  get unsaved(): number {
    return this.#newCommands.size;
  }

  /** Keeps what was added, to be restored at the next start. @throws as SQLite does; nothing is lost then */
  save(): void {
    if (this.#saved !== this.size) this.#write(this.#seal.seal(this.#head()));
    this.#saved = this.size;
  }

  /** Makes room in memory while an index is built; it is not to be restored before it is saved. */
  spill(): void {
    this.#write('');
  }

  #within(seq: number | null): number | null {
    if (seq !== null && !(seq >= 0 && seq < this.size)) throw new IndexDamagedError();
    return seq;
  }

  #write(meta: string): void {
    const { chunks } = this.#entries;
    this.#database.save({
      meta,
      chunks: chunks.unsaved(),
      log: this.log.chunks.unsaved(),
      subjects: this.#newSubjects,
      commands: this.#newCommands,
    });
    this.#newSubjects.clear();
    this.#newCommands.clear();
    chunks.forgetSaved();
    this.log.chunks.forgetSaved();
  }

  /** It is built anew at the next start. */
  discard(): void {
    try {
      this.#database.discard();
    } catch {
      // What cannot even be written to is not restored either, or is found out again.
    }
  }

  close(): void {
    this.#database.close();
  }

  #head(): string {
    const meta: IndexMeta = {
      format: INDEX_FORMAT,
      size: this.size,
      lastAt: this.#lastAt,
      tree: this.tree.save(SAVED_SUBTREES),
      registry: this.registry.state,
      settled: [...this.#settled],
      names: this.log.names,
    };
    return JSON.stringify(meta);
  }
}
