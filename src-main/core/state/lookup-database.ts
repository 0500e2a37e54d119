import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ChannelId, CustomerId, PersonId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import type { Time } from '#workflows/time.ts';
import type { ReplyBundle, ReplyKey, ReplyOrder } from './archive.ts';
import { signaturesOn } from './reply-table.ts';

/** A file of the archive. */
export interface ArchivePart {
  /** `2026-11` or `2026-11.2`. */
  readonly name: string;
  readonly month: string;
  /** Of the month's files. */
  readonly number: number;
  readonly seal: string;
  /** Length of what it holds, in characters. */
  readonly length: number;
}

/** What putting replies away changes, all or none of it. */
export interface LookupChanges {
  readonly meta: string;
  readonly putAway: readonly { readonly bundle: ReplyBundle; readonly part: string }[];
  readonly parts: readonly ArchivePart[];
  /** Replies that are in memory again. */
  readonly noMore: Iterable<ReplyId>;
  readonly keyOwners: readonly (readonly [string, CustomerId])[];
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS parts (
    name TEXT PRIMARY KEY, month TEXT NOT NULL, number INTEGER NOT NULL, seal TEXT NOT NULL, length INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS replies (
    opened INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, part TEXT NOT NULL, mention TEXT NOT NULL, channel TEXT NOT NULL,
    customer TEXT NOT NULL, follows TEXT, due TEXT NOT NULL, changed INTEGER NOT NULL, published TEXT
  );
  CREATE INDEX IF NOT EXISTS replies_customer ON replies (customer);
  CREATE INDEX IF NOT EXISTS replies_follows ON replies (follows) WHERE follows IS NOT NULL;
  CREATE INDEX IF NOT EXISTS replies_due ON replies (due, id);
  CREATE INDEX IF NOT EXISTS replies_changed ON replies (changed);
  CREATE INDEX IF NOT EXISTS replies_published ON replies (published) WHERE published IS NOT NULL;
  CREATE TABLE IF NOT EXISTS publications (
    id TEXT PRIMARY KEY, opened INTEGER NOT NULL, channel TEXT NOT NULL, attempt INTEGER NOT NULL, succeeded INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS publications_reply ON publications (opened);
  CREATE INDEX IF NOT EXISTS publications_channel ON publications (channel, attempt);
  CREATE INDEX IF NOT EXISTS publications_succeeded ON publications (channel, attempt) WHERE succeeded = 1;
  CREATE TABLE IF NOT EXISTS signatures (opened INTEGER NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS signatures_reply ON signatures (opened);
  CREATE INDEX IF NOT EXISTS signatures_person ON signatures (person, at);
  CREATE TABLE IF NOT EXISTS key_owners (kid TEXT PRIMARY KEY, customer TEXT NOT NULL) WITHOUT ROWID;
`;

/** Pages are kept up to 2 MB. A save is durable when it returns: the head of the snapshots relies on it. */
const SETTINGS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA cache_size = -2048;
`;

const KEY = 'id, mention, channel, customer, due AS dueAt, opened AS openedSeq, changed AS changedSeq';

const QUERIES = {
  row: `SELECT part, published, follows, ${KEY} FROM replies WHERE id = ?`,
  due: `SELECT ${KEY} FROM replies ORDER BY due, id LIMIT ?`,
  newest: `SELECT ${KEY} FROM replies ORDER BY changed DESC LIMIT ?`,
  published: `SELECT ${KEY} FROM replies WHERE published >= ?`,
  signed: `SELECT ${KEY} FROM replies WHERE opened IN (SELECT opened FROM signatures WHERE person = ? AND at >= ?)`,
  customer: `SELECT ${KEY} FROM replies WHERE customer = ? ORDER BY opened DESC LIMIT ?`,
  openedAfter: `SELECT ${KEY} FROM replies WHERE opened > ? ORDER BY opened LIMIT ?`,
  following: 'SELECT id FROM replies WHERE follows = ? ORDER BY opened',
  replyOf: 'SELECT replies.id AS id FROM publications JOIN replies USING (opened) WHERE publications.id = ?',
  attempted: `SELECT publications.id AS id, replies.id AS reply FROM publications JOIN replies USING (opened)
    WHERE publications.channel = ? ORDER BY attempt DESC LIMIT ?`,
  succeeded: `SELECT publications.id AS id, replies.id AS reply FROM publications JOIN replies USING (opened)
    WHERE publications.channel = ? AND succeeded = 1 ORDER BY attempt DESC LIMIT ?`,
  owner: 'SELECT customer FROM key_owners WHERE kid = ?',
  part: 'SELECT name, month, number, seal, length FROM parts WHERE name = ?',
  lastPart: 'SELECT name, month, number, seal, length FROM parts WHERE month = ? ORDER BY number DESC LIMIT 1',
  meta: 'SELECT body FROM meta WHERE id = 0',
  counts: 'SELECT (SELECT COUNT(*) FROM replies) AS replies, (SELECT COUNT(*) FROM key_owners) AS keyOwners',
} as const;

/** What a row says of a reply. */
export type ReplyRow = ReplyKey & {
  readonly part: string;
  readonly published: Time | null;
  readonly follows: ReplyId | null;
};

/**
 * Finds replies that were put away, in an SQLite database. Its rows only point: what they point at is judged when it is
 * read. It holds ids, times and numbers; no customer's words and no name by which they could be found.
 */
export class LookupDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * @param path of the file; empty for one that is gone when it is closed
   * @throws when the file is no such database or cannot be written
   */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    try {
      this.#database.exec(SETTINGS);
      this.#database.exec(SCHEMA);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  #ask(query: keyof typeof QUERIES): StatementSync {
    return this.#prepared(QUERIES[query]);
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#prepared(sql).run(...values);
  }

  #keys(query: keyof typeof QUERIES, ...values: (string | number)[]): ReplyKey[] {
    return this.#ask(query).all(...values) as unknown as ReplyKey[];
  }

  meta(): string | null {
    const body = this.#ask('meta').get()?.body;
    return typeof body === 'string' ? body : null;
  }

  counts(): { replies: number; keyOwners: number } {
    return this.#ask('counts').get() as { replies: number; keyOwners: number };
  }

  row(id: ReplyId): ReplyRow | undefined {
    return this.#ask('row').get(id) as ReplyRow | undefined;
  }

  first(order: ReplyOrder, most: number): ReplyKey[] {
    return this.#keys(order, most);
  }

  publishedSince(at: Time): ReplyKey[] {
    return this.#keys('published', at);
  }

  signedSince(person: PersonId, at: Time): ReplyKey[] {
    return this.#keys('signed', person, at);
  }

  ofCustomer(customer: CustomerId, most: number): ReplyKey[] {
    return this.#keys('customer', customer, most);
  }

  openedAfter(seq: number, most: number): ReplyKey[] {
    return this.#keys('openedAfter', seq, most);
  }

  following(id: ReplyId): ReplyId[] {
    return this.#ask('following')
      .all(id)
      .map((row) => row.id as ReplyId);
  }

  replyOf(publication: PublicationId): ReplyId | undefined {
    return this.#ask('replyOf').get(publication)?.id as ReplyId | undefined;
  }

  publicationsOn(channel: ChannelId, isSucceeded: boolean, most: number): { id: PublicationId; reply: ReplyId }[] {
    return this.#ask(isSucceeded ? 'succeeded' : 'attempted').all(channel, most) as {
      id: PublicationId;
      reply: ReplyId;
    }[];
  }

  ownerOf(kid: string): CustomerId | undefined {
    return this.#ask('owner').get(kid)?.customer as CustomerId | undefined;
  }

  part(name: string): ArchivePart | undefined {
    return this.#ask('part').get(name) as ArchivePart | undefined;
  }

  lastPart(month: string): ArchivePart | undefined {
    return this.#ask('lastPart').get(month) as ArchivePart | undefined;
  }

  save({ meta, putAway, parts, noMore, keyOwners }: LookupChanges): void {
    const database = this.#database;
    database.exec('BEGIN');
    try {
      for (const id of noMore) this.#remove(id);
      for (const { bundle, part } of putAway) this.#put(bundle, part);
      for (const { name, month, number, seal, length } of parts) {
        this.#run('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)', name, month, number, seal, length);
      }
      for (const owner of keyOwners) this.#run('INSERT OR REPLACE INTO key_owners VALUES (?, ?)', ...owner);
      this.#run('INSERT OR REPLACE INTO meta VALUES (0, ?)', meta);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  #remove(id: ReplyId): void {
    const opened = this.row(id)?.openedSeq;
    if (opened === undefined) return;
    for (const table of ['publications', 'signatures', 'replies']) {
      this.#run(`DELETE FROM ${table} WHERE opened = ?`, opened);
    }
  }

  #put({ reply, publications }: ReplyBundle, part: string): void {
    this.#remove(reply.id);
    const { id, mention, channel, customer, follows, dueAt, openedSeq: opened, changedSeq } = reply;
    const row = [opened, id, part, mention, channel, customer, follows, dueAt, changedSeq, publishedAtOf(reply)];
    this.#run('INSERT INTO replies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', ...row);
    for (const entry of publications) {
      const hasSucceeded = entry.succeededSeq === null ? 0 : 1;
      const values = [entry.id, opened, entry.channel, entry.attemptSeq, hasSucceeded];
      this.#run('INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?, ?)', ...values);
    }
    for (const { by, at } of signaturesOn(reply)) {
      this.#run('INSERT INTO signatures VALUES (?, ?, ?)', opened, by, at);
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** When what is public now was published. */
export const publishedAtOf = ({ state }: ReplyBundle['reply']): Time | null =>
  state.context.publishedHash === null ? null : state.context.publishedAt;
