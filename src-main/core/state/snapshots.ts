import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isIn } from '#workflows/step.ts';
import { MalformedFileError, openDatabase, writeDatabase } from '../../storage/database.ts';
import type { Storage } from '../../storage/storage.ts';
import { emptyTables, type MemoryTables, type ReplyEntry } from './tables.ts';

/** Raised whenever the tables or the machines change, so that an older snapshot is rebuilt. */
const SNAPSHOT_FORMAT = 3;

/** States whose replies no longer change by themselves and are kept by month. */
const CLOSED = ['closed', 'noResponse', 'merged', 'withdrawn'].map((name) => `work.${name}`);

const closedness = new WeakMap<ReplyEntry['state'], boolean>();

/** Asked of every reply by every count of a queue, so the answer is kept with the state, which never changes. */
export const isClosed = ({ state }: ReplyEntry): boolean => {
  const known = closedness.get(state);
  if (known !== undefined) return known;
  const isIt = CLOSED.some((path) => isIn(state.value, path));
  closedness.set(state, isIt);
  return isIt;
};

const sealedSnapshotSchema = z.strictObject({
  format: z.int(),
  /** Records that it takes in, and the root over them. */
  through: z.int(),
  root: z.string(),
  /** Of the months in `archive/` that belong to it. */
  archives: z.record(z.string(), z.string()),
  tables: z.unknown(),
  /** HMAC-SHA256 over all of the above: a snapshot that was edited is not read. */
  mac: z.string(),
});
type SealedSnapshot = z.infer<typeof sealedSnapshotSchema>;

const archiveSchema = z.strictObject({ replies: z.array(z.unknown()), mac: z.string() });

/** A month of the archive as it lies on the disk. */
interface Month {
  readonly entries: ReadonlySet<ReplyEntry>;
  readonly mac: string;
}

const NO_SNAPSHOT: SealedSnapshot = { format: 0, through: 0, root: '', archives: {}, tables: null, mac: '' };

interface PlainTables {
  workspace: unknown;
  people: unknown[];
  channels: unknown[];
  mentions: unknown[];
  replies: unknown[];
  publications: unknown[];
  templates: unknown[];
  policy: unknown;
  pause: unknown;
  holds: unknown[];
  erasures: unknown[];
  keyOwners: unknown[];
  clockJump: unknown;
  lastVerification: unknown;
}

const toPlain = (tables: MemoryTables): PlainTables => ({
  workspace: tables.workspace.get(),
  people: [...tables.people],
  channels: [...tables.channels],
  mentions: [...tables.mentions],
  replies: [...tables.replies].filter(([, entry]) => !isClosed(entry)),
  publications: [...tables.publications],
  templates: [...tables.templates],
  policy: tables.policy.get(),
  pause: tables.pause.get(),
  holds: [...tables.holds],
  erasures: [...tables.erasures],
  keyOwners: [...tables.keyOwners],
  clockJump: tables.clockJump.get(),
  lastVerification: tables.lastVerification.get(),
});

const fill = <Key, Value>(map: Map<Key, Value>, entries: readonly unknown[]): void => {
  for (const [key, value] of entries as readonly [Key, Value][]) map.set(key, value);
};

/** As replaying the journal would have filled it: screens are the same whatever a start read. */
const putInOrder = (replies: MemoryTables['replies']): void => {
  const inOrder = [...replies].sort(([, a], [, b]) => a.openedSeq - b.openedSeq);
  replies.clear();
  for (const [id, entry] of inOrder) replies.set(id, entry);
};

const fromPlain = (plain: PlainTables): MemoryTables => {
  const tables = emptyTables();
  tables.workspace.set(plain.workspace as ReturnType<typeof tables.workspace.get>);
  fill(tables.people, plain.people);
  fill(tables.channels, plain.channels);
  fill(tables.mentions, plain.mentions);
  fill(tables.replies, plain.replies);
  fill(tables.publications, plain.publications);
  fill(tables.templates, plain.templates);
  tables.policy.set(plain.policy as ReturnType<typeof tables.policy.get>);
  tables.pause.set(plain.pause as ReturnType<typeof tables.pause.get>);
  fill(tables.holds, plain.holds);
  fill(tables.erasures, plain.erasures);
  fill(tables.keyOwners, plain.keyOwners);
  tables.clockJump.set(plain.clockJump as ReturnType<typeof tables.clockJump.get>);
  tables.lastVerification.set(plain.lastVerification as ReturnType<typeof tables.lastVerification.get>);
  return tables;
};

/**
 * Snapshots of the tables in `desk/desk.json`, and of closed replies in `archive/<month>.json`. They only save time:
 * each may be deleted, and one that does not fit the journal is not used.
 */
export class Snapshots {
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #key: Uint8Array;
  /** What lies in `archive/`, by month, as this run wrote or read it. */
  readonly #months = new Map<string, Month>();

  /** @param key known to this workspace alone, 32 bytes */
  constructor(folder: string, storage: Storage, key: Uint8Array) {
    this.#folder = folder;
    this.#storage = storage;
    this.#key = key;
  }

  #macOf(value: unknown): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(value)).digest('hex');
  }

  #isSigned(value: unknown, mac: string): boolean {
    const expected = Buffer.from(this.#macOf(value));
    const actual = Buffer.from(mac);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }

  get #deskPath(): string {
    return join(this.#folder, 'desk', 'desk.json');
  }

  #desk() {
    const path = this.#deskPath;
    return openDatabase(path, { schema: sealedSnapshotSchema, initial: { ...NO_SNAPSHOT }, storage: this.#storage });
  }

  #archivePath(month: string): string {
    return join(this.#folder, 'archive', `${month}.json`);
  }

  #archive(month: string) {
    const path = this.#archivePath(month);
    return openDatabase(path, { schema: archiveSchema, initial: { replies: [], mac: '' }, storage: this.#storage });
  }

  /**
   * The newest snapshot that fits.
   * @param rootAt the journal's root over its first records; `null` beyond its end
   */
  load(rootAt: (size: number) => string | null): { tables: MemoryTables; through: number } | null {
    try {
      const { mac, ...rest } = this.#desk().data;
      if (rest.format !== SNAPSHOT_FORMAT || rest.through === 0) return null;
      if (!this.#isSigned(rest, mac) || rootAt(rest.through) !== rest.root) return null;
      const tables = fromPlain(rest.tables as PlainTables);
      const read = new Map<string, Month>();
      for (const [month, archiveMac] of Object.entries(rest.archives)) {
        const archive = this.#archive(month).data;
        if (archive.mac !== archiveMac || !this.#isSigned(archive.replies, archive.mac)) return null;
        fill(tables.replies, archive.replies);
        read.set(month, {
          entries: new Set(archive.replies.map((row) => (row as [string, ReplyEntry])[1])),
          mac: archiveMac,
        });
      }
      if (this.#months.size === 0) for (const [month, known] of read) this.#months.set(month, known);
      putInOrder(tables.replies);
      return { tables, through: rest.through };
    } catch (error) {
      if (error instanceof MalformedFileError) return null;
      throw error;
    }
  }

  /** Writes what the tables hold. Months whose closed replies did not change are neither read nor written. */
  save(tables: MemoryTables, through: number, root: string): void {
    const months = new Map<string, ReplyEntry[]>();
    for (const entry of tables.replies.values()) {
      if (!isClosed(entry)) continue;
      const month = entry.changedAt.slice(0, 7);
      const entries = months.get(month);
      if (entries) entries.push(entry);
      else months.set(month, [entry]);
    }
    const archives: Record<string, string> = {};
    for (const [month, entries] of months) archives[month] = this.#saveMonth(month, entries);
    this.#removeOtherMonths(months);
    const rest = { format: SNAPSHOT_FORMAT, through, root, archives, tables: toPlain(tables) };
    const data = { ...rest, mac: this.#macOf(rest) };
    writeDatabase(this.#deskPath, data, { schema: sealedSnapshotSchema, storage: this.#storage });
  }

  /** @returns the month's seal */
  #saveMonth(month: string, entries: readonly ReplyEntry[]): string {
    const known = this.#months.get(month);
    // Entries are never changed, only replaced.
    const isAsKnown = known?.entries.size === entries.length && entries.every((entry) => known.entries.has(entry));
    if (isAsKnown && existsSync(this.#archivePath(month))) return known.mac;
    const replies = entries.map((entry) => [entry.id, entry] as const);
    const mac = this.#macOf(replies);
    writeDatabase(this.#archivePath(month), { replies, mac }, { schema: archiveSchema, storage: this.#storage });
    this.#months.set(month, { entries: new Set(entries), mac });
    return mac;
  }

  #removeOtherMonths(months: ReadonlyMap<string, unknown>): void {
    for (const name of readdirSync(join(this.#folder, 'archive'))) {
      if (/^\d{4}-\d{2}\.json$/.test(name) && !months.has(name.slice(0, 7))) {
        this.#storage.remove(join(this.#folder, 'archive', name));
      }
    }
  }
}
