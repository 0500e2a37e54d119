import { receiptSchema, type Receipt } from '#workflows/channel/channel.ts';
import type { ChannelId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import { canonicalText, type JsonObject } from '#workflows/journal/canonical.ts';
import { isIn } from '#workflows/step.ts';
import { toTime, type Time } from '#workflows/time.ts';
import type { ChannelRegistry } from '../channels/channel-registry.ts';
import { ChannelError, type ChannelAdapter, type PublicPost } from '../channels/channel-adapter.ts';
import type { ExecuteContext } from '../core/execute.ts';
import type { PublicationEntry, ReplyEntry } from '../core/state/tables.ts';
import { answerOf } from './answer-limit.ts';
import { LaterLooks, placeInSending } from './later-looks.ts';
import { packParcel, payloadOf, type Parcel } from './parcel.ts';
import { PreflightError } from './preflight.ts';
import { PublicationLog } from './publication-log.ts';
import { isSendingOff, needsReleaseAgain, taskOf, tasksOf, waitsToBeSent, type Task } from './send-queue.ts';

export interface OutboxContext extends ExecuteContext {
  readonly channels: ChannelRegistry;
  /** Records a leap of the clock that nobody has seen yet, before anything is held to be due by it. */
  readonly watchClock: () => Promise<void>;
  /** Told when something that is no record changed: a countdown, a block. */
  readonly onChange: () => void;
  /** Told of what must not happen; ids only, never content. */
  readonly onFault: (message: string, error: unknown) => void;
}

/** One sends only so soon after one's own durable `publication.attempted`, by a clock that never jumps. */
const SEND_WITHIN = 10_000;

const LONGEST_SLEEP = 60_000;

/** What came to nothing before anything was begun: it may be tried again. */
const NOT_BEGUN = { cause: 'interrupted', isFinal: false, wasLookedUp: false, retryAfter: null } as const;

/**
 * Sends what was approved and released, exactly that and at most once (DESIGN.md, invariants 1, 4, 5). Every attempt is
 * durable before the network is touched; an outcome that is not known is looked up before anything is sent again.
 */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #log: PublicationLog;
  readonly #underWay = new Map<ReplyId, Promise<void>>();
  readonly #looks: LaterLooks;
  /** Replies that the journal does not bear out: nothing is sent until it is released again, or the next start. */
  readonly #blocked = new Map<ReplyId, { at: string; because: string }>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(context: OutboxContext) {
    this.#context = context;
    this.#log = new PublicationLog(context);
    this.#looks = new LaterLooks(context.tables);
  }

  /** Runs soon, and whenever something is due, until stopped. */
  wake(): void {
    if (!this.#isStopped) this.#schedule(0);
  }

  /** Ends; what is under way is waited for. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
    await Promise.all(this.#underWay.values());
  }

  /** Does everything that is due now. */
  async run(): Promise<void> {
    while (this.#running) await this.#running;
    if (this.#isStopped) return;
    this.#running = this.#runAll().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Waits that were counted by a clock which was corrected are over. */
  lookAnew(): void {
    this.#looks.forgetAll();
    this.wake();
  }

  /** Tries or looks now, not at the next time; what is scheduled keeps its time. */
  async retryNow(id: ReplyId): Promise<void> {
    this.#looks.forget(id);
    const reply = this.#context.tables.replies.get(id);
    if (reply && !this.#isStopped && !isIn(reply.state.value, 'work.scheduled')) await this.#perform(id);
  }

  /** When the desk looks on the channel again for a reply; `null` when it does not. */
  nextLook(reply: ReplyId): { at: Time; needsPerson: boolean } | null {
    return this.#looks.get(reply);
  }

  /** Why nothing is sent for a reply, although it was released; `null` when nothing stands against it. */
  blockedBecause(reply: ReplyId): string | null {
    const { tables } = this.#context;
    const entry = tables.replies.get(reply);
    const block = this.#blocked.get(reply);
    return entry && block?.at === placeInSending(tables, entry) ? block.because : null;
  }

  #now(): Time {
    return toTime(this.#context.clock.now());
  }

  #options() {
    return {
      now: this.#now(),
      isUnderWay: ({ id }: ReplyEntry) => this.#underWay.has(id) || this.blockedBecause(id) !== null,
      notBefore: (reply: ReplyId) => this.#looks.notBefore(reply),
    };
  }

  #tasks(): Task[] {
    return this.#context.journal.readOnly ? [] : tasksOf(this.#context.tables, this.#options());
  }

  #schedule(delay: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.run()
        .catch((error: unknown) => this.#context.onFault('outbox', error))
        .then(() => {
          if (!this.#isStopped && !this.#timer) this.#scheduleNext();
        });
    }, delay);
    // What waits in the outbox keeps no process alive that has nothing else to do.
    this.#timer.unref();
  }

  #scheduleNext(): void {
    const now = this.#context.clock.now();
    const next = this.#tasks().reduce((soonest, { due }) => Math.min(soonest, Date.parse(due)), now + LONGEST_SLEEP);
    this.#schedule(Math.max(250, Math.min(LONGEST_SLEEP, next - now)));
  }

  /** Channels side by side, the replies of one channel one after the other, those due first first. */
  async #runAll(): Promise<void> {
    if (!this.#context.journal.readOnly) await this.#context.watchClock();
    const now = this.#now();
    const byChannel = new Map<ChannelId, Task[]>();
    for (const task of this.#tasks().filter(({ due }) => due <= now)) {
      byChannel.set(task.reply.channel, [...(byChannel.get(task.reply.channel) ?? []), task]);
    }
    await Promise.all(
      [...byChannel.values()].map(async (tasks) => {
        for (const { reply } of tasks.sort((a, b) => (a.due < b.due ? -1 : 1))) await this.#perform(reply.id, now);
      }),
    );
  }

  /** Does what there is to do for a reply as it stands by now, which may be nothing any more. */
  async #perform(id: ReplyId, dueBy: Time | null = null): Promise<void> {
    const { tables, journal } = this.#context;
    const reply = tables.replies.get(id);
    const task = reply && !journal.readOnly && !this.#isStopped ? taskOf(tables, reply, this.#options()) : null;
    if (!task || (dueBy !== null && task.due > dueBy)) return;
    const work = this.#begin(task).finally(() => {
      this.#underWay.delete(id);
      this.#context.onChange();
    });
    this.#underWay.set(id, work);
    await work;
  }

  async #begin(task: Task): Promise<void> {
    const { id } = task.reply;
    try {
      if (task.kind === 'send') await this.#send(id);
      else if (task.kind === 'readBack') await this.#readBack(task.publication.id);
      else {
        if (task.kind === 'interrupted') await this.#log.loseTrack(task.publication, 'interrupted');
        await this.#lookUp(task.publication.id);
      }
    } catch (error) {
      this.#context.onFault(`outbox: ${task.kind} of ${id}`, error);
      this.#looks.put(id, this.#context.clock.now());
    }
  }

  async #send(id: ReplyId): Promise<void> {
    const { tables, channels, clock } = this.#context;
    const reply = tables.replies.get(id);
    if (!reply || !this.#isReady(reply)) return;
    const adapter = channels.get(reply.channel);
    const parcel = this.#pack(reply, adapter);
    if (!parcel) return;
    const begunAt = await this.#log.attempt(reply, parcel, (now) => this.#maySend(now, parcel));
    const publication = tables.publications.get(parcel.id);
    if (begunAt === null || !publication) return;
    // Nothing is awaited from here to the request, so that no pause can be answered in between (invariant 5).
    if (isSendingOff(tables) || clock.monotonic() - begunAt > SEND_WITHIN) {
      await this.#log.fail(publication, NOT_BEGUN);
      return;
    }
    await this.#transmit(publication, parcel, adapter);
  }

  #pack(reply: ReplyEntry, adapter: ChannelAdapter): Parcel | null {
    try {
      return packParcel(reply, adapter, this.#context);
    } catch (error) {
      if (!(error instanceof PreflightError)) throw error;
      this.#block(reply, error);
      return null;
    }
  }

  #block(reply: ReplyEntry, error: PreflightError): void {
    this.#blocked.set(reply.id, { at: placeInSending(this.#context.tables, reply), because: error.message });
    this.#context.onFault(`outbox: ${reply.id} is not borne out by the journal`, error);
  }

  #isReady(reply: ReplyEntry): boolean {
    const { tables } = this.#context;
    const isOn = !this.#isStopped && !isSendingOff(tables);
    return isOn && waitsToBeSent(reply) && !needsReleaseAgain(tables, reply, this.#now());
  }

  /** The last look before it is recorded: nothing has changed since it was packed, and publishing is on (invariant 5). */
  #maySend(reply: ReplyEntry, parcel: Parcel): boolean {
    const { publication, contentHash } = reply.state.context;
    return this.#isReady(reply) && publication === parcel.id && contentHash === parcel.contentHash;
  }

  async #transmit(publication: PublicationEntry, parcel: Parcel, adapter: ChannelAdapter): Promise<void> {
    let receipt: Receipt;
    try {
      receipt = receiptSchema.parse(await answerOf(this.#hand(publication, parcel, adapter)));
    } catch (error) {
      await this.#takeFailure(publication, error);
      return;
    }
    await this.#succeed(publication, receipt, false);
  }

  /** The one place from which anything leaves. */
  async #hand(publication: PublicationEntry, { payload, key }: Parcel, adapter: ChannelAdapter): Promise<Receipt> {
    if (publication.operation !== 'takeDown') return adapter.publish(payload, key);
    const receipt = removalOf(payload);
    await adapter.remove(receipt);
    return receipt;
  }

  async #takeFailure(publication: PublicationEntry, error: unknown): Promise<void> {
    const { reply } = publication;
    if (error instanceof ChannelError && error.outcome === 'nothingMade') {
      const { failure: cause, isFinal, retryAfter } = error;
      await this.#log.fail(publication, { cause, isFinal, wasLookedUp: false, retryAfter });
      this.#looks.forget(reply);
      return;
    }
    if (!(error instanceof ChannelError)) this.#context.onFault(`outbox: the channel’s answer for ${reply}`, error);
    await this.#log.loseTrack(publication, error instanceof ChannelError ? error.failure : 'serverError');
    this.#looks.put(reply, this.#context.clock.now());
  }

  async #succeed(publication: PublicationEntry, receipt: Receipt, wasFound: boolean): Promise<void> {
    await this.#log.succeed(publication, receipt, wasFound);
    this.#looks.forget(publication.reply);
    await this.#readBack(publication.id);
  }

  /** Looks on the channel for what may have been made; only then may anything be sent again. */
  async #lookUp(id: PublicationId): Promise<void> {
    const { tables, clock } = this.#context;
    const publication = tables.publications.get(id);
    if (!publication) return;
    const found = await this.#ask(publication, (adapter) => this.#findOn(adapter, publication));
    if (found === undefined) return;
    const { reply } = publication;
    const { value, context } = tables.publications.get(id)?.state ?? publication.state;
    // While the desk looked, a person may have said what became of it.
    if (!isIn(value, 'reconciling')) {
      const entry = tables.replies.get(reply);
      if (found && entry && waitsToBeSent(entry)) {
        this.#block(entry, new PreflightError('it is on the channel, and a person said that it is not'));
      }
    } else if (found) {
      await this.#succeed(publication, found, true);
    } else if (context.key === null) {
      this.#looks.put(reply, clock.now(), true);
    } else {
      await this.#log.fail(publication, { cause: 'absent', isFinal: false, wasLookedUp: true, retryAfter: null });
      this.#looks.forget(reply);
      await this.#send(reply);
    }
  }

  /** Asks the channel; `undefined` when it cannot tell now, and is asked again later. */
  async #ask<Answer>(
    { channel, reply }: PublicationEntry,
    question: (adapter: ChannelAdapter) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      return await answerOf(question(this.#context.channels.get(channel)));
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.#looks.put(reply, this.#context.clock.now(), this.#looks.get(reply)?.needsPerson);
      return undefined;
    }
  }

  async #findOn(adapter: ChannelAdapter, publication: PublicationEntry): Promise<Receipt | null> {
    const { payload } = payloadOf(publication, this.#context);
    if (publication.operation !== 'takeDown') {
      return receiptSchema.nullable().parse(await adapter.find(payload, publication.state.context.key));
    }
    const receipt = removalOf(payload);
    return (await adapter.read(receipt)) === null ? receipt : null;
  }

  /** Reads what is public and records whether it equals what was approved. */
  async #readBack(id: PublicationId): Promise<void> {
    const publication = this.#context.tables.publications.get(id);
    const { receipt } = publication ?? {};
    if (!publication || !receipt) return;
    const post = await this.#ask(publication, (adapter) => adapter.read(receipt));
    if (post === undefined) return;
    await this.#log.observe(publication, this.#compare(publication, post), post);
    this.#looks.forget(publication.reply);
  }

  #compare(publication: PublicationEntry, post: PublicPost | null): 'same' | 'drifted' | 'gone' {
    if (publication.operation === 'takeDown') return post === null ? 'same' : 'drifted';
    if (!post) return 'gone';
    const { payload } = payloadOf(publication, this.#context);
    return canonicalText(post.payload) === canonicalText(payload) ? 'same' : 'drifted';
  }
}

/** What a take-down's payload names. */
const removalOf = (payload: JsonObject): Receipt => receiptSchema.parse(payload.remove);
