import { ulid } from 'ulid';
import { toHex } from '#workflows/journal/bytes.ts';
import { canonicalBytes, canonicalText, type JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelId, PublicationId, ReplyId } from '#workflows/identifiers.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import { isIn } from '#workflows/step.ts';
import {
  sealedPayloadSchema,
  type FailureCause,
  type SealedPayload,
} from '#workflows/publication/publication.records.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import { toTime, type Time } from '#workflows/time.ts';
import type { Receipt } from '#workflows/channel/channel.ts';
import type { ChannelRegistry } from '../channels/channel-registry.ts';
import { ChannelError, type ChannelAdapter, type PublicPost } from '../channels/channel-adapter.ts';
import type { DraftRecord } from '../core/draft-record.ts';
import { executeCommand, type Decision, type ExecuteContext } from '../core/execute.ts';
import type { PublicationEntry, ReplyEntry } from '../core/state/tables.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { preflight, PreflightError } from './preflight.ts';
import { needsReleaseAgain, tasksOf, type Task } from './send-queue.ts';

export interface OutboxContext extends ExecuteContext {
  readonly channels: ChannelRegistry;
  /** Told when something that is no record changed: a countdown, a block. */
  readonly onChange: () => void;
  /** Told of what must not happen; ids only, never content. */
  readonly onFault: (message: string, error: unknown) => void;
}

/** What is to be sent, with everything that only sending can know. */
interface Parcel {
  readonly id: PublicationId;
  readonly attempt: number;
  readonly account: string;
  readonly target: JsonObject;
  readonly payload: JsonObject;
  readonly key: string | null;
  readonly contentHash: string;
}

/** One sends only so soon after one's own durable `publication.attempted`, by a clock that never jumps. */
const SEND_WITHIN = 10_000;

/** Waits after the first, second, … attempt that came to nothing, in milliseconds; the last one repeats. */
const BACK_OFF = [10_000, 30_000, 120_000, 600_000, 1_800_000];

/** Waits between looks on the channel, in milliseconds. */
const LOOK_AGAIN = [2_000, 10_000, 30_000, 120_000, 600_000];

const LONGEST_SLEEP = 60_000;

const waitAfter = (waits: readonly number[], count: number): number =>
  waits[Math.min(count, waits.length) - 1] ?? waits[0] ?? 0;

const hashOf = (value: unknown): string => toHex(nodeCrypto.sha256(canonicalBytes(value)));

/**
 * Sends what was approved and released, exactly that and at most once (DESIGN.md, invariants 1, 4, 5). Every attempt is
 * durable before the network is touched; an outcome that is not known is looked up before anything is sent again.
 */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #underWay = new Set<ReplyId>();
  /** Looks on the channel that came to nothing, and when the next is due. */
  readonly #looks = new Map<ReplyId, { count: number; next: number; needsPerson: boolean }>();
  /** Replies that the journal does not bear out; nothing is sent for them until the next start. */
  readonly #blocked = new Map<ReplyId, string>();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** Runs soon, and whenever something is due, until stopped. */
  wake(): void {
    if (this.#isStopped) return;
    this.#schedule(0);
  }

  /** Ends; what is under way is waited for. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  /** Does everything that is due now. */
  async run(): Promise<void> {
    while (this.#running) await this.#running;
    this.#running = this.#runAll().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  /** Tries or looks now, not at the next time. */
  async retryNow(reply: ReplyId): Promise<void> {
    this.#looks.delete(reply);
    const task = this.#tasks().find((candidate) => candidate.reply.id === reply);
    if (task) await this.#perform(task);
  }

  /** When the desk looks on the channel again for a reply; `null` when it does not. */
  nextLook(reply: ReplyId): { at: Time; needsPerson: boolean } | null {
    const look = this.#looks.get(reply);
    return look ? { at: toTime(look.next), needsPerson: look.needsPerson } : null;
  }

  blockedBecause(reply: ReplyId): string | null {
    return this.#blocked.get(reply) ?? null;
  }

  #now(): Time {
    return toTime(this.#context.clock.now());
  }

  #tasks(): Task[] {
    if (this.#context.journal.readOnly) return [];
    return tasksOf(this.#context.tables, {
      now: this.#now(),
      isUnderWay: (reply) => this.#underWay.has(reply) || this.#blocked.has(reply),
      mayRetryAt: (reply) => toTime(this.#looks.get(reply)?.next ?? 0),
    });
  }

  #schedule(delay: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.run().then(() => {
        if (!this.#isStopped) this.#scheduleNext();
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
    const now = this.#now();
    const byChannel = new Map<ChannelId, Task[]>();
    for (const task of this.#tasks().filter(({ due }) => due <= now)) {
      byChannel.set(task.reply.channel, [...(byChannel.get(task.reply.channel) ?? []), task]);
    }
    await Promise.all(
      [...byChannel.values()].map(async (tasks) => {
        for (const task of tasks.sort((a, b) => (a.due < b.due ? -1 : 1))) {
          if (!this.#isStopped || task.kind !== 'send') await this.#perform(task);
        }
      }),
    );
  }

  async #perform(task: Task): Promise<void> {
    const { id } = task.reply;
    if (this.#underWay.has(id)) return;
    this.#underWay.add(id);
    try {
      switch (task.kind) {
        case 'send':
          await this.#send(id);
          break;
        case 'interrupted':
          await this.#loseTrack(task.publication, 'interrupted');
          await this.#lookUp(task.publication.id);
          break;
        case 'lookUp':
          await this.#lookUp(task.publication.id);
          break;
        case 'readBack':
          await this.#readBack(task.publication.id);
          break;
      }
    } catch (error) {
      this.#context.onFault(`outbox: ${task.kind} of ${id}`, error);
      this.#lookLater(id, false);
    } finally {
      this.#underWay.delete(id);
      this.#context.onChange();
    }
  }

  async #record(decide: () => Decision): Promise<CommandReceipt> {
    const { clock } = this.#context;
    return executeCommand({ commandId: ulid(clock.now()), commander: { system: true }, decide }, this.#context);
  }

  async #send(id: ReplyId): Promise<void> {
    const reply = this.#context.tables.replies.get(id);
    if (!reply) return;
    const adapter = this.#context.channels.get(reply.channel);
    let parcel: Parcel;
    try {
      parcel = this.#pack(reply, adapter);
    } catch (error) {
      if (!(error instanceof PreflightError)) throw error;
      if (isPaused(this.#context.tables.pause.get().state)) return;
      this.#blocked.set(id, error.message);
      this.#context.onFault(`outbox: ${id} is not borne out by the journal`, error);
      return;
    }
    const begun = await this.#attempt(reply, parcel);
    if (!begun) return;
    await this.#transmit(parcel, adapter);
  }

  /** Takes the content from the journal itself; a retry takes the very payload of the first attempt. */
  #pack(reply: ReplyEntry, adapter: ChannelAdapter): Parcel {
    const { tables } = this.#context;
    const publications = [...tables.publications.values()].filter((entry) => entry.reply === reply.id);
    const { content, state } = preflight(
      reply.id,
      publications.map((entry) => entry.id),
      this.#context,
    );
    const id = state.context.publication;
    if (!id || state.context.contentHash === null) throw new PreflightError('the journal has no release');
    const known = tables.publications.get(id);
    const { contentHash } = state.context;
    const { account, target } = content;
    if (!known) {
      const now = new Date(this.#context.clock.now());
      const payload = content.operation === 'takeDown' ? content.payload : adapter.complete(content.payload, now);
      const key = content.operation === 'takeDown' ? 'takeDown' : adapter.newKey(now);
      return { id, attempt: 1, account, target, payload, key, contentHash };
    }
    const first = this.#payloadOf(known);
    return { id, attempt: known.state.context.attempts + 1, ...first, key: known.state.context.key, contentHash };
  }

  #payloadOf({ payloadSeq }: PublicationEntry): SealedPayload {
    const sealed = this.#context.seals.open(this.#context.journal.read(payloadSeq), sealedPayloadSchema);
    if (!sealed) throw new PreflightError('the payload of the first attempt cannot be opened');
    return sealed;
  }

  /** Records the attempt durably. @returns whether it may be sent now */
  async #attempt({ id, customer, channel }: ReplyEntry, parcel: Parcel): Promise<boolean> {
    const { tables, clock } = this.#context;
    const { account, target, payload } = parcel;
    let appendedAt = clock.monotonic();
    const { count } = await this.#record(() => {
      const now = tables.replies.get(id);
      if (!now || !this.#maySend(now, parcel)) return { drafts: [], subject: null };
      const draft: DraftRecord = {
        type: 'publication.attempted',
        subject: parcel.id,
        by: { system: 'outbox' },
        data: {
          reply: id,
          operation: now.state.context.operation,
          attempt: parcel.attempt,
          channel,
          contentHash: parcel.contentHash,
          payloadHash: hashOf(payload),
          key: parcel.key,
        },
        seal: [{ under: customer, value: { account, target, payload } satisfies SealedPayload }],
      };
      appendedAt = clock.monotonic();
      return { drafts: [draft], reads: [id, 'policy', 'publishing', channel], subject: parcel.id };
    });
    if (count === 0) return false;
    if (clock.monotonic() - appendedAt > SEND_WITHIN) {
      throw new Error('too much time has passed since the attempt was recorded');
    }
    return true;
  }

  /** The last look before it is recorded: nothing has changed since it was packed, and publishing is on (invariant 5). */
  #maySend(reply: ReplyEntry, parcel: Parcel): boolean {
    const { tables } = this.#context;
    const { value, context } = reply.state;
    const waits = ['work.publishing.queued', 'work.publishing.backingOff', 'work.scheduled'].some((path) =>
      isIn(value, path),
    );
    return (
      waits &&
      !isPaused(tables.pause.get().state) &&
      !needsReleaseAgain(tables, reply, this.#now()) &&
      context.publication === parcel.id &&
      context.contentHash === parcel.contentHash
    );
  }

  async #transmit(parcel: Parcel, adapter: ChannelAdapter): Promise<void> {
    const publication = this.#context.tables.publications.get(parcel.id);
    if (!publication) throw new Error('the attempt was not recorded');
    let receipt: Receipt;
    try {
      receipt = await this.#hand(publication, parcel, adapter);
    } catch (error) {
      await this.#takeFailure(publication, error);
      return;
    }
    await this.#succeed(publication, receipt, false);
    await this.#readBack(publication.id);
  }

  /** The one place from which anything leaves. */
  async #hand(publication: PublicationEntry, { payload, key }: Parcel, adapter: ChannelAdapter): Promise<Receipt> {
    if (publication.operation !== 'takeDown') return adapter.publish(payload, key);
    const receipt = removalOf(payload);
    await adapter.remove(receipt);
    return receipt;
  }

  async #takeFailure(publication: PublicationEntry, error: unknown): Promise<void> {
    const failure =
      error instanceof ChannelError ? error : new ChannelError('serverError', { outcome: 'unknown', cause: error });
    if (failure.outcome === 'unknown') {
      await this.#loseTrack(publication, failure.failure);
      this.#lookLater(publication.reply, false);
      return;
    }
    await this.#fail(publication, failure.failure, {
      isFinal: failure.isFinal,
      wasLookedUp: false,
      retryAfter: failure.retryAfter,
    });
  }

  async #fail(
    { id, reply, operation }: PublicationEntry,
    cause: FailureCause,
    { isFinal, wasLookedUp, retryAfter }: { isFinal: boolean; wasLookedUp: boolean; retryAfter: number | null },
  ): Promise<void> {
    await this.#record(() => {
      const attempt = this.#attemptOf(id);
      const wait = retryAfter ?? (wasLookedUp ? 0 : waitAfter(BACK_OFF, attempt));
      const retryAt = isFinal ? null : toTime(this.#context.clock.now() + wait);
      const data = { reply, operation, attempt, cause, isFinal, wasLookedUp, retryAt };
      return { drafts: [{ type: 'publication.failed', subject: id, by: { system: 'outbox' }, data }], subject: id };
    });
  }

  async #loseTrack({ id, reply, operation }: PublicationEntry, cause: FailureCause): Promise<void> {
    await this.#record(() => {
      const data = { reply, operation, attempt: this.#attemptOf(id), cause };
      return { drafts: [{ type: 'publication.unknown', subject: id, by: { system: 'outbox' }, data }], subject: id };
    });
  }

  async #succeed({ id, reply, operation }: PublicationEntry, receipt: Receipt, wasFound: boolean): Promise<void> {
    await this.#record(() => {
      const data = { reply, operation, attempt: this.#attemptOf(id), receipt, wasFound };
      return { drafts: [{ type: 'publication.succeeded', subject: id, by: { system: 'outbox' }, data }], subject: id };
    });
    this.#looks.delete(reply);
  }

  #attemptOf(id: PublicationId): number {
    return this.#context.tables.publications.get(id)?.state.context.attempts ?? 1;
  }

  /** Looks on the channel for what may have been made; only then may anything be sent again. */
  async #lookUp(id: PublicationId): Promise<void> {
    const publication = this.#context.tables.publications.get(id);
    if (!publication) return;
    const adapter = this.#context.channels.get(publication.channel);
    const { payload } = this.#payloadOf(publication);
    const { key } = publication.state.context;
    let found: Receipt | null;
    try {
      found = await this.#findOn(adapter, publication, payload, key);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.#lookLater(publication.reply, false);
      return;
    }
    if (found) {
      await this.#succeed(publication, found, true);
      await this.#readBack(id);
    } else if (key === null) {
      this.#lookLater(publication.reply, true);
    } else {
      await this.#fail(publication, 'absent', { isFinal: false, wasLookedUp: true, retryAfter: null });
      this.#looks.delete(publication.reply);
      await this.#send(publication.reply);
    }
  }

  async #findOn(
    adapter: ChannelAdapter,
    publication: PublicationEntry,
    payload: JsonObject,
    key: string | null,
  ): Promise<Receipt | null> {
    if (publication.operation !== 'takeDown') return adapter.find(payload, key);
    const receipt = removalOf(payload);
    return (await adapter.read(receipt)) === null ? receipt : null;
  }

  /** Reads what is public and records whether it equals what was approved. */
  async #readBack(id: PublicationId): Promise<void> {
    const publication = this.#context.tables.publications.get(id);
    if (!publication?.receipt) return;
    const { reply, operation, receipt } = publication;
    let post: PublicPost | null;
    try {
      post = await this.#context.channels.get(publication.channel).read(receipt);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.#lookLater(reply, false);
      return;
    }
    const outcome = this.#compare(publication, post);
    const observedHash = post ? hashOf(post.payload) : null;
    const customer = this.#context.tables.replies.get(reply)?.customer;
    const seal =
      outcome === 'drifted' && post && customer ? [{ under: customer, value: { observed: post.payload } }] : [];
    await this.#record(() => {
      const data = { reply, operation, attempt: this.#attemptOf(id), outcome, observedHash };
      return {
        drafts: [{ type: 'publication.observed', subject: id, by: { system: 'outbox' }, data, seal }],
        subject: id,
      };
    });
    this.#looks.delete(reply);
  }

  #compare(publication: PublicationEntry, post: PublicPost | null): 'same' | 'drifted' | 'gone' {
    if (publication.operation === 'takeDown') return post === null ? 'same' : 'drifted';
    if (!post) return 'gone';
    return canonicalText(post.payload) === canonicalText(this.#payloadOf(publication).payload) ? 'same' : 'drifted';
  }

  #lookLater(reply: ReplyId, needsPerson: boolean): void {
    const count = (this.#looks.get(reply)?.count ?? 0) + 1;
    const next = this.#context.clock.now() + waitAfter(LOOK_AGAIN, count);
    this.#looks.set(reply, { count, next, needsPerson });
  }
}

/** What a take-down's payload names. */
const removalOf = (payload: JsonObject): Receipt => payload.remove as unknown as Receipt;
