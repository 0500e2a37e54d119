import type * as machine from '#workflows/approval/version.machine.ts';
import type { VersionContext, VersionDecision } from '#workflows/approval/version.machine.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { as, CATE, hashOf, KAY, PAT, REX, START } from '../cast.ts';

/** A decision on wording that a number names, by a person in the review's role. */
export const decide = (
  type: VersionDecision['type'],
  review: ReviewKind,
  hash: number,
  by = KAY,
): VersionDecision & { readonly type: typeof type } => ({
  type,
  review,
  contentHash: hashOf(hash),
  actor: as(by, review),
  at: START,
});

/** Cate wrote wording 1; Kay of comms has approved it, legal has not decided. */
const IN_REVIEW: VersionContext = {
  contentHash: hashOf(1),
  authors: [CATE],
  decisions: { comms: { person: KAY, at: START } },
  validUntil: null,
};

/** Decisions on that version, and the reason for which each is refused; `null` for none. */
export const VERSION_REFUSALS: readonly { title: string; event: VersionDecision; expected: string | null }[] = [
  { title: 'by a reviewer who is no author', event: decide('approve', 'legal', 1, REX), expected: null },
  {
    title: 'in a role that is not the review’s',
    event: { ...decide('approve', 'legal', 1, REX), actor: as(REX, 'comms') },
    expected: 'notInReviewRole',
  },
  { title: 'on wording that was replaced', event: decide('approve', 'legal', 2, REX), expected: 'versionStale' },
  { title: 'by who wrote it', event: decide('approve', 'legal', 1, CATE), expected: 'decideOnOwn' },
  { title: 'by who decided the other review', event: decide('approve', 'legal', 1, KAY), expected: 'fillsOtherReview' },
  { title: 'when the review is decided', event: decide('reject', 'comms', 1, PAT), expected: 'alreadyDecided' },
  { title: 'by who decided it before', event: decide('reject', 'comms', 1, KAY), expected: 'alreadyDecided' },
];

/** Titles of the decisions that this rule answers otherwise. */
export const wrongVersionRefusals = ({ mayDecideVersion }: Pick<typeof machine, 'mayDecideVersion'>): string[] =>
  VERSION_REFUSALS.flatMap(({ title, event, expected }) =>
    (mayDecideVersion(IN_REVIEW, event)?.reason ?? null) === expected ? [] : [title],
  );
