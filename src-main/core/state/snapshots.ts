import { join } from 'node:path';
import type { ReplyId } from '#workflows/identifiers.ts';
import { DeskParts, type DeskPart } from './desk-parts.ts';
import { fillTables, rowsOf, type DeskRow } from './desk-rows.ts';
import { DiskArchive, type DiskArchiveOptions, type ToPutAway } from './disk-archive.ts';
import { emptyTables, type MemoryTables } from './memory-tables.ts';
import { readSealed, writeSealed } from './sealed-file.ts';

/** Raised whenever the tables or the machines change, so that an older snapshot is rebuilt. */
const SNAPSHOT_FORMAT = 5;

/** So many closed replies come together before they are put away. */
const ENOUGH_CLOSED = 16;

const HEAD = 'desk';

/** `desk/desk.json`, written last: what it does not name does not count. */
interface Head {
  readonly format: number;
  /** Records that it takes in, and the root over them. */
  readonly through: number;
  readonly root: string;
  /** Records that the rows of the archive take in at least; 0 while nothing was put away. */
  readonly archivedThrough: number;
  readonly parts: readonly DeskPart[];
}

/** Tables, and how many records they take in. */
export interface StoredTables {
  readonly tables: MemoryTables;
  readonly archive: DiskArchive;
  readonly through: number;
}

export interface SaveOptions {
  /** All closed replies are put away, however few they are. */
  readonly isLast: boolean;
}

/**
 * Snapshots of the tables: what is in memory in files of `desk/`, closed replies in `archive/`. They only save time: each may
 * be deleted, and what does not fit the journal is not used.
 */
export class Snapshots {
  readonly #options: DiskArchiveOptions;
  readonly #parts: DeskParts;

  constructor(options: DiskArchiveOptions) {
    this.#options = options;
    this.#parts = new DeskParts(options.folder, options);
  }

  get #path(): string {
    return join(this.#options.folder, 'desk', `${HEAD}.json`);
  }

  /** The newest snapshot, or empty tables where there is none that fits the journal. */
  load(): StoredTables {
    const stored = this.#stored();
    this.#parts.sweep();
    if (stored) return stored;
    const archive = DiskArchive.create(this.#options);
    const tables = emptyTables(archive);
    archive.serve(tables);
    return { tables, archive, through: 0 };
  }

  #stored(): StoredTables | null {
    const head = this.#head();
    const rows = head && this.#parts.read(head.parts);
    const archive = rows && this.#archiveOf(head);
    if (!archive) {
      this.#parts.read([]);
      return null;
    }
    archive.position = head.through;
    const tables = emptyTables(archive);
    archive.serve(tables);
    fillTables(rows, tables);
    this.#parts.takeAsRead(rowsOf(tables, new Set()));
    return { tables, archive, through: head.through };
  }

  #head(): Head | null {
    const { journal } = this.#options;
    try {
      const head = readSealed(this.#path, HEAD, this.#options)?.content as Head | undefined;
      if (head?.format !== SNAPSHOT_FORMAT || head.through > journal.size) return null;
      return journal.root(head.through) === head.root ? head : null;
    } catch {
      // What cannot be read is as good as none: the journal is read instead.
      return null;
    }
  }

  #archiveOf({ archivedThrough }: Head): DiskArchive | null {
    const archive = DiskArchive.restore(this.#options, archivedThrough);
    return archive ?? (archivedThrough === 0 ? DiskArchive.create(this.#options) : null);
  }

  /**
   * Writes what the tables hold now, piece by piece; others have their turn where it yields, and what changes meanwhile is
   * left to the next save. Closed replies that were put away leave the memory.
   * @throws what the disk throws; what was saved before then still counts
   */
  *save(
    { tables, archive }: Pick<StoredTables, 'tables' | 'archive'>,
    { isLast }: SaveOptions,
  ): Generator<undefined, void> {
    const { journal } = this.#options;
    const through = archive.position;
    const root = journal.root(through);
    const toPutAway = whatToPutAway(tables, isLast);
    const bundles = new Set<ReplyId>(toPutAway.bundles.map(({ reply }) => reply.id));
    const rows = new Map<string, DeskRow>();
    for (const row of rowsOf(tables, bundles)) rows.set(row.key, row);
    const mentions = tables.mentions.fresh();
    yield;
    if (isAnything(toPutAway)) {
      yield* archive.putAway({ ...toPutAway, through, root });
      tables.replies.wasPutAway(bundles, toPutAway.noMore);
      tables.keyOwners.letGo(toPutAway.keyOwners);
      yield;
    }
    const { parts, done } = yield* this.#parts.write(rows);
    const head: Head = { format: SNAPSHOT_FORMAT, through, root, archivedThrough: archive.through, parts };
    writeSealed(this.#path, head, { ...this.#options, name: HEAD });
    for (const bundle of toPutAway.bundles) tables.replies.letGo(bundle);
    tables.mentions.letGo(mentions);
    yield;
    done();
  }
}

type Gathered = Omit<ToPutAway, 'through' | 'root'>;

const isAnything = ({ bundles, noMore, keyOwners }: Gathered): boolean =>
  bundles.length + noMore.length + keyOwners.length > 0;

const whatToPutAway = ({ replies, keyOwners }: MemoryTables, isLast: boolean): Gathered => {
  const isEnough = isLast || replies.closedAtHand >= ENOUGH_CLOSED;
  const bundles = isEnough ? [...replies.toPutAway()] : [];
  const away = new Set(bundles.map(({ reply }) => reply.id));
  return { bundles, noMore: [...replies.twice].filter((id) => !away.has(id)), keyOwners: keyOwners.fresh() };
};
