import type { CustomerId, PersonId, ReplyId } from '#workflows/identifiers.ts';
import { isIn } from '#workflows/step.ts';
import type { Time } from '#workflows/time.ts';
import type { Archive, ReplyBundle, ReplyKey, ReplyOrder } from './archive.ts';
import { isClosed, isHeld } from './closed.ts';
import type { PublicationTable, RepliesAtHand } from './publication-table.ts';
import type { PublicationEntry, ReplyEntry, Table } from './tables.ts';

const ON_THE_WAY = ['work.scheduled', 'work.publishing', 'work.published.awaitingReadback', 'work.takenDown'];

/** So many keys are read at once where all are wanted. */
const KEYS_AT_ONCE = 500;

const byDue = (a: ReplyKey, b: ReplyKey): number =>
  a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1;

const byNewest = (a: ReplyKey, b: ReplyKey): number => b.changedSeq - a.changedSeq;

/** The orders of lists. */
export const inOrder: Record<ReplyOrder, (a: ReplyKey, b: ReplyKey) => number> = { due: byDue, newest: byNewest };

/** A closed reply was published since then. */
const isPublishedSince = ({ state }: ReplyEntry, at: Time): boolean =>
  state.context.publishedHash !== null && (state.context.publishedAt ?? '') >= at;

/** The times at which people approved a reply or gave it back, as far as that still counts. */
export const signaturesOn = ({ approvals, returned }: ReplyEntry): { by: PersonId; at: Time }[] =>
  [...Object.values(approvals), ...(returned ? [returned] : [])].map(({ by, at }) => ({ by, at }));

/** Whether a person approved a reply or gave it back since then. */
export const isSignedSince = (entry: ReplyEntry, person: PersonId, at: Time): boolean =>
  signaturesOn(entry).some((signature) => signature.by === person && signature.at >= at);

/**
 * All replies. Open ones and those under a hold are in memory, and the closed ones that were not put away yet; the others are
 * found in the archive, where there is one. An entry that was put away comes back to memory when it changes.
 */
export class ReplyTable implements Table<ReplyId, ReplyEntry>, RepliesAtHand {
  readonly #atHand = new Map<ReplyId, ReplyEntry>();
  readonly #open = new Set<ReplyId>();
  readonly #onTheWay = new Set<ReplyId>();
  /** At hand, and put away as they were before. */
  readonly #twice = new Set<ReplyId>();
  readonly #publications: PublicationTable;
  readonly #archive: Archive | null;

  constructor(archive: Archive | null, publications: PublicationTable) {
    this.#archive = archive;
    this.#publications = publications;
  }

  get(id: ReplyId): ReplyEntry | undefined {
    return this.#atHand.get(id) ?? this.#away(id)?.reply;
  }

  set(id: ReplyId, entry: ReplyEntry): void {
    if (!this.#atHand.has(id)) {
      this.bringBack(id);
      // A row may be of a later save than the place that a replay has come to: the reply is still at its beginning here.
      if (this.#archive?.has(id)) this.#twice.add(id);
    }
    this.#keep(entry);
  }

  #keep(entry: ReplyEntry): void {
    const { id } = entry;
    this.#atHand.set(id, entry);
    if (ON_THE_WAY.some((path) => isIn(entry.state.value, path))) this.#onTheWay.add(id);
    else this.#onTheWay.delete(id);
    if (isClosed(entry)) this.#open.delete(id);
    else this.#open.add(id);
  }

  #away(id: ReplyId): ReplyBundle | undefined {
    const found = this.#archive?.bundle(id);
    if (found?.isFresh) this.keepBundle(found.bundle);
    return found?.bundle;
  }

  isAtHand(id: ReplyId): boolean {
    return this.#atHand.has(id);
  }

  get putAwayAtHand(): number {
    return this.#twice.size;
  }

  bringBack(id: ReplyId): void {
    if (!this.#archive || this.#atHand.has(id)) return;
    const bundle = this.#archive.has(id) ? this.#away(id) : undefined;
    if (bundle) this.keepBundle(bundle);
  }

  publicationsAway(id: ReplyId): readonly PublicationEntry[] {
    return this.#atHand.has(id) ? [] : (this.#away(id)?.publications ?? []);
  }

  /** Takes a reply in with its publications, as they were stored. */
  keepBundle({ reply, publications }: ReplyBundle): void {
    if (this.#archive?.has(reply.id)) this.#twice.add(reply.id);
    for (const publication of publications) this.#publications.keep(publication);
    this.#keep(reply);
  }

  /** Everything that is in memory. */
  *bundlesAtHand(): Iterable<ReplyBundle> {
    for (const reply of this.#atHand.values()) {
      yield { reply, publications: this.#publications.ofReply(reply.id) };
    }
  }

  /** Those in memory that were put away as they were before: what was put away is not to be found any more. */
  get twice(): ReadonlySet<ReplyId> {
    return this.#twice;
  }

  /** Told of what the archive has now, and has no more. */
  wasPutAway(now: Iterable<ReplyId>, noMore: Iterable<ReplyId>): void {
    for (const id of now) this.#twice.add(id);
    for (const id of noMore) this.#twice.delete(id);
  }

  /** Lets go of what was put away and has not changed since. */
  letGo({ reply, publications }: ReplyBundle): void {
    const { id } = reply;
    const own = this.#publications.ofReply(id);
    const isSame = own.length === publications.length && own.every((entry, index) => entry === publications[index]);
    if (this.#atHand.get(id) !== reply || !isSame) return;
    this.#atHand.delete(id);
    this.#open.delete(id);
    this.#onTheWay.delete(id);
    this.#twice.delete(id);
    this.#publications.letGo(id);
  }

  /** Those that are not closed. */
  *open(): Iterable<ReplyEntry> {
    for (const id of this.#open) {
      const entry = this.#atHand.get(id);
      if (entry) yield entry;
    }
  }

  /** Scheduled, being published or read back, or taken down. */
  *onTheWay(): Iterable<ReplyEntry> {
    for (const id of this.#onTheWay) {
      const entry = this.#atHand.get(id);
      if (entry) yield entry;
    }
  }

  /** All of them. */
  get size(): number {
    return this.#atHand.size - this.#twice.size + (this.#archive?.count ?? 0);
  }

  get closedCount(): number {
    return this.size - this.#open.size;
  }

  /** Closed replies that are in memory and could be put away: those under a hold stay. */
  *toPutAway(): Iterable<ReplyBundle> {
    if (this.#atHand.size === this.#open.size) return;
    for (const reply of this.#closedAtHand()) {
      if (!isHeld(reply)) yield { reply, publications: this.#publications.ofReply(reply.id) };
    }
  }

  /** How many closed replies are in memory. */
  get closedAtHand(): number {
    return this.#atHand.size - this.#open.size;
  }

  *#closedAtHand(): Iterable<ReplyEntry> {
    for (const [id, entry] of this.#atHand) if (!this.#open.has(id)) yield entry;
  }

  #withAway(atHand: readonly ReplyEntry[], away: readonly ReplyKey[] | undefined): ReplyKey[] {
    return [...atHand, ...(away ?? []).filter(({ id }) => !this.#atHand.has(id))];
  }

  /** The first closed ones in an order. */
  closed(order: ReplyOrder, most: number): ReplyKey[] {
    const away = this.#archive?.first(order, most + this.#twice.size);
    return this.#withAway([...this.#closedAtHand()], away)
      .sort(inOrder[order])
      .slice(0, most);
  }

  /** Closed ones that were published since then. */
  closedPublishedSince(at: Time): ReplyKey[] {
    const atHand = [...this.#closedAtHand()].filter((entry) => isPublishedSince(entry, at));
    return this.#withAway(atHand, this.#archive?.publishedSince(at));
  }

  /** Closed ones that a person approved or gave back since then. */
  closedSignedSince(person: PersonId, at: Time): ReplyKey[] {
    const atHand = [...this.#closedAtHand()].filter((entry) => isSignedSince(entry, person, at));
    return this.#withAway(atHand, this.#archive?.signedSince(person, at));
  }

  /** Closed ones under a hold. */
  closedHeld(): ReplyKey[] {
    return [...this.#closedAtHand()].filter(isHeld);
  }

  /** Replies to a customer, the newest first. */
  ofCustomer(customer: CustomerId, most = Number.MAX_SAFE_INTEGER): ReplyKey[] {
    const atHand = [...this.#atHand.values()].filter((entry) => entry.customer === customer);
    const limit = Math.min(Number.MAX_SAFE_INTEGER, most + this.#twice.size);
    const away = this.#archive?.ofCustomer(customer, limit);
    return this.#withAway(atHand, away)
      .sort((a, b) => b.openedSeq - a.openedSeq)
      .slice(0, most);
  }

  /** Every reply, in no order, read piece by piece: for what may take its time and lets others have their turn. */
  *keys(): Iterable<ReplyKey> {
    const atHand = [...this.#atHand.values()];
    const known = new Set(atHand.map(({ id }) => id));
    yield* atHand;
    let last = -1;
    for (;;) {
      const away = this.#archive?.openedAfter(last, KEYS_AT_ONCE) ?? [];
      for (const key of away) if (!known.has(key.id)) yield key;
      const end = away.at(-1);
      if (!end) return;
      last = end.openedSeq;
    }
  }
}
