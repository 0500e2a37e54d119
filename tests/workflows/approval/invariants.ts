import fc from 'fast-check';
import type { VersionDecision, VersionEvent } from '#workflows/approval/version.machine.ts';
import { versionAt, type VersionState } from '#workflows/approval/version.replay.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { REVIEW_KINDS, ROLES } from '#workflows/people/roles.ts';
import { isIn } from '#workflows/step.ts';
import type { Time } from '#workflows/time.ts';
import { as, hashOf, hoursLater, PEOPLE, START } from '../cast.ts';
import type { Onlooker } from '../onlooker.ts';
import type { Subject } from '../subject.ts';

export type VersionSubject = Subject<VersionState, VersionEvent>;

/** What an onlooker writes down about one version of a template or of the policy. */
export interface VersionLedger {
  readonly contentHash: string | null;
  readonly validUntil: Time | null;
  readonly authors: readonly PersonId[];
  /** Whether it was retired, superseded or recorded as expired. */
  readonly isOver: boolean;
  /** Approvals of the wording as it stands. */
  readonly approvals: readonly VersionDecision[];
}

const isDecision = (event: VersionEvent): event is VersionDecision =>
  event.type === 'approve' || event.type === 'requestChanges' || event.type === 'reject';

const note = (ledger: VersionLedger, event: VersionEvent): VersionLedger => {
  switch (event.type) {
    case 'revise':
      return {
        ...ledger,
        contentHash: event.contentHash,
        validUntil: event.validUntil,
        authors: [...new Set([...ledger.authors, event.actor.person])],
        approvals: [],
      };
    case 'approve':
      return { ...ledger, approvals: [...ledger.approvals, event] };
    case 'requestChanges':
    case 'reject':
      return { ...ledger, approvals: [] };
    case 'retire':
    case 'supersede':
    case 'expire':
      return { ...ledger, isOver: true };
    case 'submit':
      return ledger;
  }
};

const isApprovedByBoth = ({ approvals, authors, contentHash }: VersionLedger): boolean => {
  const counting = approvals.filter(
    ({ review, actor, contentHash: approved }) =>
      approved === contentHash && actor.role === review && !authors.includes(actor.person),
  );
  return (
    REVIEW_KINDS.every((kind) => counting.some(({ review }) => review === kind)) &&
    new Set(counting.map(({ actor }) => actor.person)).size === counting.length
  );
};

/** Before, at and after the time until which some versions are valid. */
const TIMES = [START, hoursLater(9), hoursLater(10), hoursLater(11)];

const WAS_APPROVED = ['approved', 'superseded', 'expired'];

/** Invariants 2, 3 and 8 for the wording that replies are made from, and for the policy (DESIGN.md). */
export const versionOnlooker: Onlooker<VersionState, VersionEvent, VersionLedger> = {
  empty: { contentHash: null, validUntil: null, authors: [], isOver: false, approvals: [] },
  note,
  invariants: {
    'a version stands approved when comms and legal both approved this very wording': ({ after, now }) =>
      !WAS_APPROVED.some((state) => isIn(after.value, state)) || isApprovedByBoth(now),
    'a version may be used from the second approval until it is retired, superseded or its time is over': ({
      after,
      now,
    }) =>
      TIMES.every(
        (time) =>
          (versionAt(after, time).value === 'approved') ===
          (isApprovedByBoth(now) && !now.isOver && (now.validUntil === null || time < now.validUntil)),
      ),
    'a version that both approved leaves the review': ({ after, now }) =>
      !isIn(after.value, 'inReview') || !isApprovedByBoth(now),
    'a decision names the wording as it stands': ({ known, event }) =>
      !isDecision(event) || event.contentHash === known.contentHash,
    'a review is decided in the role of its name': ({ event }) =>
      !isDecision(event) || event.actor.role === event.review,
    'no one decides on wording that they changed': ({ known, event }) =>
      !isDecision(event) || !known.authors.includes(event.actor.person),
    'no one fills both reviews of one wording': ({ known, event }) =>
      !isDecision(event) ||
      known.approvals.every(({ review, actor }) => review === event.review || actor.person !== event.actor.person),
    'a review that is decided is not decided again': ({ known, event }) =>
      !isDecision(event) || known.approvals.every(({ review }) => review !== event.review),
    'a decision is made only under review': ({ before, event }) => !isDecision(event) || isIn(before.value, 'inReview'),
    'only what was saved last is submitted': ({ known, event }) =>
      event.type !== 'submit' || (known.contentHash !== null && event.contentHash === known.contentHash),
    'saving the same wording again changes nothing': ({ known, event }) =>
      event.type !== 'revise' || event.contentHash !== known.contentHash,
    'new wording voids every approval and is a draft again': ({ event, after }) =>
      event.type !== 'revise' || (after.value === 'draft' && Object.keys(after.context.decisions).length === 0),
    'wording that was once approved is never changed': ({ before, event }) =>
      event.type !== 'revise' || !WAS_APPROVED.some((state) => isIn(before.value, state)),
    'an approval expires when its time is over and not before': ({ known, event }) =>
      event.type !== 'expire' || (known.validUntil !== null && event.at >= known.validUntil),
    'the approvals that count are those that nothing has voided': ({ after: { context }, now: { approvals } }) =>
      Object.keys(context.decisions).length === approvals.length &&
      approvals.every(({ review, actor }) => context.decisions[review]?.person === actor.person),
    'the machine knows the wording, its validity and all who changed it': ({ after: { context }, now }) =>
      context.contentHash === now.contentHash &&
      context.validUntil === now.validUntil &&
      context.authors.length === now.authors.length &&
      now.authors.every((author) => context.authors.includes(author)),
  },
};

type Maker = (state: VersionState) => VersionEvent;

const person = fc.constantFrom(...PEOPLE);
const mostly = <Value>(usual: Value, ...others: Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const hashHere = ({ context }: VersionState, drift: number): string =>
  drift === 0 ? (context.contentHash ?? hashOf(0)) : hashOf(drift);

const revisions = fc
  .record({ person, hash: fc.nat(40), validUntil: fc.constantFrom(null, hoursLater(10)) })
  .map(({ person: author, hash, validUntil }): Maker => () => ({
    type: 'revise',
    contentHash: hashOf(hash),
    validUntil,
    actor: as(author, 'comms'),
    at: START,
  }));

const decisions = fc
  .record({
    type: fc.constantFrom('approve', 'approve', 'approve', 'approve', 'requestChanges', 'reject' as const),
    review: fc.constantFrom(...REVIEW_KINDS),
    person,
    role: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...ROLES) }),
    drift: mostly(0, 1, 2, 3),
  })
  .map(({ type, review, person: decider, role, drift }): Maker => (state) => ({
    type,
    review,
    contentHash: hashHere(state, drift),
    actor: as(decider, role ?? review),
    at: START,
  }));

const submissions = fc
  .record({ person, drift: mostly(0, 1, 2, 3) })
  .map(({ person: sender, drift }): Maker => (state) => ({
    type: 'submit',
    contentHash: hashHere(state, drift),
    actor: as(sender, 'comms'),
    at: START,
  }));

const ends = fc
  .constantFrom<VersionEvent>(
    { type: 'retire', actor: as(PEOPLE[0], 'comms'), at: START },
    { type: 'supersede', at: START },
    { type: 'expire', at: START },
    { type: 'expire', at: hoursLater(10) },
    { type: 'expire', at: hoursLater(11) },
  )
  .map(
    (event): Maker =>
      () =>
        event,
  );

/** Histories of a version: by several people, with mistakes among them. */
export const versionHistories = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: revisions },
    { weight: 3, arbitrary: submissions },
    { weight: 8, arbitrary: decisions },
    { weight: 1, arbitrary: ends },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
);
