import fc from 'fast-check';
import type { PublicationEvent } from '#workflows/publication/publication.machine.ts';
import type { PublicationState } from '#workflows/publication/publication.replay.ts';
import { isIn } from '#workflows/step.ts';
import { hashOf, hoursLater, START } from '../cast.ts';
import type { Onlooker } from '../onlooker.ts';
import type { Subject } from '../subject.ts';

export type PublicationSubject = Subject<PublicationState, PublicationEvent>;
type Attempt = Extract<PublicationEvent, { type: 'attempt' }>;

/** What an onlooker writes down about one publication. */
export interface PublicationLedger {
  readonly attempts: readonly Attempt[];
  /** Whether the outcome of the last attempt is still to come. */
  readonly isOpen: boolean;
  /** Whether nobody can say any more what became of it. */
  readonly isLost: boolean;
  readonly isMade: boolean;
}

const note = (ledger: PublicationLedger, event: PublicationEvent): PublicationLedger => {
  switch (event.type) {
    case 'attempt':
      return { ...ledger, attempts: [...ledger.attempts, event], isOpen: true, isLost: false };
    case 'succeed':
      return { ...ledger, isOpen: false, isMade: true };
    case 'fail':
      return { ...ledger, isOpen: false };
    case 'loseTrack':
      return { ...ledger, isLost: true };
    case 'confirm':
      return { ...ledger, isOpen: false, isMade: ledger.isMade || event.isThere };
    case 'observe':
      return ledger;
  }
};

const READBACKS: Readonly<Record<string, string>> = { same: 'verified', drifted: 'drifted', gone: 'gone' };

const isAttempt = (event: PublicationEvent): event is Attempt => event.type === 'attempt';

/** Invariant 4 and what follows from it (DESIGN.md). */
export const publicationOnlooker: Onlooker<PublicationState, PublicationEvent, PublicationLedger> = {
  empty: { attempts: [], isOpen: false, isLost: false, isMade: false },
  note,
  invariants: {
    'no attempt begins while the outcome of another is unknown': ({ known, event }) =>
      !isAttempt(event) || !known.isOpen,
    'nothing is attempted again once it was made': ({ known, event }) => !isAttempt(event) || !known.isMade,
    'attempts are counted without gaps': ({ known, event }) =>
      !isAttempt(event) || event.attempt === known.attempts.length + 1,
    'a retry sends the very same bytes under the very same key': ({ known: { attempts }, event }) =>
      !isAttempt(event) ||
      attempts.every(({ payloadHash, key }) => payloadHash === event.payloadHash && key === event.key),
    'once track is lost, only absence under a key or a person permits another attempt': ({ known, event }) =>
      event.type !== 'fail' || !known.isLost || (event.wasLookedUp && known.attempts.at(-1)?.key !== null),
    'a person is asked only when track is lost': ({ known, event }) =>
      event.type !== 'confirm' || (known.isOpen && known.isLost),
    'an outcome belongs to an attempt that is under way': ({ known, event }) =>
      !(event.type === 'succeed' || event.type === 'fail' || event.type === 'loseTrack') || known.isOpen,
    'a final failure gives the publication back, any other backs off until its time': ({ known, event, after }) =>
      event.type !== 'fail' ||
      (event.isFinal && !known.isLost
        ? after.value === 'failed'
        : after.value === 'backingOff' && after.context.retryAt === event.retryAt),
    'a person’s word decides whether it is there': ({ event, after }) =>
      event.type !== 'confirm' || isIn(after.value, event.isThere ? 'succeeded' : 'backingOff'),
    'a publication has succeeded exactly when something was made': ({ now, after }) =>
      isIn(after.value, 'succeeded') === now.isMade,
    'a publication is under way exactly while an outcome is to come': ({ now, after }) =>
      (isIn(after.value, 'attempted') || isIn(after.value, 'reconciling')) === now.isOpen,
    'the machine knows how often, when and what was sent': ({ now: { attempts }, event, after: { context } }) =>
      context.attempts === attempts.length &&
      context.payloadHash === (attempts[0]?.payloadHash ?? null) &&
      context.key === (attempts[0]?.key ?? null) &&
      context.attemptedAt === (attempts.at(-1)?.at ?? null) &&
      (context.retryAt === null || !isAttempt(event)),
    'a readback shows as what it found, and only of what was made': ({ known, event, after }) =>
      event.type !== 'observe' || (known.isMade && isIn(after.value, `succeeded.${READBACKS[event.outcome] ?? '?'}`)),
  },
};

const at = fc.constant(START);
const mostly = <Value>(usual: Value, ...others: Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** A report of an outcome that this version does not know; hostile. */
const UNKNOWN_OUTCOME = { type: 'observe', outcome: 'vanished', at: START } as unknown as PublicationEvent;

const attempts = fc
  .record({
    step: mostly(1, 0, 2),
    payloadHash: mostly(hashOf(1), hashOf(2)),
    firstKey: fc.constantFrom('key-1', null),
    isKeyKept: mostly(true, false),
  })
  .map(({ step, payloadHash, firstKey, isKeyKept }) => ({ context }: PublicationState): PublicationEvent => ({
    type: 'attempt',
    attempt: context.attempts + step,
    payloadHash,
    key: context.attempts === 0 ? firstKey : isKeyKept ? context.key : 'key-2',
    at: START,
  }));

const reports: fc.Arbitrary<PublicationEvent> = fc.oneof(
  fc.record({
    type: fc.constant('fail' as const),
    isFinal: fc.boolean(),
    wasLookedUp: fc.boolean(),
    retryAt: fc.constantFrom(null, hoursLater(1)),
    at,
  }),
  fc.constantFrom<PublicationEvent>(
    { type: 'succeed', at: START },
    { type: 'loseTrack', at: START },
    { type: 'confirm', isThere: true, at: START },
    { type: 'confirm', isThere: false, at: START },
    { type: 'observe', outcome: 'same', at: START },
    { type: 'observe', outcome: 'drifted', at: START },
    { type: 'observe', outcome: 'gone', at: START },
    UNKNOWN_OUTCOME,
  ),
);

/** Histories of a publication: attempts and reports in any order, with mistakes among them. */
export const publicationHistories = fc.array(
  fc.oneof({ weight: 1, arbitrary: attempts }, { weight: 2, arbitrary: reports.map((event) => () => event) }),
  { minLength: 1, maxLength: 25, size: 'max' },
);
