import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { Desk } from '../desk.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { requireReply } from '../views/reply-view.ts';

/**
 * Records on a reply that change nothing about what another person was about to decide: one may act on a view that is
 * older than them.
 */
const HARMLESS: ReadonlySet<string> = new Set(['reply.approved', 'reply.escalated', 'reply.breached', 'reply.claimed']);

/**
 * The reply that a command is about, as it stands, whether or not its customer was erased.
 * @param version records on the reply that the person had seen
 * @throws RefusalError `NOT_FOUND`, or `VERSION_CONFLICT` when something has happened that they had not seen
 */
export const targetOfAny = (desk: Desk, { reply, version }: { reply: ReplyId; version: number }): ReplyEntry => {
  const entry = requireReply(desk, reply);
  const unseen = desk.journal.placesOf(reply).slice(version);
  const isChanged = unseen.some((seq) => !HARMLESS.has(desk.journal.read(seq).type));
  if (isChanged || version > entry.version) throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
  return entry;
};

/** The same, for what needs the customer's words or could ask for them later. @throws RefusalError `NOT_FOUND` when they were erased */
export const targetReply = (desk: Desk, target: { reply: ReplyId; version: number }): ReplyEntry => {
  const entry = targetOfAny(desk, target);
  refuseErased(desk, entry);
  return entry;
};

/** @throws RefusalError `NOT_FOUND` when the customer of a reply was erased */
export const refuseErased = (desk: Desk, { customer }: ReplyEntry): void => {
  if (isErased(desk.tables.erasures.get(customer))) throw new RefusalError(refuse('NOT_FOUND', 'customerErased'));
};
