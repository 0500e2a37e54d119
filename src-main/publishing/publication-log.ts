import { ulid } from 'ulid';
import type { Receipt } from '#workflows/channel/channel.ts';
import type { PublicationId } from '#workflows/identifiers.ts';
import type { FailureCause, SealedPayload } from '#workflows/publication/publication.records.ts';
import { toTime } from '#workflows/time.ts';
import type { PublicPost } from '../channels/channel-adapter.ts';
import type { DraftRecord } from '../core/draft-record.ts';
import { executeCommand, type ExecuteContext } from '../core/execute.ts';
import type { PublicationEntry, ReplyEntry } from '../core/state/tables.ts';
import { hashOf, type Parcel } from './parcel.ts';

/** Waits after the first, second, … attempt that came to nothing, in milliseconds; the last one repeats. */
const BACK_OFF = [10_000, 30_000, 120_000, 600_000, 1_800_000];

/** The wait after so many vain tries; the last one repeats. */
export const waitAfter = (waits: readonly number[], count: number): number =>
  waits[Math.min(count, waits.length) - 1] ?? waits[0] ?? 0;

export interface Failure {
  readonly cause: FailureCause;
  readonly isFinal: boolean;
  readonly wasLookedUp: boolean;
  /** Milliseconds until the next attempt; `null` for the usual ones. */
  readonly retryAfter: number | null;
}

interface Common {
  readonly subject: PublicationId;
  readonly by: { readonly system: string };
}

type OfAttempt = Pick<PublicationEntry, 'reply' | 'operation'> & { readonly attempt: number };

/** Writes what becomes of publications into the journal; each returns when it is durable. */
export class PublicationLog {
  readonly #context: ExecuteContext;

  constructor(context: ExecuteContext) {
    this.#context = context;
  }

  /**
   * Records that an attempt begins, with everything that will be sent.
   * @param maySend the last look before it is recorded, at the reply as it then stands
   * @returns the steady clock's time at which it took its place; `null` when it may not be sent any more
   */
  async attempt(
    { id, customer, channel }: ReplyEntry,
    parcel: Parcel,
    maySend: (reply: ReplyEntry) => boolean,
  ): Promise<number | null> {
    const { tables, clock } = this.#context;
    const { account, target, payload, attempt, contentHash, key } = parcel;
    let appendedAt = clock.monotonic();
    const { count } = await this.#execute(() => {
      const reply = tables.replies.get(id);
      if (!reply || !maySend(reply)) return { drafts: [], subject: null };
      appendedAt = clock.monotonic();
      const { operation } = reply.state.context;
      const data = { reply: id, operation, attempt, channel, contentHash, payloadHash: hashOf(payload), key };
      const seal = [{ under: customer, value: { account, target, payload } satisfies SealedPayload }];
      const draft: DraftRecord = {
        type: 'publication.attempted',
        subject: parcel.id,
        by: { system: 'outbox' },
        data,
        seal,
      };
      return { drafts: [draft], reads: [id, 'policy', 'publishing', channel] as const, subject: parcel.id };
    });
    return count === 0 ? null : appendedAt;
  }

  async fail(publication: PublicationEntry, { cause, isFinal, wasLookedUp, retryAfter }: Failure): Promise<void> {
    await this.#record(publication, (common, of) => {
      const wait = retryAfter ?? (wasLookedUp ? 0 : waitAfter(BACK_OFF, of.attempt));
      const retryAt = isFinal ? null : toTime(this.#context.clock.now() + wait);
      return { type: 'publication.failed', ...common, data: { ...of, cause, isFinal, wasLookedUp, retryAt } };
    });
  }

  async loseTrack(publication: PublicationEntry, cause: FailureCause): Promise<void> {
    await this.#record(publication, (common, of) => ({
      type: 'publication.unknown',
      ...common,
      data: { ...of, cause },
    }));
  }

  /** @param wasFound by a look on the channel, after the outcome had been unknown */
  async succeed(publication: PublicationEntry, receipt: Receipt, wasFound: boolean): Promise<void> {
    await this.#record(publication, (common, of) => ({
      type: 'publication.succeeded',
      ...common,
      data: { ...of, receipt, wasFound },
    }));
  }

  async observe(
    publication: PublicationEntry,
    outcome: 'same' | 'drifted' | 'gone',
    post: PublicPost | null,
  ): Promise<void> {
    const customer = this.#context.tables.replies.get(publication.reply)?.customer;
    const observedHash = post ? hashOf(post.payload) : null;
    const seal =
      outcome === 'drifted' && post && customer ? [{ under: customer, value: { observed: post.payload } }] : [];
    await this.#record(publication, (common, of) => ({
      type: 'publication.observed',
      ...common,
      data: { ...of, outcome, observedHash },
      seal,
    }));
  }

  async #record(
    { id, reply, operation }: PublicationEntry,
    draftOf: (common: Common, of: OfAttempt) => DraftRecord,
  ): Promise<void> {
    await this.#execute(() => {
      const common = { subject: id, by: { system: 'outbox' } };
      return { drafts: [draftOf(common, { reply, operation, attempt: this.#attemptOf(id) })], subject: id };
    });
  }

  #attemptOf(id: PublicationId): number {
    return this.#context.tables.publications.get(id)?.state.context.attempts ?? 1;
  }

  #execute(decide: Parameters<typeof executeCommand>[0]['decide']) {
    const commandId = ulid(this.#context.clock.now());
    return executeCommand({ commandId, commander: { system: true }, decide }, this.#context);
  }
}
