import { utf8 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { toTime, type Clock, type Time } from '#workflows/time.ts';
import type { StampAuthority } from '#workflows/workspace/workspace.records.ts';
import type { Storage } from '../storage/storage.ts';
import { AuthorityError, askAuthority, type AskProblem } from './ask-authority.ts';
import { keepStamped, newestStamped, type StampedCheckpoint } from './stamped-checkpoints.ts';
import type { StampProblem } from './time-stamp.ts';

/** Why there is no time stamp: nobody answered rightly, or the answer was none to accept. */
export interface StampFailure {
  readonly problem: AskProblem | StampProblem | 'notKept';
  /** The status of HTTP, where that is the problem. */
  readonly status: number | null;
}

/** What came of asking. */
export type StampOutcome =
  | { readonly ok: true; readonly stamped: StampedCheckpoint; readonly at: Time; readonly authority: string }
  | { readonly ok: false; readonly failure: StampFailure };

/** The newest time stamp that is kept, and whether it holds by the certificates that are trusted now. */
export interface NewestStamp {
  readonly size: number;
  /** When it was given, and by whom; `null` where it does not hold. */
  readonly given: { readonly at: Time; readonly authority: string } | null;
}

export interface StampingContext {
  readonly folder: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly authority: () => StampAuthority | null;
  readonly journal: { readonly size: number; readonly readOnly: unknown; checkpoint: () => string };
  /** The state that {@link Stamping.state} tells has changed. */
  readonly onChange: () => void;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How often it is looked whether a stamp is due. */
const TICK = MINUTE;

/** After a failure it is tried again after a minute, then after twice as long each time, up to six hours. */
const LONGEST_WAIT = 6 * 60 * MINUTE;
const waitAfter = (failures: number): number => Math.min(LONGEST_WAIT, MINUTE * 2 ** Math.min(failures - 1, 20));

/** So long an export waits for its stamp. */
const EXPORT_PATIENCE = 5_000;

const module = () => import('./time-stamp.ts');

/**
 * Has checkpoints time-stamped by the workspace's authority: the newest one once a day, while there are new records, and that
 * of every export. Nothing waits for it but whoever asked for it, and nothing fails with it.
 */
export class Stamping {
  readonly #context: StampingContext;
  #interval: NodeJS.Timeout | null = null;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #failed: { at: number; failure: StampFailure } | null = null;
  /** The newest stamp, by its bytes and the certificates that it was judged by. */
  #judged: { readonly key: string; readonly newest: NewestStamp } | null = null;

  constructor(context: StampingContext) {
    this.#context = context;
  }

  start(): void {
    this.#interval = setInterval(() => {
      void this.tick();
    }, TICK);
    this.#interval.unref();
    void this.tick();
  }

  /** Ends it; a request that is under way is given up. */
  async stop(): Promise<void> {
    if (this.#interval) clearInterval(this.#interval);
    this.#stop.abort();
    await this.#running;
  }

  /** Of the last time it was tried: why it failed, and when it is tried again; `null` after success. */
  get failure(): { readonly at: Time; readonly failure: StampFailure; readonly nextTryAt: Time } | null {
    if (!this.#failed) return null;
    const { at, failure } = this.#failed;
    return { at: toTime(at), failure, nextTryAt: toTime(at + waitAfter(this.#failures)) };
  }

  /** The newest stamp that lies in the workspace, judged; `null` when there is none. */
  async newest(): Promise<NewestStamp | null> {
    const stamped = newestStamped(this.#context.folder);
    if (!stamped) return null;
    const certificates = this.#context.authority()?.certificates ?? [];
    const key = `${stamped.size} ${Buffer.from(stamped.reply).toString('base64')} ${certificates.join(' ')}`;
    if (this.#judged?.key !== key) {
      const { certificatesOf, verifyStamp } = await module();
      const verdict = await verifyStamp(stamped.reply, {
        bytes: stamped.checkpoint,
        trusted: certificatesOf(certificates),
      });
      const given = verdict.ok ? { at: toTime(verdict.at.getTime()), authority: verdict.authority } : null;
      this.#judged = { key, newest: { size: Number(stamped.size), given } };
    }
    return this.#judged.newest;
  }

  /** Asks for a stamp of the newest checkpoint when one is due. */
  async tick(): Promise<void> {
    if (await this.#isDue()) await this.stamp(this.#context.journal.checkpoint());
  }

  async #isDue(): Promise<boolean> {
    const { authority, journal, clock } = this.#context;
    if (this.#stop.signal.aborted || !authority() || journal.readOnly !== null) return false;
    const now = clock.now();
    if (this.#failed && now < this.#failed.at + waitAfter(this.#failures)) return false;
    const newest = await this.newest();
    if (!newest?.given) return true;
    return newest.size < journal.size && now >= Date.parse(newest.given.at) + DAY;
  }

  /**
   * Has a checkpoint stamped, and keeps the stamp. Requests go one after the other.
   * @param checkpoint a signed checkpoint of this journal
   * @returns `null` where no authority is set
   */
  stamp(checkpoint: string): Promise<StampOutcome | null> {
    const stamping = this.#running.then(() => this.#stamp(checkpoint));
    this.#running = stamping.catch(() => undefined);
    return stamping;
  }

  async #stamp(checkpoint: string): Promise<StampOutcome | null> {
    const authority = this.#context.authority();
    if (!authority) return null;
    const outcome = await this.#ask(checkpoint, authority);
    // A desk that closes did not fail.
    if (this.#stop.signal.aborted) return outcome;
    this.#failures = outcome.ok ? 0 : this.#failures + 1;
    this.#failed = outcome.ok ? null : { at: this.#context.clock.now(), failure: outcome.failure };
    this.#context.onChange();
    return outcome;
  }

  async #ask(checkpoint: string, { address, certificates }: StampAuthority): Promise<StampOutcome> {
    const { certificatesOf, stampRequest, verifyStamp } = await module();
    const { folder, storage, clock } = this.#context;
    const bytes = utf8(checkpoint);
    const { request, nonce } = stampRequest(bytes);
    const notBefore = new Date(clock.now());
    try {
      const reply = await askAuthority(address, request, this.#stop.signal);
      const verdict = await verifyStamp(reply, { bytes, trusted: certificatesOf(certificates), nonce, notBefore });
      if (!verdict.ok) return { ok: false, failure: { problem: verdict.problem, status: null } };
      const stamped = {
        size: parseSignedCheckpoint(checkpoint)?.checkpoint.size.toString() ?? '',
        checkpoint: bytes,
        reply,
      };
      keepStamped(folder, stamped, storage);
      return { ok: true, stamped, at: toTime(verdict.at.getTime()), authority: verdict.authority };
    } catch (error) {
      if (error instanceof AuthorityError)
        return { ok: false, failure: { problem: error.problem, status: error.status } };
      return { ok: false, failure: { problem: 'notKept', status: null } };
    }
  }

  /**
   * The same for an export, which goes on without a stamp where there is none after a moment, or where the authority failed
   * and is not to be asked again yet.
   */
  async stampForExport(checkpoint: string): Promise<Extract<StampOutcome, { ok: true }> | null> {
    const { failure } = this;
    if (failure && toTime(this.#context.clock.now()) < failure.nextTryAt) return null;
    const moment = new Promise<null>((resolve) => setTimeout(resolve, EXPORT_PATIENCE, null).unref());
    const outcome = await Promise.race([this.stamp(checkpoint), moment]);
    return outcome?.ok ? outcome : null;
  }

  /** A changed authority is asked at the next look, whatever the one before it did. */
  forgive(): void {
    this.#failures = 0;
    this.#failed = null;
  }
}
