import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplyId } from '#workflows/identifiers.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import { evolve } from '#main/core/state/evolve.ts';
import { loadTables, type LoadedTables } from '#main/core/state/load-tables.ts';
import { emptyTables, type MemoryTables } from '#main/core/state/memory-tables.ts';
import { Snapshots } from '#main/core/state/snapshots.ts';
import type { Journal } from '#main/journal/journal.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const KEY = new Uint8Array(32).fill(3);

export const recordsIn = (journal: Journal): KnownRecord[] =>
  Array.from({ length: journal.size }, (_, seq) => {
    const reading = readKnownRecord(journal.read(seq));
    if (!reading.ok) throw new Error(reading.message);
    return reading.record;
  });

/** What replaying the journal makes, with nothing stored anywhere. */
export const replayed = (journal: Journal): MemoryTables => {
  const tables = emptyTables();
  for (const record of recordsIn(journal)) evolve(tables, record);
  return tables;
};

const byId = (entries: Iterable<{ readonly id: string }>) => [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));

const ids = (keys: readonly { readonly id: string }[]): string[] => keys.map(({ id }) => id);

/** Everything that can be asked of tables, about everything that the journal speaks of. */
export const contentsOf = (tables: MemoryTables, journal: Journal): Record<string, unknown> => {
  const records = recordsIn(journal);
  const { replies, publications, mentions, keyOwners } = tables;
  const opened = records.filter(({ type }) => type === 'reply.opened').map(({ subject }) => subject as ReplyId);
  const customers = [
    ...new Set(records.flatMap((record) => (record.type === 'reply.opened' ? [record.data.customer] : []))),
  ];
  const people = [...tables.people.keys()].sort();
  return {
    replies: opened.map((id) => replies.get(id)),
    publications: opened.map((id) => publications.ofReply(id)),
    mentions: opened.map((id) => mentions.get(replies.get(id)!.mention)),
    owners: records.flatMap(({ sealed = [] }) => sealed.map(({ kid }) => keyOwners.get(kid))),
    found: records
      .filter(({ type }) => type === 'publication.attempted')
      .map(({ subject }) => publications.get(subject as `publication/${string}`)),
    open: [...replies.open()].map(({ id }) => id).sort(),
    onTheWay: [...replies.onTheWay()].map(({ id }) => id).sort(),
    all: ids([...replies.keys()]).sort(),
    counts: [replies.size, replies.closedCount],
    due: ids(replies.closed('due', 1000)),
    newest: ids(replies.closed('newest', 3)),
    published: ids(replies.closedPublishedSince('2020-01-01T00:00:00.000Z')).sort(),
    signed: people.map((person) => ids(replies.closedSignedSince(person, '2020-01-01T00:00:00.000Z')).sort()),
    held: ids(replies.closedHeld()).sort(),
    ofCustomers: customers.map((customer) => [ids(replies.ofCustomer(customer)), ids(replies.ofCustomer(customer, 1))]),
    newestOn: [...tables.channels.keys()].map((id) => [
      publications.newestOn(id, { isSucceeded: true }),
      publications.newestOn(id, { isSucceeded: false }),
    ]),
    people: byId(tables.people.values()),
    channels: byId(tables.channels.values()),
    templates: byId(tables.templates.values()),
    holds: byId(tables.holds.values()),
    erasures: [...tables.erasures].sort(([a], [b]) => (a < b ? -1 : 1)),
    cells: [tables.workspace, tables.policy, tables.pause, tables.clockJump, tables.lastVerification].map((cell) =>
      cell.get(),
    ),
  };
};

/** The journal, telling the place of each record that is read. */
export const journalWatched = (journal: Journal, onRead: (seq: number) => unknown): Journal => {
  const watched: Pick<Journal, 'read' | 'readFrom'> = {
    read: (seq) => {
      onRead(seq);
      return journal.read(seq);
    },
    *readFrom(from, to) {
      for (const record of journal.readFrom(from, to)) {
        onRead(record.seq);
        yield record;
      }
    },
  };
  return new Proxy(journal, {
    get: (target, name) => {
      if (name in watched) return watched[name as keyof typeof watched];
      const member = Reflect.get(target, name, target) as unknown;
      return typeof member === 'function' ? (member as () => unknown).bind(target) : member;
    },
  });
};

/** Snapshots of a journal in a folder of their own, opened and saved as the desk does. */
export class KeptTables {
  readonly folder: string;
  readonly #journal: Journal;
  readonly #storage: Storage;
  #snapshots: Snapshots | null = null;
  loaded: LoadedTables | null = null;
  readonly faults: unknown[] = [];

  constructor(journal: Journal, { folder = temporaryFolder(), storage = diskStorage } = {}) {
    this.#journal = journal;
    this.#storage = storage;
    this.folder = folder;
    for (const name of ['desk', 'archive']) mkdirSync(join(folder, name), { recursive: true });
  }

  get tables(): MemoryTables {
    if (!this.loaded) throw new Error('the tables are not open');
    return this.loaded.tables;
  }

  /** @returns the places of the records that were read for it */
  async open(): Promise<number[]> {
    const read: number[] = [];
    const journal = journalWatched(this.#journal, (seq) => read.push(seq));
    this.#snapshots = new Snapshots({ folder: this.folder, storage: this.#storage, journal, key: KEY });
    const onFault = (_message: string, error: unknown): void => void this.faults.push(error);
    this.loaded = await loadTables({ journal, snapshots: this.#snapshots, onFault });
    return read.splice(0);
  }

  save(isLast = false): void {
    for (const _ of this.pieces(isLast)) {
      // One after the other.
    }
  }

  pieces(isLast = false): Generator<undefined, void> {
    const { tables, archive } = this.loaded ?? {};
    if (!this.#snapshots || !tables || !archive) throw new Error('the tables are not open');
    return this.#snapshots.save({ tables, archive }, { isLast });
  }

  close(): void {
    this.loaded?.archive?.close();
    this.loaded = null;
  }
}
