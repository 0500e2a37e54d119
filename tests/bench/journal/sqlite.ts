import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BareFlush, quantile, timed } from '../control.ts';
import { RECORD_BYTES } from './decisions.ts';
import { plain, type Figure } from './figures.ts';

/** What a database does for the same promise: one record inserted and committed, durable when it returns. */
export const measureSqlite = async ({ root, commits }: { root: string; commits: number }): Promise<Figure[]> => {
  const database = new Database(join(root, 'peer.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE records (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO records (leaf) VALUES (?)');
  const control = new BareFlush(root, RECORD_BYTES);
  const flushes: number[] = [];
  const inserts: number[] = [];
  try {
    for (let count = 0; count < commits; count += 1) {
      const leaf = randomBytes(RECORD_BYTES);
      flushes.push(await timed(() => control.run()));
      inserts.push(await timed(() => insert.run(leaf)));
    }
  } finally {
    control.close();
    database.close();
  }
  const share = (name: string, at: number): Figure => {
    const [commit, bare] = [quantile(inserts, at), quantile(flushes, at)];
    const from = `${plain(commit)} ms ÷ ${plain(bare)} ms, unsigned, nothing checked; ${String(commits)} commits`;
    return { name, value: commit / bare, unit: '×', from };
  };
  return [
    share('Peer: better-sqlite3 (WAL, FULL), one insert per commit, median', 0.5),
    share('Peer: better-sqlite3, 99th percentile', 0.99),
  ];
};
