import type { PublicationView } from '#workflows/contract/reply.contract.ts';
import { sealedObservationSchema } from '#workflows/publication/publication.records.ts';
import { isIn } from '#workflows/step.ts';
import { needsReleaseAgain } from '../../publishing/send-queue.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { PublicationEntry, ReplyEntry } from '../state/tables.ts';

/** The newest publication of a reply; `null` before the first release. */
export const newestPublication = (desk: DeskReading, entry: ReplyEntry): PublicationEntry | null => {
  let newest: PublicationEntry | null = null;
  for (const publication of desk.tables.publications.ofReply(entry.id)) {
    if (publication.payloadSeq >= (newest?.payloadSeq ?? 0)) newest = publication;
  }
  return newest;
};

const STATES = ['queued', 'attempted', 'backingOff', 'reconciling', 'failed', 'succeeded'] as const;

const observedText = (desk: DeskReading, seq: number): string | null => {
  const sealed = desk.seals.open(desk.journal.read(seq), sealedObservationSchema);
  const text = sealed?.observed.text;
  return typeof text === 'string' ? text : null;
};

const readbackOf = (desk: DeskReading, { observation }: PublicationEntry): PublicationView['readback'] =>
  observation
    ? {
        outcome: observation.outcome,
        at: observation.at,
        observedText: observation.outcome === 'drifted' ? observedText(desk, observation.seq) : null,
      }
    : null;

/** What became of the newest release; `null` when there was none. */
export const publicationView = (desk: DeskReading, entry: ReplyEntry): PublicationView | null => {
  const { publication: id } = entry.state.context;
  const known = newestPublication(desk, entry);
  const waits = isIn(entry.state.value, 'work.publishing') || isIn(entry.state.value, 'work.scheduled');
  const mustReleaseAgain = waits && needsReleaseAgain(desk.tables, entry, desk.now());
  if (!known || (id !== null && known.id !== id)) {
    return id === null
      ? null
      : {
          id,
          operation: entry.state.context.operation,
          state: 'queued',
          attempts: 0,
          attemptedAt: null,
          cause: null,
          retryAt: null,
          needsReleaseAgain: mustReleaseAgain,
          needsPerson: false,
          blockedBecause: desk.outbox.blockedBecause(entry.id),
          receipt: null,
          readback: null,
        };
  }
  const { context, value } = known.state;
  const look = desk.outbox.nextLook(entry.id);
  const isLookedUp = isIn(value, 'reconciling') || isIn(value, 'succeeded.awaitingReadback');
  return {
    id: known.id,
    operation: known.operation,
    state: STATES.find((state) => isIn(value, state)) ?? 'queued',
    attempts: context.attempts,
    attemptedAt: context.attemptedAt,
    cause: known.cause,
    retryAt: isLookedUp ? (look?.at ?? null) : context.retryAt,
    needsReleaseAgain: mustReleaseAgain,
    blockedBecause: desk.outbox.blockedBecause(entry.id),
    needsPerson: isIn(value, 'reconciling') && look?.needsPerson === true,
    receipt: known.receipt,
    readback: readbackOf(desk, known),
  };
};
