import type { ReplyId } from '#workflows/identifiers.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import { isIn } from '#workflows/step.ts';
import { addMinutes, type Time } from '#workflows/time.ts';
import type { MemoryTables, PublicationEntry, ReplyEntry } from '../core/state/tables.ts';

/** What the outbox has to do for a reply, and from when on. */
export type Task =
  | { readonly kind: 'send'; readonly reply: ReplyEntry; readonly due: Time }
  /** An attempt without an outcome that is not under way here: whoever began it is gone. */
  | {
      readonly kind: 'interrupted';
      readonly reply: ReplyEntry;
      readonly publication: PublicationEntry;
      readonly due: Time;
    }
  | { readonly kind: 'lookUp'; readonly reply: ReplyEntry; readonly publication: PublicationEntry; readonly due: Time }
  | {
      readonly kind: 'readBack';
      readonly reply: ReplyEntry;
      readonly publication: PublicationEntry;
      readonly due: Time;
    };

/** A schedule that was missed by more than this, because the desk was closed, is not made up for. */
const SCHEDULE_GRACE_MINUTES = 10;

const publicationOf = (tables: MemoryTables, { state }: ReplyEntry): PublicationEntry | undefined =>
  state.context.publication ? tables.publications.get(state.context.publication) : undefined;

/**
 * Whether a person must release it again: what stood in the outbox when publishing was paused, and what a schedule missed,
 * is never fired as a backlog.
 */
export const needsReleaseAgain = (tables: MemoryTables, reply: ReplyEntry, now: Time): boolean => {
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

/** Everything that waits to be sent or looked at, due or not, except what is under way. */
export const tasksOf = (
  tables: MemoryTables,
  {
    now,
    isUnderWay,
    mayRetryAt,
  }: {
    now: Time;
    isUnderWay: (reply: ReplyId) => boolean;
    /** Earliest time of the next look on the channel. */
    mayRetryAt: (reply: ReplyId) => Time;
  },
): Task[] => {
  const isOff = isPaused(tables.pause.get().state) || tables.clockJump.get() !== null;
  const tasks: Task[] = [];
  for (const reply of tables.replies.values()) {
    if (isUnderWay(reply.id)) continue;
    const { value, context } = reply.state;
    const publication = publicationOf(tables, reply);
    const maySend = !isOff && !needsReleaseAgain(tables, reply, now);
    if (isIn(value, 'work.publishing.queued')) {
      if (maySend) tasks.push({ kind: 'send', reply, due: now });
    } else if (isIn(value, 'work.scheduled')) {
      if (maySend) tasks.push({ kind: 'send', reply, due: context.scheduledFor ?? now });
    } else if (isIn(value, 'work.publishing.backingOff')) {
      if (maySend) tasks.push({ kind: 'send', reply, due: publication?.state.context.retryAt ?? now });
    } else if (!publication) {
      continue;
    } else if (isIn(value, 'work.publishing.attempted')) {
      tasks.push({ kind: 'interrupted', reply, publication, due: now });
    } else if (isIn(value, 'work.publishing.reconciling')) {
      tasks.push({ kind: 'lookUp', reply, publication, due: mayRetryAt(reply.id) });
    } else if (isIn(value, 'work.published.awaitingReadback') || isAwaitingRemovalReadback(reply, publication)) {
      tasks.push({ kind: 'readBack', reply, publication, due: mayRetryAt(reply.id) });
    }
  }
  return tasks;
};

const isAwaitingRemovalReadback = ({ state }: ReplyEntry, publication: PublicationEntry): boolean =>
  isIn(state.value, 'work.takenDown') && publication.observation === null;
