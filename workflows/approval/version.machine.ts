import { assign, setup } from 'xstate';
import { refuse, type Refusal } from '../errors.ts';
import type { ContentHash, PersonId } from '../identifiers.ts';
import { REVIEW_KINDS, type PersonActor, type ReviewKind } from '../people/roles.ts';
import type { Time } from '../time.ts';

/** Everything the machine remembers of one version of a template or of the policy; JSON. */
export interface VersionContext {
  readonly contentHash: ContentHash | null;
  readonly authors: readonly PersonId[];
  readonly decisions: Partial<Record<ReviewKind, { readonly person: PersonId; readonly at: Time }>>;
  readonly validUntil: Time | null;
}

interface ByPerson {
  readonly actor: PersonActor;
  readonly at: Time;
}

export interface VersionDecision extends ByPerson {
  readonly type: 'approve' | 'requestChanges' | 'reject';
  readonly review: ReviewKind;
  readonly contentHash: ContentHash;
}

export type VersionEvent =
  | (ByPerson & { readonly type: 'revise'; readonly contentHash: ContentHash; readonly validUntil: Time | null })
  | (ByPerson & { readonly type: 'submit'; readonly contentHash: ContentHash })
  | VersionDecision
  | (ByPerson & { readonly type: 'retire' })
  /** A newer version of the same was approved. */
  | { readonly type: 'supersede'; readonly at: Time }
  /** Its validity has run out at this time. */
  | { readonly type: 'expire'; readonly at: Time };

/** Why the decision may not be made, or `null`. The same rules as on a reply (invariant 2). */
export const mayDecideVersion = (
  { authors, decisions, contentHash }: VersionContext,
  event: VersionDecision,
): Refusal | null => {
  const { review, actor } = event;
  if (actor.role !== review) return refuse('FORBIDDEN', 'notInReviewRole', { review });
  if (event.contentHash !== contentHash) return refuse('REVISION_STALE', 'versionStale');
  if (authors.includes(actor.person)) return refuse('FORBIDDEN', 'decideOnOwn', { review });
  if (REVIEW_KINDS.some((kind) => kind !== review && decisions[kind]?.person === actor.person)) {
    return refuse('FORBIDDEN', 'fillsOtherReview', { review });
  }
  return decisions[review] ? refuse('ALREADY_DECIDED', 'alreadyDecided', { review }) : null;
};

interface OfReview {
  review: ReviewKind;
}

const base = setup({
  types: { context: {} as VersionContext, events: {} as VersionEvent },
  guards: {
    mayDecide: ({ context, event }) => mayDecideVersion(context, event as VersionDecision) === null,
    mayApprove: ({ context, event }, { review }: OfReview) =>
      (event as VersionDecision).review === review && mayDecideVersion(context, event as VersionDecision) === null,
    namesContent: ({ context, event }) => event.type === 'submit' && event.contentHash === context.contentHash,
    hasChanged: ({ context, event }) => event.type === 'revise' && event.contentHash !== context.contentHash,
    isOver: ({ context, event }) => context.validUntil !== null && event.at >= context.validUntil,
  },
  actions: {
    takeContent: assign(({ context, event }) => {
      if (event.type !== 'revise') return {};
      const { person } = event.actor;
      return {
        contentHash: event.contentHash,
        validUntil: event.validUntil,
        authors: context.authors.includes(person) ? context.authors : [...context.authors, person],
        decisions: {},
      };
    }),
    takeDecision: assign(({ context, event }) => {
      const { review, actor, at } = event as VersionDecision;
      return { decisions: { ...context.decisions, [review]: { person: actor.person, at } } };
    }),
    voidDecisions: assign({ decisions: {} }),
  },
});

const reviewRegion = (review: ReviewKind) =>
  base.createStateConfig({
    initial: 'deciding',
    states: {
      deciding: {
        on: {
          approve: { guard: { type: 'mayApprove', params: { review } }, target: 'approved', actions: 'takeDecision' },
        },
      },
      approved: { type: 'final' },
    },
  });

/**
 * One version of a template or of the policy (DESIGN.md): comms and legal both approve it, neither of them its author.
 */
export const versionMachine = base.createMachine({
  id: 'version',
  context: { contentHash: null, authors: [], decisions: {}, validUntil: null },
  initial: 'draft',
  states: {
    draft: {
      on: {
        revise: { guard: 'hasChanged', actions: 'takeContent' },
        submit: { guard: 'namesContent', target: 'inReview' },
        retire: 'retired',
      },
    },
    inReview: {
      type: 'parallel',
      states: { comms: reviewRegion('comms'), legal: reviewRegion('legal') },
      onDone: 'approved',
      on: {
        revise: { guard: 'hasChanged', target: 'draft', actions: 'takeContent' },
        requestChanges: { guard: 'mayDecide', target: 'draft', actions: 'voidDecisions' },
        reject: { guard: 'mayDecide', target: 'rejected', actions: 'voidDecisions' },
      },
    },
    approved: { on: { supersede: 'superseded', retire: 'retired', expire: { guard: 'isOver', target: 'expired' } } },
    superseded: {},
    retired: {},
    expired: {},
    rejected: { on: { revise: { guard: 'hasChanged', target: 'draft', actions: 'takeContent' } } },
  },
});
