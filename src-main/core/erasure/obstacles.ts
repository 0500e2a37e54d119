import { refuse, type Refusal } from '#workflows/errors.ts';
import type { CustomerId } from '#workflows/identifiers.ts';
import { isIn } from '#workflows/step.ts';
import type { Desk } from '../desk.ts';
import { isClosed } from '../state/closed.ts';
import type { HoldEntry, ReplyEntry } from '../state/tables.ts';
import { namesInRole } from '../viewer.ts';
import { dateInWords } from '../words.ts';
import { heldDataOf } from './held-data.ts';

/** Nothing more comes of the reply by itself: it is closed, or public and read back, or taken down and looked for. */
const isFinished = (desk: Desk, reply: ReplyEntry): boolean => {
  const { value, context } = reply.state;
  if (isIn(value, 'work.published')) return !isIn(value, 'work.published.awaitingReadback');
  if (!isIn(value, 'work.takenDown')) return isClosed(reply);
  const publication = context.publication ? desk.tables.publications.get(context.publication) : undefined;
  return publication?.observation !== null;
};

const heldBecause = (desk: Desk, { seq }: HoldEntry): Refusal => {
  const { actor, at } = desk.journal.read(seq);
  return refuse('ILLEGAL_TRANSITION', 'erasureHeld', {
    since: dateInWords(at),
    by: 'person' in actor ? desk.nameOf(actor.person) : '',
    who: namesInRole(desk, 'legal'),
  });
};

/** Why a customer cannot be erased as things stand; empty when nothing stands against it. */
export const obstaclesTo = (desk: Desk, customer: CustomerId): Refusal[] => {
  const { replies, holds } = heldDataOf(desk.tables, customer);
  const open = replies.filter((reply) => !isFinished(desk, reply)).length;
  return [
    ...holds.map((hold) => heldBecause(desk, hold)),
    ...(open > 0 ? [refuse('ILLEGAL_TRANSITION', 'erasureOpenReplies', { count: open })] : []),
  ];
};
