import type { CryptoPort } from '#workflows/journal/crypto-port.ts';
import {
  checkpointIn,
  judgeStatement,
  type JournalStatement,
  type KeptCheckpoint,
  type WitnessRefusal,
} from '#workflows/journal/witness.ts';
import type { Time } from '#workflows/time.ts';
import type { CheckpointStore } from './kept-checkpoints.ts';

/** A journal that this client refuses, with both checkpoints. */
export interface RefusedJournal {
  readonly reason: WitnessRefusal;
  /** `null` where not even the first checkpoint could be believed. */
  readonly kept: KeptCheckpoint | null;
  /** What the desk shows instead, as it came, and when. */
  readonly shown: Pick<KeptCheckpoint, 'text' | 'seenAt'>;
}

export type WitnessState =
  | { readonly kind: 'notJudged' }
  | { readonly kind: 'sound' }
  | {
      readonly kind: 'refused';
      readonly journal: RefusedJournal;
      /** The person chose to read on all the same. */
      readonly readsOn: boolean;
    };

export interface WitnessOptions {
  readonly ask: (input: { from: number | null }) => Promise<JournalStatement>;
  readonly store: CheckpointStore;
  readonly crypto: () => Promise<Pick<CryptoPort, 'sha256' | 'verifyEd25519'>>;
  readonly now: () => Time;
}

/** A command was held back because the journal is refused. */
export class RefusedJournalError extends Error {
  override name = 'RefusedJournalError';
}

const NOT_JUDGED: WitnessState = { kind: 'notJudged' };

/**
 * Watches the journal of the desk that this page is at: keeps the newest checkpoint it saw, and refuses a journal that does
 * not continue it. While one is refused, and before the first judgement, nothing is sent that would be signed.
 */
export class Witness {
  readonly #options: WitnessOptions;
  readonly #listeners = new Set<() => void>();
  #state: WitnessState = NOT_JUDGED;
  /** Of the workspace that was judged since the last sign-in. */
  #origin: string | null = null;
  #judging: Promise<void> | null = null;
  #visit = 0;

  constructor(options: WitnessOptions) {
    this.#options = options;
  }

  readonly state = (): WitnessState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Somebody signs in, or another workspace was opened: what was judged is judged anew. */
  begin(): void {
    this.#visit += 1;
    this.#origin = null;
    this.#judging = null;
    this.#set(NOT_JUDGED);
  }

  /**
   * Asks the desk for its newest checkpoint and judges it. A refused journal stays refused until {@link lookAgain}.
   * @throws what asking throws; nothing is judged then
   */
  judge(): Promise<void> {
    if (this.#state.kind === 'refused') return Promise.resolve();
    if (this.#judging) return this.#judging;
    const judging = this.#judge(this.#visit).finally(() => {
      if (this.#judging === judging) this.#judging = null;
    });
    this.#judging = judging;
    return judging;
  }

  /** Judges a refused journal once more: an older copy may have been replaced by the right one. */
  lookAgain(): Promise<void> {
    return this.#judge(this.#visit);
  }

  /** The person has seen both checkpoints and reads on; nothing is signed for all that. */
  readOn(): void {
    if (this.#state.kind === 'refused') this.#set({ ...this.#state, readsOn: true });
  }

  /** Shows the refusal again. */
  stop(): void {
    if (this.#state.kind === 'refused') this.#set({ ...this.#state, readsOn: false });
  }

  /** Resolves when what is sent may be signed. @throws RefusedJournalError when the journal is refused */
  async mayAct(): Promise<void> {
    // Whoever signs in meanwhile begins the judgement anew.
    while (this.state().kind === 'notJudged') await this.judge();
    if (this.state().kind === 'refused') throw new RefusedJournalError('this client refuses the journal');
  }

  async #judge(visit: number): Promise<void> {
    const { ask, store, now } = this.#options;
    const origin = this.#origin ?? originIn(await ask({ from: null }));
    // Read before the desk is asked: whatever it then shows must continue this.
    const kept = origin === null ? null : store.read(origin);
    const before = kept ? checkpointIn(kept) : null;
    const [statement, crypto] = await Promise.all([
      ask({ from: before ? Number(before.size) : null }),
      this.#options.crypto(),
    ]);
    // Somebody else signed in meanwhile, or to something else.
    if (visit !== this.#visit) return;
    const seenAt = now();
    const verdict = judgeStatement({ kept, statement, now: seenAt }, crypto);
    if (!verdict.isSound) {
      const journal = { reason: verdict.reason, kept, shown: { text: statement.text, seenAt } };
      this.#set({ kind: 'refused', journal, readsOn: false });
      return;
    }
    this.#origin = originIn(statement);
    if (this.#origin !== null) store.write(this.#origin, verdict.kept);
    this.#set({ kind: 'sound' });
  }

  #set(state: WitnessState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

const originIn = ({ text }: Pick<JournalStatement, 'text'>): string | null => checkpointIn({ text })?.origin ?? null;
