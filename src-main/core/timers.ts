import { ulid } from 'ulid';
import { RefusalError } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import { isApprovalOver } from '#workflows/reply/reply.rules.ts';
import { isIn } from '#workflows/step.ts';
import { addMinutes, isFromFalseTime, toMilliseconds, toTime, type Time } from '#workflows/time.ts';
import type { DraftRecord } from './draft-record.ts';
import { executeCommand, type ExecuteContext } from './execute.ts';
import type { ReplyEntry } from './state/tables.ts';

export interface TimersContext extends ExecuteContext {
  readonly policyInForce: () => PolicyContent;
  readonly onFault: (message: string, error: unknown) => void;
}

const TICK = 5_000;

/** A leap of the wall clock beyond what the steady clock shows, in milliseconds. */
const LEAP = 24 * 60 * 60_000;

/**
 * While the program was closed nothing tells a leap from time that passed. After so long without a record somebody says that
 * the time is right before anything is due by it, in milliseconds.
 */
const LEAP_WHILE_CLOSED = 31 * LEAP;

/** States in which an answer is still owed. */
const OWED = ['triage', 'drafting', 'inReview', 'approved', 'scheduled', 'publishing', 'rejected'].map(
  (name) => `work.${name}`,
);
/** States in which an approval can run out. */
const APPROVED = ['approved', 'scheduled', 'publishing.queued', 'publishing.backingOff'].map((name) => `work.${name}`);

const isInAny = (entry: ReplyEntry, paths: readonly string[]): boolean =>
  paths.some((path) => isIn(entry.state.value, path));

/** Whether the reply still waits for a time that was counted from a clock which has been corrected since. */
const isCountedFromFalseTime = (entry: ReplyEntry, now: Time): boolean => {
  const { state, postedAt, changedAt, monitorUntil } = entry;
  if (isIn(state.value, 'work.monitoring')) return monitorUntil !== null && isFromFalseTime(changedAt, now);
  return isInAny(entry, OWED) && isFromFalseTime(postedAt, now);
};

/**
 * The times of a reply that was last changed by a clock that has been corrected since: what lay ahead of the false time lies
 * as far ahead of the right one. A post's own time, and what was counted from it, stays if it is not false itself.
 */
const recount = ({ changedAt, postedAt, acknowledgeBy, dueAt, monitorUntil }: ReplyEntry, now: Time) => {
  const back = (time: Time, from: Time): Time =>
    from > now ? toTime(toMilliseconds(time) - toMilliseconds(from) + toMilliseconds(now)) : time;
  return {
    postedAt: back(postedAt, postedAt),
    acknowledgeBy: back(acknowledgeBy, postedAt),
    dueAt: back(dueAt, postedAt),
    monitorUntil: monitorUntil === null ? null : back(monitorUntil, changedAt),
  };
};

/** What has become true of a reply by the passing of time, as a record; `null` when nothing has. */
export const recordDueBy = (entry: ReplyEntry, now: Time, policy: PolicyContent): DraftRecord | null => {
  const { id, dueAt, state, monitorUntil } = entry;
  const by = { system: 'clock' };
  if (isCountedFromFalseTime(entry, now))
    return { type: 'reply.recounted', subject: id, by, data: recount(entry, now) };
  if (isInAny(entry, OWED)) {
    const { value } = state;
    const isBreached = isIn(value, 'serviceLevel.breached') || isIn(value, 'serviceLevel.met');
    if (now >= dueAt && !isBreached) return { type: 'reply.breached', subject: id, by, data: { dueAt } };
    if (now >= addMinutes(dueAt, -policy.atRiskMinutes) && isIn(value, 'serviceLevel.onTime')) {
      return { type: 'reply.escalated', subject: id, by, data: { dueAt } };
    }
  }
  if (isInAny(entry, APPROVED)) {
    const { contentHash, revision } = state.context;
    if (isApprovalOver(state.context, now) && contentHash !== null) {
      return { type: 'reply.approvalExpired', subject: id, by, data: { revision, contentHash } };
    }
  }
  if (isIn(state.value, 'work.monitoring') && monitorUntil !== null && now >= monitorUntil) {
    return { type: 'reply.monitoringEnded', subject: id, by, data: { cause: 'time' } };
  }
  return null;
};

/** Turns the passing of time into records: replies at risk and overdue, approvals that run out, leaps of the clock. */
export class Timers {
  readonly #context: TimersContext;
  #interval: NodeJS.Timeout | null = null;
  #lastWall: number;
  #lastSteady: number;
  /** Time of the newest record that an earlier run left; `null` once it was looked at. */
  #leftAt: Time | null;
  #running: Promise<void> = Promise.resolve();

  constructor(context: TimersContext) {
    this.#context = context;
    this.#lastWall = context.clock.now();
    this.#lastSteady = context.clock.monotonic();
    const { journal } = context;
    this.#leftAt = journal.size === 0 || journal.readOnly ? null : journal.read(journal.size - 1).at;
  }

  start(): void {
    this.#interval = setInterval(() => {
      this.#running = this.#running.then(() => this.tick());
    }, TICK);
    this.#interval.unref();
  }

  async stop(): Promise<void> {
    if (this.#interval) clearInterval(this.#interval);
    await this.#running;
  }

  /** Records everything that is due now. No timer fires while a leap of the clock is not confirmed. */
  async tick(): Promise<void> {
    const { journal, tables, clock, policyInForce } = this.#context;
    if (journal.readOnly) return;
    await this.#report(() => this.watchClock());
    if (tables.clockJump.get()) return;
    const now = toTime(clock.now());
    const policy = policyInForce();
    await Promise.all(
      [...tables.replies.open()]
        .filter((entry) => recordDueBy(entry, now, policy) !== null)
        .map(({ id }) => this.#report(() => this.#advance(id, now, policy))),
    );
  }

  /** What goes wrong with one reply holds up no other. */
  async #report(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusalError)) this.#context.onFault('timers', error);
    }
  }

  /** Records one thing after the other until nothing more has become due of the reply. */
  async #advance(id: ReplyId, now: Time, policy: PolicyContent): Promise<void> {
    const { tables } = this.#context;
    const due = (): DraftRecord | null => {
      const entry = tables.replies.get(id);
      return entry && !tables.clockJump.get() ? recordDueBy(entry, now, policy) : null;
    };
    while (due() !== null) await this.#record(due, id);
  }

  /** Records a leap of the wall clock since it was last looked at, if it is one. */
  async watchClock(): Promise<void> {
    const { clock } = this.#context;
    const wall = clock.now();
    const steady = clock.monotonic();
    const leap = wall - this.#lastWall - (steady - this.#lastSteady);
    const from = toTime(this.#lastWall);
    this.#lastWall = wall;
    this.#lastSteady = steady;
    const leftAt = this.#leftAt;
    this.#leftAt = null;
    if (leap > LEAP) await this.#recordLeap(from, wall);
    else if (leftAt !== null) await this.#watchStart(leftAt, wall);
  }

  /** Looks at the time between an earlier run and this one, whatever this start has recorded already. */
  async #watchStart(leftAt: Time, wall: number): Promise<void> {
    if (this.#context.tables.clockJump.get()) return;
    if (wall - toMilliseconds(leftAt) > LEAP_WHILE_CLOSED) await this.#recordLeap(leftAt, wall);
  }

  async #recordLeap(from: Time, wall: number): Promise<void> {
    await this.#record(() => ({
      type: 'clock.jumped',
      subject: 'clock',
      by: { system: 'clock' },
      data: { from, to: toTime(wall) },
    }));
  }

  async #record(decide: () => DraftRecord | null, about?: ReplyId): Promise<void> {
    const { clock } = this.#context;
    await executeCommand(
      {
        commandId: ulid(clock.now()),
        commander: { system: true },
        ...(about === undefined ? {} : { about }),
        decide: () => {
          const draft = decide();
          return { drafts: draft ? [draft] : [], subject: draft?.subject ?? null };
        },
      },
      this.#context,
    );
  }
}
