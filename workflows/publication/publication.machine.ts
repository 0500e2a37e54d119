import { assign, setup } from 'xstate';
import type { Time } from '../time.ts';

/** Everything the machine remembers of a publication; JSON. */
export interface PublicationContext {
  /** Attempts begun so far. */
  readonly attempts: number;
  /** Hash of the complete payload of the first attempt; every retry sends those very bytes. */
  readonly payloadHash: string | null;
  /** The key fixed before the first attempt under which the channel makes at most one post; `null` if it has none. */
  readonly key: string | null;
  readonly attemptedAt: Time | null;
  /** When the next attempt may begin. */
  readonly retryAt: Time | null;
}

export type PublicationEvent =
  | {
      readonly type: 'attempt';
      readonly attempt: number;
      readonly payloadHash: string;
      readonly key: string | null;
      readonly at: Time;
    }
  | { readonly type: 'succeed'; readonly at: Time }
  /** The channel said, or a look at it showed, that nothing was made. `isFinal`: trying again would not help. */
  | {
      readonly type: 'fail';
      readonly isFinal: boolean;
      readonly wasLookedUp: boolean;
      readonly retryAt: Time | null;
      readonly at: Time;
    }
  /** No answer that tells whether something was made. */
  | { readonly type: 'loseTrack'; readonly at: Time }
  | { readonly type: 'confirm'; readonly isThere: boolean; readonly at: Time }
  | { readonly type: 'observe'; readonly outcome: 'same' | 'drifted' | 'gone'; readonly at: Time };

const isNextAttempt = (context: PublicationContext, event: PublicationEvent): boolean =>
  event.type === 'attempt' && event.attempt === context.attempts + 1;

const sendsSameBytes = (context: PublicationContext, event: PublicationEvent): boolean =>
  event.type === 'attempt' && event.payloadHash === context.payloadHash && event.key === context.key;

/**
 * The act of sending one revision (DESIGN.md): at most one public post, whatever crashes when. `unknown` leads nowhere by
 * itself: either the channel is looked at, which answers only where a stable key makes absence certain, or a person does.
 */
export const publicationMachine = setup({
  types: { context: {} as PublicationContext, events: {} as PublicationEvent },
  guards: {
    isNextAttempt: ({ context, event }) => isNextAttempt(context, event),
    isSameAgain: ({ context, event }) => isNextAttempt(context, event) && sendsSameBytes(context, event),
    isFinal: ({ event }) => event.type === 'fail' && event.isFinal,
    /** Absence is certain only under a stable key; without one it never permits to send again. */
    isAbsentForSure: ({ context, event }) => event.type === 'fail' && event.wasLookedUp && context.key !== null,
    isThere: ({ event }) => event.type === 'confirm' && event.isThere,
    looksSame: ({ event }) => event.type === 'observe' && event.outcome === 'same',
    looksDrifted: ({ event }) => event.type === 'observe' && event.outcome === 'drifted',
    looksGone: ({ event }) => event.type === 'observe' && event.outcome === 'gone',
  },
  actions: {
    takeAttempt: assign(({ event }) =>
      event.type === 'attempt'
        ? {
            attempts: event.attempt,
            payloadHash: event.payloadHash,
            key: event.key,
            attemptedAt: event.at,
            retryAt: null,
          }
        : {},
    ),
    takeRetryTime: assign(({ event }) => (event.type === 'fail' ? { retryAt: event.retryAt } : {})),
  },
}).createMachine({
  id: 'publication',
  context: { attempts: 0, payloadHash: null, key: null, attemptedAt: null, retryAt: null },
  initial: 'queued',
  states: {
    queued: { on: { attempt: { guard: 'isNextAttempt', target: 'attempted', actions: 'takeAttempt' } } },
    attempted: {
      on: {
        succeed: 'succeeded',
        fail: [
          { guard: 'isFinal', target: 'failed' },
          { target: 'backingOff', actions: 'takeRetryTime' },
        ],
        loseTrack: 'reconciling',
      },
    },
    backingOff: { on: { attempt: { guard: 'isSameAgain', target: 'attempted', actions: 'takeAttempt' } } },
    reconciling: {
      on: {
        succeed: 'succeeded',
        fail: { guard: 'isAbsentForSure', target: 'backingOff', actions: 'takeRetryTime' },
        confirm: [{ guard: 'isThere', target: 'succeeded' }, { target: 'backingOff' }],
      },
    },
    /** Given back: nothing was made. Releasing the same content again goes on under the same key. */
    failed: { on: { attempt: { guard: 'isSameAgain', target: 'attempted', actions: 'takeAttempt' } } },
    succeeded: {
      initial: 'awaitingReadback',
      states: { awaitingReadback: {}, verified: {}, drifted: {}, gone: {} },
      on: {
        observe: [
          { guard: 'looksSame', target: '.verified' },
          { guard: 'looksDrifted', target: '.drifted' },
          { guard: 'looksGone', target: '.gone' },
        ],
      },
    },
  },
});
