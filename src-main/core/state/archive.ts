import type { ChannelId, CustomerId, MentionId, PersonId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import type { Time } from '#workflows/time.ts';
import type { MentionEntry, PublicationEntry, ReplyEntry } from './tables.ts';

/** Everything that is put away with a reply. What the customer posted is one record, and read from the journal. */
export interface ReplyBundle {
  readonly reply: ReplyEntry;
  /** The oldest first. */
  readonly publications: readonly PublicationEntry[];
}

/** What lists and counts need of a reply, without reading it. */
export type ReplyKey = Pick<
  ReplyEntry,
  'id' | 'mention' | 'channel' | 'customer' | 'dueAt' | 'openedSeq' | 'changedSeq'
>;

export type ReplyOrder = 'due' | 'newest';

/** Closed replies that were put away from memory. What it gives is as a replay of the journal would have made it. */
export interface Archive {
  /** Records that the tables take in: nothing newer is shown. Set by whoever fills them. */
  position: number;
  /** How many replies were put away. */
  readonly count: number;
  /** @returns `isFresh` when it had to be worked out from the journal, and is to be put away again */
  bundle(id: ReplyId): { readonly bundle: ReplyBundle; readonly isFresh: boolean } | undefined;
  has(id: ReplyId): boolean;
  /** The reply of a publication that was put away. */
  replyOf(publication: PublicationId): ReplyId | undefined;
  mention(id: MentionId): MentionEntry | undefined;
  ownerOf(kid: string): CustomerId | undefined;
  /** The first of all in an order. */
  first(order: ReplyOrder, most: number): ReplyKey[];
  publishedSince(at: Time): ReplyKey[];
  /** Those that a person approved or gave back since then. */
  signedSince(person: PersonId, at: Time): ReplyKey[];
  /** The newest first. */
  ofCustomer(customer: CustomerId, most: number): ReplyKey[];
  /** In the order in which they were opened, so many after the one that was opened by a record. */
  openedAfter(seq: number, most: number): ReplyKey[];
  /** Publications on a channel by their newest attempt, the newest first. */
  publicationsOn(channel: ChannelId, isSucceeded: boolean, most: number): { id: PublicationId; reply: ReplyId }[];
}
