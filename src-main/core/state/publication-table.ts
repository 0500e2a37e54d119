import type { ChannelId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import type { Archive } from './archive.ts';
import type { PublicationEntry, Table } from './tables.ts';

/** Where the replies are: publications are in memory with theirs, or put away with it. */
export interface RepliesAtHand {
  /** Whether a reply is in memory, and how many are that were put away as well. */
  isAtHand(reply: ReplyId): boolean;
  readonly putAwayAtHand: number;
  /** Brings a reply that was put away back to memory, with its publications. */
  bringBack(reply: ReplyId): void;
  /** Publications of a reply that was put away. */
  publicationsAway(reply: ReplyId): readonly PublicationEntry[];
}

const isNewer = (one: PublicationEntry, other: PublicationEntry | undefined): boolean =>
  other === undefined || one.attemptSeq >= other.attemptSeq;

/** All publications: those of the replies at hand in memory, the others with the replies that were put away. */
export class PublicationTable implements Table<PublicationId, PublicationEntry> {
  readonly #atHand = new Map<PublicationId, PublicationEntry>();
  readonly #ofReply = new Map<ReplyId, Map<PublicationId, PublicationEntry>>();
  readonly #archive: Archive | null;
  readonly #replies: () => RepliesAtHand;

  constructor(archive: Archive | null, replies: () => RepliesAtHand) {
    this.#archive = archive;
    this.#replies = replies;
  }

  get(id: PublicationId): PublicationEntry | undefined {
    const known = this.#atHand.get(id);
    if (known || !this.#archive) return known;
    const reply = this.#archive.replyOf(id);
    return reply === undefined ? undefined : this.ofReply(reply).find((entry) => entry.id === id);
  }

  set(_id: PublicationId, entry: PublicationEntry): void {
    this.#replies().bringBack(entry.reply);
    this.keep(entry);
  }

  /** As `set`, for a reply that is at hand or being brought there. */
  keep(entry: PublicationEntry): void {
    this.#atHand.set(entry.id, entry);
    const own = this.#ofReply.get(entry.reply);
    if (own) own.set(entry.id, entry);
    else this.#ofReply.set(entry.reply, new Map([[entry.id, entry]]));
  }

  /** Lets go of a reply's publications, which were put away. */
  letGo(reply: ReplyId): void {
    for (const id of this.#ofReply.get(reply)?.keys() ?? []) this.#atHand.delete(id);
    this.#ofReply.delete(reply);
  }

  /** The publications of a reply, the oldest first. */
  ofReply(reply: ReplyId): readonly PublicationEntry[] {
    const own = this.#ofReply.get(reply);
    if (own) return [...own.values()];
    return this.#archive ? this.#replies().publicationsAway(reply) : [];
  }

  /** The one with the newest attempt on a channel; of those that succeeded, if wanted. */
  newestOn(channel: ChannelId, { isSucceeded }: { isSucceeded: boolean }): PublicationEntry | undefined {
    let newest: PublicationEntry | undefined;
    for (const entry of this.#atHand.values()) {
      if (entry.channel !== channel || (isSucceeded && entry.succeededSeq === null)) continue;
      if (isNewer(entry, newest)) newest = entry;
    }
    const replies = this.#replies();
    const away = this.#archive
      ?.publicationsOn(channel, isSucceeded, replies.putAwayAtHand + 1)
      .find(({ reply }) => !replies.isAtHand(reply));
    const found = away ? this.get(away.id) : undefined;
    return found && isNewer(found, newest) ? found : newest;
  }
}
