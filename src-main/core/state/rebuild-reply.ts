import type { MentionId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import type { Journal } from '../../journal/journal.ts';
import type { ReplyBundle } from './archive.ts';
import { evolve, RuleBrokenError } from './evolve.ts';
import { emptyTables } from './memory-tables.ts';
import type { HoldEntry, MentionEntry } from './tables.ts';

export interface RebuildContext {
  readonly journal: Pick<Journal, 'placesOf' | 'read'>;
  /** Records from here on are left out. */
  readonly position: number;
  readonly holds: Iterable<HoldEntry>;
  /** Replies that follow it, as far as they are known. */
  readonly followers: readonly ReplyId[];
}

const recordAt = ({ journal }: Pick<RebuildContext, 'journal'>, seq: number): KnownRecord | null => {
  const reading = readKnownRecord(journal.read(seq));
  return reading.ok ? reading.record : null;
};

/** A hold as if it were on this reply alone: the others are not there. */
const onlyFor = (record: KnownRecord, id: ReplyId): KnownRecord =>
  record.type === 'hold.placed' ? { ...record, data: { ...record.data, replies: [id] } } : record;

/**
 * Works out one reply and its publications from their records alone, as a replay of the whole journal would have.
 * @returns `undefined` where the journal has no such reply by then
 */
export const rebuildReply = (id: ReplyId, context: RebuildContext): ReplyBundle | undefined => {
  const { journal, position, holds, followers } = context;
  const placesOf = (subject: Parameters<Journal['placesOf']>[0]): number[] =>
    journal.placesOf(subject).filter((seq) => seq < position);
  const own = placesOf(id);
  const publications = new Set<PublicationId>();
  for (const seq of own) {
    const record = recordAt(context, seq);
    if (record?.type === 'reply.released' || record?.type === 'reply.scheduled') {
      publications.add(record.data.publication);
    }
  }
  const held = [...holds].filter(({ replies }) => replies.includes(id)).map((hold) => hold.id);
  const places = [
    ...own,
    ...[...publications, ...held].flatMap(placesOf),
    ...followers.flatMap((follower) => placesOf(follower).slice(0, 1)),
  ].sort((a, b) => a - b);
  const tables = emptyTables();
  for (const seq of places) {
    const record = recordAt(context, seq);
    try {
      if (record) evolve(tables, onlyFor(record, id));
    } catch (error) {
      // As at a start: what breaks a rule changes nothing.
      if (!(error instanceof RuleBrokenError)) throw error;
    }
  }
  const reply = tables.replies.get(id);
  return reply && { reply, publications: tables.publications.ofReply(id) };
};

/** What was captured, from its one record; `undefined` where the journal does not have it by then. */
export const readMention = (
  id: MentionId,
  context: Pick<RebuildContext, 'journal' | 'position'>,
): MentionEntry | undefined => {
  const seq = context.journal.placesOf(id).findLast((place) => place < context.position);
  const record = seq === undefined ? null : recordAt(context, seq);
  if (record?.type !== 'mention.captured') return undefined;
  const tables = emptyTables();
  evolve(tables, record);
  return tables.mentions.get(id);
};
