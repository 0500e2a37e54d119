import type { ReplyId } from '#workflows/identifiers.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import { isIn } from '#workflows/step.ts';
import { addMinutes, isFromFalseTime, type Time } from '#workflows/time.ts';
import type { MemoryTables } from '../core/state/memory-tables.ts';
import type { PublicationEntry, ReplyEntry } from '../core/state/tables.ts';

/** What the outbox has to do for a reply, and from when on. */
export type Task =
  | { readonly kind: 'send'; readonly reply: ReplyEntry; readonly due: Time }
  | {
      /** `interrupted`: an attempt without an outcome that is not under way here; whoever began it is gone. */
      readonly kind: 'interrupted' | 'lookUp' | 'readBack';
      readonly reply: ReplyEntry;
      readonly publication: PublicationEntry;
      readonly due: Time;
    };

export interface TaskOptions {
  readonly now: Time;
  readonly isUnderWay: (reply: ReplyEntry) => boolean;
  /** Nothing is done for a reply before this: what came to nothing last time is tried again later. */
  readonly notBefore: (reply: ReplyId) => Time;
}

/** A schedule that was missed by more than this, because the desk was closed, is not made up for. */
const SCHEDULE_GRACE_MINUTES = 10;

const WAITS_TO_BE_SENT = ['work.publishing.queued', 'work.publishing.backingOff', 'work.scheduled'];

/** Whether a reply stands in the outbox with nothing under way on the channel. */
export const waitsToBeSent = ({ state }: ReplyEntry): boolean =>
  WAITS_TO_BE_SENT.some((path) => isIn(state.value, path));

/** Whether nothing at all may be sent now: publishing is paused, or the clock leapt and nobody has confirmed it. */
export const isSendingOff = ({ pause, clockJump }: MemoryTables): boolean =>
  isPaused(pause.get().state) || clockJump.get() !== null;

/**
 * Whether a person must release it again: what stood in the outbox when publishing was paused, and what a schedule missed,
 * is never fired as a backlog.
 */
export const needsReleaseAgain = (tables: MemoryTables, reply: ReplyEntry, now: Time): boolean => {
  if (!waitsToBeSent(reply)) return false;
  const pause = tables.pause.get();
  const { value, context } = reply.state;
  if (isIn(value, 'work.scheduled')) {
    const { scheduledFor } = context;
    if (scheduledFor === null) return false;
    const wasMissedInPause = pause.resumedAt !== null && scheduledFor <= pause.resumedAt;
    return wasMissedInPause || now > addMinutes(scheduledFor, SCHEDULE_GRACE_MINUTES);
  }
  return pause.pausedSeq !== null && reply.releasedSeq !== null && reply.releasedSeq < pause.pausedSeq;
};

const latest = (one: Time, other: Time): Time => (one > other ? one : other);

/** When a reply that waits to be sent may be. */
const sendingTime = (tables: MemoryTables, { state }: ReplyEntry, now: Time): Time => {
  const { scheduledFor, publication } = state.context;
  if (isIn(state.value, 'work.scheduled')) return scheduledFor ?? now;
  if (!isIn(state.value, 'work.publishing.backingOff') || !publication) return now;
  const { attemptedAt = null, retryAt = null } = tables.publications.get(publication)?.state.context ?? {};
  // A wait that a clock began which has been corrected since would not end.
  return retryAt === null || (attemptedAt !== null && isFromFalseTime(attemptedAt, now)) ? now : retryAt;
};

const kindOfLook = (
  { state }: ReplyEntry,
  publication: PublicationEntry,
): 'interrupted' | 'lookUp' | 'readBack' | null => {
  const { value } = state;
  if (isIn(value, 'work.publishing.attempted')) return 'interrupted';
  if (isIn(value, 'work.publishing.reconciling')) return 'lookUp';
  const awaitsRemoval = isIn(value, 'work.takenDown') && publication.observation === null;
  return isIn(value, 'work.published.awaitingReadback') || awaitsRemoval ? 'readBack' : null;
};

/** What is to be done for a reply, due or not; `null` for nothing, and while something is under way. */
export const taskOf = (tables: MemoryTables, reply: ReplyEntry, options: TaskOptions): Task | null => {
  const { now, isUnderWay, notBefore } = options;
  if (isUnderWay(reply)) return null;
  if (waitsToBeSent(reply)) {
    if (isSendingOff(tables) || needsReleaseAgain(tables, reply, now)) return null;
    return { kind: 'send', reply, due: latest(sendingTime(tables, reply, now), notBefore(reply.id)) };
  }
  const { publication: id } = reply.state.context;
  const publication = id ? tables.publications.get(id) : undefined;
  const kind = publication ? kindOfLook(reply, publication) : null;
  return publication && kind ? { kind, reply, publication, due: notBefore(reply.id) } : null;
};

/** Everything that waits to be sent or looked at, due or not, except what is under way. */
export const tasksOf = (tables: MemoryTables, options: TaskOptions): Task[] =>
  [...tables.replies.onTheWay()].flatMap((reply) => taskOf(tables, reply, options) ?? []);
