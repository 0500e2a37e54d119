import type { LogRow } from '#workflows/contract/journal.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { kindOf, type CustomerId, type ReplyId } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import type { Desk } from '../desk.ts';
import { replyOf } from '../log-index.ts';
import { handleOfCustomer } from './erasure-view.ts';
import { storyValues } from './story.ts';

/** @throws RefusalError `DATA_TOO_NEW` for a type that this program does not know */
export const requireKnown = (record: JournalRecord): KnownRecord => {
  const reading = readKnownRecord(record);
  if (!reading.ok) throw new RefusalError(refuse('DATA_TOO_NEW', 'recordNotKnown'));
  return reading.record;
};

/** The handle of the customer whom a reply answers; `null` once it is erased. */
export const handleOfReply = (desk: Desk, reply: ReplyId): string | null => {
  const entry = desk.tables.replies.get(reply);
  return entry ? (desk.texts.capture(entry.mention)?.capture.post.author.handle ?? null) : null;
};

/** What a record is about, in words: the customer's handle, a template's or person's name. */
export const aboutOf = (desk: Desk, record: KnownRecord): LogRow['on'] => {
  const reply = replyOf(record);
  if (reply) return { kind: 'reply', name: handleOfReply(desk, reply) };
  if (kindOf(record.subject) === 'customer') {
    return { kind: 'customer', name: handleOfCustomer(desk, record.subject as CustomerId) };
  }
  const { name } = storyValues(desk, record);
  return { kind: kindOf(record.subject), name: typeof name === 'string' && name !== '' ? name : null };
};

/** The channel that a record speaks of, by itself or through its reply. */
export const channelOf = (desk: Desk, record: KnownRecord): string | null => {
  const reply = replyOf(record);
  const channel =
    (reply ? desk.tables.replies.get(reply)?.channel : undefined) ??
    ('channel' in record.data ? record.data.channel : undefined) ??
    (kindOf(record.subject) === 'channel' ? record.subject : undefined);
  return channel === undefined ? null : (desk.tables.channels.get(channel as `channel/${string}`)?.name ?? null);
};
