import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { kindOf, type Subject } from '#workflows/identifiers.ts';
import { BoundedTree, type BoundedTreeState } from '#workflows/journal/bounded-tree.ts';
import { KeyRegistry, type KeyRegistryState } from '#workflows/journal/key-registry.ts';
import { Frontier } from '#workflows/journal/frontier.ts';
import { hashLeaf, type Hash } from '#workflows/journal/merkle.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { IndexDatabase } from './index-database.ts';
import { nodeCrypto } from './node-crypto.ts';
import { CHUNK_RECORDS, RecordChunk, type IndexEntry } from './record-chunk.ts';
import type { Location } from './segment-store.ts';

/** Raised whenever what the index holds changes, so that an older one is built anew. */
const INDEX_FORMAT = 1;

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
}

/** Kinds of which there are many; the others' newest records are kept at hand, and sealed. */
const MANY: ReadonlySet<string> = new Set(['reply', 'mention', 'publication', 'case', 'customer', 'incident']);

/** Chunks that are kept after they were read. */
const CHUNKS_AT_HAND = 64;

/** Subtrees that are saved, so that a proof need not work them out anew. */
const SAVED_SUBTREES = 256;

const SEAL_BYTES = 16;

/** A tree that has the hash at hand that was appended last. */
class IndexedTree extends BoundedTree {
  newest: Hash = new Uint8Array();

  override append(leafHash: Hash): void {
    this.newest = leafHash;
    super.append(leafHash);
  }
}

/**
 * What the program needs to know of every record to find it again: where it lies, its leaf hash, the records of a
 * subject, the commands that were used; and the people, keys and tree as of the newest. It is derived from the journal,
 * kept in a database, and its memory does not grow with the journal. What is not saved yet stands in memory.
 */
export class JournalIndex {
  readonly tree: IndexedTree;
  readonly registry: KeyRegistry;
  readonly #database: IndexDatabase;
  readonly #key: Uint8Array | null;
  #size = 0;
  #lastAt = '';
  #openCommand: string | null = null;
  /** Size when it was last saved. */
  #saved = 0;
  /** Chunks that have records which are not saved, and the last one. */
  readonly #growing = new Map<number, RecordChunk>();
  /** Complete chunks that were read; the most lately used last. */
  readonly #atHand = new Map<number, RecordChunk>();
  readonly #settled: Map<Subject, number>;
  readonly #newSubjects = new Map<Subject, number>();
  readonly #newCommands = new Map<string, number>();

  private constructor(database: IndexDatabase, key: Uint8Array | null, meta: IndexMeta | null) {
    this.#database = database;
    this.#key = key;
    const source = { leafHashesAt: (from: number, count: number) => this.#leafHashesAt(from, count) };
    this.#settled = new Map(meta?.settled);
    const frontier = meta ? Frontier.restore(meta.tree, nodeCrypto) : new Frontier(nodeCrypto);
    if (!frontier) throw new IndexDamagedError();
    this.tree = new IndexedTree(nodeCrypto, source, {}, frontier);
    this.registry = meta ? new KeyRegistry(nodeCrypto, meta.registry) : new KeyRegistry(nodeCrypto);
    if (!meta) return;
    this.#size = meta.size;
    this.#saved = meta.size;
    this.#lastAt = meta.lastAt;
    const number = Math.floor(meta.size / CHUNK_RECORDS);
    if (meta.size % CHUNK_RECORDS !== 0) this.#growing.set(number, this.#readChunk(number));
  }

  /** The index as it was saved; `null` when there is none that this program wrote for this workspace. */
  static restore({ path, key }: IndexPlace): JournalIndex | null {
    let database: IndexDatabase | null = null;
    try {
      database = new IndexDatabase(path);
      const meta = unsealed(database.meta(), key);
      if (meta) return new JournalIndex(database, key, meta);
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
        return new JournalIndex(new IndexDatabase(place.path), place.key, null);
      } catch {
        // Where nothing can be kept, the journal is still read, and the index lasts as long as the program.
      }
    }
    return new JournalIndex(new IndexDatabase(''), null, null);
  }

  get size(): number {
    return this.#size;
  }

  /** `at` of the newest record; empty before the first. */
  get lastAt(): string {
    return this.#lastAt;
  }

  /** Takes in the next record. Precondition: it is sound, and its command was not used before. */
  add(record: JournalRecord, leaf: Uint8Array, location: Location): void {
    this.tree.append(hashLeaf(leaf, nodeCrypto));
    this.place(record, location);
  }

  /** As `add`. Precondition: the record's leaf hash is the last that was appended to the tree. */
  place(record: JournalRecord, location: Location): void {
    const { subject, command } = record;
    const seq = this.#size;
    const { newest: leafHash } = this.tree;
    const number = Math.floor(seq / CHUNK_RECORDS);
    let chunk = this.#growing.get(number);
    if (!chunk) this.#growing.set(number, (chunk = new RecordChunk()));
    chunk.push({ ...location, previous: record.version === 0 ? null : this.newestOf(subject), leafHash });
    this.registry.apply(record);
    (MANY.has(kindOf(subject)) ? this.#newSubjects : this.#settled).set(subject, seq);
    if (this.#openCommand !== command) this.#newCommands.set(command, seq);
    this.#openCommand = record.cont ? command : null;
    this.#size += 1;
    this.#lastAt = record.at;
  }

  /** The command whose last record has not come yet. */
  get openCommand(): string | null {
    return this.#openCommand;
  }

  /** @throws RangeError when there is no such record */
  at(seq: number): IndexEntry {
    if (!(Number.isInteger(seq) && seq >= 0 && seq < this.#size)) {
      throw new RangeError(`the journal has no record ${String(seq)}`);
    }
    return this.#chunk(Math.floor(seq / CHUNK_RECORDS)).at(seq % CHUNK_RECORDS);
  }

  /** Place of a subject's newest record. */
  newestOf(subject: Subject): number | null {
    const known = this.#newSubjects.get(subject) ?? this.#settled.get(subject);
    if (known !== undefined) return known;
    return MANY.has(kindOf(subject)) ? this.#database.newestOf(subject) : null;
  }

  /** Places of a subject's records, in order. */
  placesOf(subject: Subject): readonly number[] {
    const places: number[] = [];
    for (let seq = this.newestOf(subject); seq !== null; seq = this.at(seq).previous) places.push(seq);
    return places.reverse();
  }

  /** Place of a command's first record; `null` when its id was never used. */
  firstOfCommand(command: string): number | null {
    return this.#newCommands.get(command) ?? this.#database.firstOf(command);
  }

  /** How many records a save would write. */
  get unsaved(): number {
    return this.#newCommands.size;
  }

  /** Keeps what was added, to be restored at the next start. @throws as SQLite does; nothing is lost then */
  save(): void {
    if (this.#saved !== this.#size) this.#write(this.#seal());
    this.#saved = this.#size;
  }

  /** Makes room in memory while an index is built; it is not to be restored before it is saved. */
  spill(): void {
    this.#write('');
  }

  #write(meta: string): void {
    const chunks = [...this.#growing].map(([number, chunk]) => [number, this.#sealChunk(number, chunk)] as const);
    this.#database.save({ meta, chunks, subjects: this.#newSubjects, commands: this.#newCommands });
    this.#newSubjects.clear();
    this.#newCommands.clear();
    for (const [number, { count }] of this.#growing) if (count === CHUNK_RECORDS) this.#growing.delete(number);
  }

  close(): void {
    this.#database.close();
  }

  #leafHashesAt(from: number, count: number): Uint8Array[] {
    const chunk = this.#chunk(Math.floor(from / CHUNK_RECORDS));
    const first = from % CHUNK_RECORDS;
    return Array.from({ length: count }, (_, index) => chunk.leafHash(first + index));
  }

  #chunk(number: number): RecordChunk {
    const known = this.#growing.get(number) ?? this.#atHand.get(number);
    if (this.#growing.has(number) && known) return known;
    const chunk = known ?? this.#readChunk(number);
    this.#atHand.delete(number);
    this.#atHand.set(number, chunk);
    const [oldest] = this.#atHand.keys();
    if (this.#atHand.size > CHUNKS_AT_HAND && oldest !== undefined) this.#atHand.delete(oldest);
    return chunk;
  }

  /** @throws IndexDamagedError when it is not as it was saved */
  #readChunk(number: number): RecordChunk {
    const stored = this.#database.chunk(number);
    const body = stored?.subarray(0, -SEAL_BYTES);
    const chunk = new RecordChunk(body);
    const due = Math.min(CHUNK_RECORDS, this.#size - number * CHUNK_RECORDS);
    if (!stored || !body || chunk.count !== due) throw new IndexDamagedError();
    if (this.#key && !timingSafeEqual(this.#sealOf(number, body), stored.subarray(-SEAL_BYTES))) {
      throw new IndexDamagedError();
    }
    return chunk;
  }

  #sealChunk(number: number, { bytes }: RecordChunk): Uint8Array {
    return Buffer.concat([bytes, this.#sealOf(number, bytes)]);
  }

  #sealOf(number: number, bytes: Uint8Array): Uint8Array {
    if (!this.#key) return new Uint8Array(SEAL_BYTES);
    const hash = createHmac('sha256', this.#key)
      .update(`chunk ${String(number)}\n`)
      .update(bytes);
    return hash.digest().subarray(0, SEAL_BYTES);
  }

  #seal(): string {
    const meta: IndexMeta = {
      format: INDEX_FORMAT,
      size: this.#size,
      lastAt: this.#lastAt,
      tree: this.tree.save(SAVED_SUBTREES),
      registry: this.registry.state,
      settled: [...this.#settled],
    };
    const text = JSON.stringify(meta);
    return this.#key ? `${macOf(text, this.#key)}${text}` : '';
  }
}

/** The index is not as it was saved: it has to be built anew from the journal. */
export class IndexDamagedError extends Error {
  override name = 'IndexDamagedError';

  constructor() {
    super('the index over the journal is damaged; it is built anew at the next start');
  }
}

const macOf = (text: string, key: Uint8Array): string => createHmac('sha256', key).update(text).digest('hex');

const unsealed = (text: string | null, key: Uint8Array): IndexMeta | null => {
  if (text === null || text.length < 64) return null;
  const body = text.slice(64);
  const expected = Buffer.from(macOf(body, key));
  const actual = Buffer.from(text.slice(0, 64));
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  const meta = JSON.parse(body) as IndexMeta;
  return meta.format === INDEX_FORMAT ? meta : null;
};
