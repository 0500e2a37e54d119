import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { IndexDamagedError } from './index-damaged.ts';

/** Tables that have a row for each record, 256 to a chunk. */
export type ChunkTable = 'chunks' | 'log';

/** Tables by which the place of something is found. */
export type PlaceTable = 'subjects' | 'commands';

/** What a save writes, all or none. */
export interface IndexChanges {
  readonly meta: string;
  /** By number: where records lie and their hashes, and what the decision log finds them by. */
  readonly chunks: Iterable<readonly [number, Uint8Array]>;
  readonly log: Iterable<readonly [number, Uint8Array]>;
  /** Place of the newest record of each subject. */
  readonly subjects: Iterable<readonly [string, number]>;
  /** Place of the first record of each command. */
  readonly commands: Iterable<readonly [string, number]>;
}

export interface RowRange {
  /** Begins behind this id. */
  readonly after: string;
  readonly atMost: number;
  /** Rows count that point to a place before this. */
  readonly before: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS log (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS subjects (id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS commands (id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Pages are kept up to 2 MB; the rest is read when it is asked for, so that memory does not grow with the journal. */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -2048;
`;

/**
 * The derived index over a journal as an SQLite database. Its saves need not survive a loss of power: what is missing is
 * read from the journal again; but each is there as a whole or not at all.
 */
export class IndexDatabase {
  readonly #database: DatabaseSync;
  readonly #newest: StatementSync;
  readonly #first: StatementSync;
  readonly #chunks: Readonly<Record<ChunkTable, StatementSync>>;

  /**
   * @param path of the file; empty for one that is gone when it is closed
   * @throws when the file is no such database or cannot be written
   */
  constructor(path: string) {
    const database = new DatabaseSync(path);
    this.#database = database;
    try {
      database.exec(SETTINGS);
      database.exec(SCHEMA);
      this.#newest = database.prepare('SELECT seq FROM subjects WHERE id = ?');
      this.#first = database.prepare('SELECT seq FROM commands WHERE id = ?');
      this.#chunks = {
        chunks: database.prepare('SELECT body FROM chunks WHERE id = ?'),
        log: database.prepare('SELECT body FROM log WHERE id = ?'),
      };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  meta(): string | null {
    const row = read(() => this.#database.prepare('SELECT body FROM meta WHERE id = 0').get());
    return typeof row?.body === 'string' ? row.body : null;
  }

  chunk(table: ChunkTable, number: number): Uint8Array | null {
    const row = read(() => this.#chunks[table].get(number));
    return row?.body instanceof Uint8Array ? row.body : null;
  }

  newestOf(subject: string): number | null {
    return seqOf(read(() => this.#newest.get(subject)));
  }

  firstOf(command: string): number | null {
    return seqOf(read(() => this.#first.get(command)));
  }

  /** How many of the next rows of a table point to a place before an end, and which was the last of them. */
  countRows(table: PlaceTable, { after, atMost, before }: RowRange): { count: number; last: string | null } {
    const query = `SELECT TOTAL(seq < ?) AS found, MAX(id) AS last
      FROM (SELECT id, seq FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`;
    const row = read(() => this.#database.prepare(query).get(before, after, atMost));
    return { count: Number(row?.found ?? 0), last: typeof row?.last === 'string' ? row.last : null };
  }

  /** What is saved is not to be restored any more. */
  discard(): void {
    this.#database.exec("UPDATE meta SET body = ''");
  }

  save({ meta, chunks, log, subjects, commands }: IndexChanges): void {
    const database = this.#database;
    const put = (table: string): StatementSync => database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`);
    const putChunk = put('chunks');
    const putLog = put('log');
    const putSubject = put('subjects');
    const putCommand = database.prepare('INSERT OR IGNORE INTO commands VALUES (?, ?)');
    database.exec('BEGIN');
    try {
      for (const [number, body] of chunks) putChunk.run(number, body);
      for (const [number, body] of log) putLog.run(number, body);
      for (const [subject, seq] of subjects) putSubject.run(subject, seq);
      for (const [command, seq] of commands) putCommand.run(command, seq);
      put('meta').run(0, meta);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** @throws IndexDamagedError where SQLite cannot make sense of its file */
const read = <Row>(query: () => Row): Row => {
  try {
    return query();
  } catch (cause) {
    throw new IndexDamagedError({ cause });
  }
};

const seqOf = (row: Record<string, unknown> | undefined): number | null =>
  typeof row?.seq === 'number' ? row.seq : null;
