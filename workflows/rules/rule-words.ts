import type { Refusal } from '../errors.ts';

/** What is wrong with a record that a rule refuses, by the refusal's reason, as a verification says it. */
const SENTENCES: Readonly<Record<string, string>> = {
  revisionStale: 'it names another content than the newest revision',
  versionStale: 'it names another content than the version has',
  notInReviewRole: 'the review is decided in another role than its own',
  decideOnOwn: 'an author decides on what they wrote or edited',
  fillsOtherReview: 'one person fills two reviews of one revision',
  reviewNotRequired: 'the route does not ask for this review',
  alreadyDecided: 'this review was decided before',
  notItsTurn: 'an earlier review of the route is not decided yet',
  nothingChanged: 'the revision does not differ from the one before',
  nothingToSubmit: 'what is submitted was published before, so that nobody counts as its author',
  blockingFindings: 'it is submitted with findings that forbid it',
  recallNotTheirs: 'it is taken back by somebody who neither wrote it nor is an agent',
  notApproved: 'not every review of the route has approved exactly this content',
  approvalExpired: 'the approvals had expired',
  approvalStillValid: 'the approvals had not expired',
  authorMayNotRelease: 'an author releases it, which the policy forbids',
  scheduleInPast: 'it is scheduled for a time that was over',
  notYetScheduled: 'it is sent before the time that it was scheduled for',
  mayNotPause: 'this role may not pause publishing',
  mayNotResume: 'this role may not lift the pause',
  resumeNeedsAnother: 'whoever proposed to lift the pause also lifts it',
  roleMayNot: 'this role may not write it',
  erasureNeedsAnother: 'whoever proposed the erasure also confirms it',
  resumeNeedsOtherRole: 'both who lift the pause act in one role',
};

/** A refusal in plain words; its reason where there are none for it. */
export const sentenceOf = ({ reason }: Refusal): string => SENTENCES[reason] ?? `it is refused: ${reason}`;
