import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What a save writes, all or none. */
export interface IndexChanges {
  readonly meta: string;
  /** Chunks by number. */
  readonly chunks: Iterable<readonly [number, Uint8Array]>;
  /** Place of the newest record of each subject. */
  readonly subjects: Iterable<readonly [string, number]>;
  /** Place of the first record of each command. */
  readonly commands: Iterable<readonly [string, number]>;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
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
  readonly #chunk: StatementSync;

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
      this.#chunk = database.prepare('SELECT body FROM chunks WHERE id = ?');
    } catch (error) {
      database.close();
      throw error;
    }
  }

  meta(): string | null {
    const row = this.#database.prepare('SELECT body FROM meta WHERE id = 0').get();
    return typeof row?.body === 'string' ? row.body : null;
  }

  chunk(number: number): Uint8Array | null {
    const row = this.#chunk.get(number);
    return row?.body instanceof Uint8Array ? row.body : null;
  }

  newestOf(subject: string): number | null {
    return seqOf(this.#newest.get(subject));
  }

  firstOf(command: string): number | null {
    return seqOf(this.#first.get(command));
  }

  save({ meta, chunks, subjects, commands }: IndexChanges): void {
    const database = this.#database;
    const put = (table: string): StatementSync => database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?)`);
    const putChunk = put('chunks');
    const putSubject = put('subjects');
    const putCommand = database.prepare('INSERT OR IGNORE INTO commands VALUES (?, ?)');
    database.exec('BEGIN');
    try {
      for (const [number, body] of chunks) putChunk.run(number, body);
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
    this.#database.close();
  }
}

const seqOf = (row: Record<string, unknown> | undefined): number | null =>
  typeof row?.seq === 'number' ? row.seq : null;
