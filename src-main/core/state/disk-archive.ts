import { createHmac, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelId, CustomerId, MentionId, PersonId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import type { Time } from '#workflows/time.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Archive, ReplyBundle, ReplyKey, ReplyOrder } from './archive.ts';
import { ArchiveParts } from './archive-parts.ts';
import { isClosed, isHeld } from './closed.ts';
import { LookupDatabase, publishedAtOf, type ReplyRow } from './lookup-database.ts';
import type { MemoryTables } from './memory-tables.ts';
import { readMention, rebuildReply } from './rebuild-reply.ts';
import type { SealedFolder } from './sealed-file.ts';
import type { MentionEntry } from './tables.ts';

/** Raised whenever the rows change, so that an older database is built anew. */
const LOOKUP_FORMAT = 1;

const MAC_DIGITS = 64;

/** What the rows take in; sealed. */
interface LookupMeta {
  readonly format: number;
  /** Records that the journal had when they were saved, and the root over them. */
  readonly through: number;
  readonly root: string;
  readonly replies: number;
  readonly keyOwners: number;
}

const NOTHING: LookupMeta = { format: LOOKUP_FORMAT, through: 0, root: '', replies: 0, keyOwners: 0 };

export type JournalReading = Pick<Journal, 'placesOf' | 'read' | 'head' | 'size' | 'root'>;

export interface DiskArchiveOptions extends SealedFolder {
  /** Of the workspace. */
  readonly folder: string;
  readonly journal: JournalReading;
}

/** What is put away in one save. */
export interface ToPutAway {
  readonly bundles: readonly ReplyBundle[];
  /** In memory again: nothing of them is found in the archive any more. */
  readonly noMore: readonly ReplyId[];
  readonly keyOwners: readonly (readonly [string, CustomerId])[];
  readonly through: number;
  readonly root: string;
}

/**
 * Closed replies in `archive/`, found by `desk/lookup.db`. Nothing of it is trusted: a file must have the seal that was
 * written last, and a reply and its publications as many records as the journal has. What is missing or does not fit is
 * worked out from the journal, for that reply alone.
 */
export class DiskArchive implements Archive {
  position = 0;
  readonly #options: DiskArchiveOptions;
  readonly #parts: ArchiveParts;
  #lookup: LookupDatabase;
  #meta: LookupMeta;
  #tables: MemoryTables | null = null;

  private constructor(options: DiskArchiveOptions, lookup: LookupDatabase, meta: LookupMeta) {
    this.#options = options;
    this.#parts = new ArchiveParts(options.folder, options);
    this.#lookup = lookup;
    this.#meta = meta;
  }

  /**
   * The archive as it was saved.
   * @param least records that it must take in
   * @returns `null` when there is none that fits the journal
   */
  static restore(options: DiskArchiveOptions, least: number): DiskArchive | null {
    let lookup: LookupDatabase | null = null;
    try {
      // SQLite would make an empty one where there is none.
      closeSync(openSync(pathOf(options), 'r'));
      lookup = new LookupDatabase(pathOf(options));
      const meta = unsealed(lookup.meta(), options.key);
      if (meta && fits(meta, lookup, options.journal) && meta.through >= least) {
        return new DiskArchive(options, lookup, meta);
      }
    } catch {
      // A damaged database is as good as none: what it points at is in the journal.
    }
    lookup?.close();
    return null;
  }

  /** An empty archive in the place of any other; one that is gone when it is closed where nothing can be kept. */
  static create(options: DiskArchiveOptions): DiskArchive {
    const path = pathOf(options);
    try {
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
      // As every file of a workspace it is for its owner alone; SQLite would go by the process's mask.
      closeSync(openSync(path, 'wx', 0o600));
      const archive = new DiskArchive(options, new LookupDatabase(path), NOTHING);
      archive.#parts.clear();
      return archive;
    } catch {
      return new DiskArchive(options, new LookupDatabase(''), NOTHING);
    }
  }

  /** The tables that have what is not put away. */
  serve(tables: MemoryTables): void {
    this.#tables = tables;
  }

  /** Records that the journal had when anything was put away last. */
  get through(): number {
    return this.#meta.through;
  }

  get count(): number {
    return this.#meta.replies;
  }

  has(id: ReplyId): boolean {
    return this.#lookup.row(id) !== undefined;
  }

  bundle(id: ReplyId): { bundle: ReplyBundle; isFresh: boolean } | undefined {
    const row = this.#lookup.row(id);
    const stored = row && this.#stored(row);
    if (row && stored && this.#isCurrent(stored, row)) return { bundle: stored, isFresh: false };
    const bundle = rebuildReply(id, {
      journal: this.#options.journal,
      position: this.position,
      holds: this.#tables?.holds.values() ?? [],
      followers: [...this.#followersOf(id)],
    });
    return bundle && { bundle, isFresh: true };
  }

  *#followersOf(id: ReplyId): Iterable<ReplyId> {
    const atHand = new Set<ReplyId>();
    for (const { reply } of this.#tables?.replies.bundlesAtHand() ?? []) {
      atHand.add(reply.id);
      if (reply.follows === id) yield reply.id;
    }
    for (const follower of this.#lookup.following(id)) if (!atHand.has(follower)) yield follower;
  }

  #stored({ id, part: name }: ReplyRow): ReplyBundle | undefined {
    const part = this.#lookup.part(name);
    return part && this.#parts.read(part)?.get(id);
  }

  /** Whether it is as the journal has it at this place, and as its row says. */
  #isCurrent({ reply, publications }: ReplyBundle, row: ReplyRow): boolean {
    const isAsCounted = [reply, ...publications].every(({ id, version }) => this.#countOf(id) === version);
    return (
      isAsCounted &&
      reply.changedSeq < this.position &&
      reply.id === row.id &&
      reply.mention === row.mention &&
      reply.channel === row.channel &&
      reply.customer === row.customer &&
      reply.follows === row.follows &&
      reply.dueAt === row.dueAt &&
      reply.openedSeq === row.openedSeq &&
      reply.changedSeq === row.changedSeq &&
      publishedAtOf(reply) === row.published &&
      isClosed(reply) &&
      !isHeld(reply) &&
      !this.#wasHeldSince(reply)
    );
  }

  /** A hold is placed and lifted by records of its own, which are none of the reply's. */
  #wasHeldSince({ id, changedSeq }: ReplyBundle['reply']): boolean {
    for (const { seq, replies } of this.#tables?.holds.values() ?? []) {
      if (seq > changedSeq && replies.includes(id)) return true;
    }
    return false;
  }

  /** How many records of a subject the tables take in. */
  #countOf(subject: ReplyId | PublicationId): number {
    const { journal } = this.#options;
    if (this.position === journal.size) return journal.head(subject).count;
    return journal.placesOf(subject).filter((seq) => seq < this.position).length;
  }

  replyOf(publication: PublicationId): ReplyId | undefined {
    const known = this.#lookup.replyOf(publication);
    if (known) return known;
    const { journal } = this.#options;
    const first = journal.placesOf(publication)[0];
    if (first === undefined || first >= this.position) return undefined;
    return journal.read(first).data.reply as ReplyId;
  }

  mention(id: MentionId): MentionEntry | undefined {
    return readMention(id, { journal: this.#options.journal, position: this.position });
  }

  ownerOf(kid: string): CustomerId | undefined {
    return this.#lookup.ownerOf(kid);
  }

  first(order: ReplyOrder, most: number): ReplyKey[] {
    return this.#lookup.first(order, most);
  }

  publishedSince(at: Time): ReplyKey[] {
    return this.#lookup.publishedSince(at);
  }

  signedSince(person: PersonId, at: Time): ReplyKey[] {
    return this.#lookup.signedSince(person, at);
  }

  ofCustomer(customer: CustomerId, most: number): ReplyKey[] {
    return this.#lookup.ofCustomer(customer, most);
  }

  openedAfter(seq: number, most: number): ReplyKey[] {
    return this.#lookup.openedAfter(seq, most);
  }

  publicationsOn(channel: ChannelId, isSucceeded: boolean, most: number): { id: PublicationId; reply: ReplyId }[] {
    return this.#lookup.publicationsOn(channel, isSucceeded, most);
  }

  /**
   * Puts replies away, a file at a time, and then all their rows at once. When it fails, everything is found as before: a
   * file that was replaced meanwhile no longer counts, and its replies are worked out from the journal.
   */
  *putAway({ bundles, noMore, keyOwners, through, root }: ToPutAway): Generator<undefined, void> {
    const months = Map.groupBy(bundles, ({ reply }) => reply.changedAt.slice(0, 7));
    const written = [];
    for (const [month, own] of months) {
      const last = this.#lookup.lastPart(month);
      const isStillIn = (id: ReplyId): boolean => this.#lookup.row(id)?.part === last?.name;
      written.push(...(yield* this.#parts.add(month, own, { last, isStillIn, through, root })));
      yield;
    }
    const isNew = (id: ReplyId): boolean => !this.has(id);
    const replies =
      this.#meta.replies +
      bundles.filter(({ reply }) => isNew(reply.id)).length -
      noMore.filter((id) => !isNew(id)).length;
    const known = keyOwners.filter(([kid]) => this.#lookup.ownerOf(kid) !== undefined).length;
    const meta = {
      format: LOOKUP_FORMAT,
      through,
      root,
      replies,
      keyOwners: this.#meta.keyOwners + keyOwners.length - known,
    };
    this.#lookup.save({
      meta: sealed(meta, this.#options.key),
      putAway: written.flatMap(({ part, bundles: own }) => own.map((bundle) => ({ bundle, part: part.name }))),
      parts: written.map(({ part }) => part),
      noMore,
      keyOwners,
    });
    this.#meta = meta;
  }

  close(): void {
    this.#lookup.close();
  }
}

const pathOf = ({ folder }: DiskArchiveOptions): string => join(folder, 'desk', 'lookup.db');

const fits = (meta: LookupMeta, lookup: LookupDatabase, journal: JournalReading): boolean => {
  if (meta.format !== LOOKUP_FORMAT || meta.through > journal.size || meta.through === 0) return false;
  const { replies, keyOwners } = lookup.counts();
  return replies === meta.replies && keyOwners === meta.keyOwners && journal.root(meta.through) === meta.root;
};

const macOf = (text: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(`lookup\n${text}`).digest('hex');

const sealed = (meta: LookupMeta, key: Uint8Array): string => {
  const text = JSON.stringify(meta);
  return `${macOf(text, key)}${text}`;
};

const unsealed = (body: string | null, key: Uint8Array): LookupMeta | null => {
  if (body === null || body.length < MAC_DIGITS) return null;
  const text = body.slice(MAC_DIGITS);
  const expected = Buffer.from(macOf(text, key));
  const actual = Buffer.from(body.slice(0, MAC_DIGITS));
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  return JSON.parse(text) as LookupMeta;
};
