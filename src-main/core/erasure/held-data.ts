import type { CustomerId, HoldId, ReplyId, Subject } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { Journal } from '../../journal/journal.ts';
import type { MemoryTables } from '../state/memory-tables.ts';
import type { HoldEntry, PublicationEntry, ReplyEntry } from '../state/tables.ts';

/** Everything of the desk that belongs to one customer. */
export interface HeldData {
  readonly replies: readonly ReplyEntry[];
  readonly publications: readonly PublicationEntry[];
  /** Holds that are in force. */
  readonly holds: readonly HoldEntry[];
}

/** The oldest first. */
export const repliesTo = (tables: MemoryTables, customer: CustomerId): ReplyEntry[] =>
  tables.replies
    .ofCustomer(customer)
    .reverse()
    .flatMap(({ id }) => tables.replies.get(id) ?? []);

export const heldDataOf = (tables: MemoryTables, customer: CustomerId): HeldData => {
  const replies = repliesTo(tables, customer);
  const ids = new Set<ReplyId>(replies.map(({ id }) => id));
  return {
    replies,
    publications: replies.flatMap(({ id }) => tables.publications.ofReply(id)),
    holds: [...tables.holds.values()].filter(
      ({ replies: held, isLifted }) => !isLifted && held.some((id) => ids.has(id)),
    ),
  };
};

const isOnlyOf = (tables: MemoryTables, { sealed }: JournalRecord, customer: CustomerId): boolean =>
  (sealed ?? []).length > 0 && (sealed ?? []).every(({ kid }) => tables.keyOwners.get(kid) === customer);

/** The evidence files that hold the customer's data, from the records that name them; each once. */
export const filesOf = (
  { tables, journal }: { tables: MemoryTables; journal: Journal },
  customer: CustomerId,
): string[] => {
  const { replies, publications } = heldDataOf(tables, customer);
  const ids = new Set(replies.map(({ id }) => id));
  const holds: HoldId[] = [...tables.holds.values()]
    .filter((hold) => hold.replies.some((reply) => ids.has(reply)))
    .map(({ id }) => id);
  const subjects: Subject[] = [
    customer,
    ...replies.flatMap(({ mention, id }) => [mention, id]),
    ...publications.map(({ id }) => id),
    ...holds,
  ];
  const names = subjects
    .flatMap((subject) => [...journal.placesOf(subject)])
    .map((seq) => journal.read(seq))
    .filter((record) => record.type !== 'subject.erased' && isOnlyOf(tables, record, customer))
    .flatMap(({ data }) => (Array.isArray(data.evidence) ? (data.evidence as string[]) : []));
  return [...new Set(names)];
};
