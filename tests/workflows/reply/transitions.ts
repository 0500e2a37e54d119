import type { ReplyEventType } from '#workflows/reply/reply.events.ts';
import type { ReplyState } from '#workflows/reply/reply.replay.ts';
import { isIn } from '#workflows/step.ts';

const TRIAGE = ['monitor', 'dismiss', 'handlePrivately', 'merge'] as const;

/**
 * Which events each resting state of the work takes when they are well-formed and in time (DESIGN.md, The reply, as a
 * statechart). Everything else is refused.
 */
export const TAKEN: Readonly<Record<string, readonly ReplyEventType[]>> = {
  triage: ['claim', 'revise', ...TRIAGE],
  monitoring: ['reopen', 'dismiss', 'close'],
  noResponse: ['reopen'],
  privateHandling: ['reopen', 'close'],
  merged: ['reopen'],
  drafting: ['claim', 'revise', 'submit', 'withdraw', ...TRIAGE],
  inReview: ['approve', 'requestChanges', 'reject', 'recall', 'revise', 'claim'],
  rejected: ['revise', 'close'],
  approved: ['release', 'schedule', 'expireApproval', 'recall', 'revise', 'claim'],
  scheduled: ['schedule', 'release', 'unschedule', 'publicationAttempted', 'expireApproval', 'recall', 'revise'],
  'publishing.queued': ['publicationAttempted', 'release', 'expireApproval', 'recall'],
  'publishing.attempted': ['publicationSucceeded', 'publicationFailed', 'publicationUnknown'],
  'publishing.backingOff': ['publicationAttempted', 'release', 'expireApproval', 'recall'],
  'publishing.reconciling': ['publicationSucceeded', 'publicationFailed', 'publicationConfirmed'],
  published: ['publicationObserved', 'revise', 'close'],
  correcting: ['claim', 'revise', 'submit', 'withdraw'],
  takingDown: ['claim', 'revise', 'submit', 'withdraw'],
  takenDown: ['close'],
  withdrawn: ['reopen'],
  closed: ['reopen'],
};

/** What the orthogonal regions take, whatever the work is. */
export const TAKEN_BESIDE: Readonly<Record<string, readonly ReplyEventType[]>> = {
  'serviceLevel.onTime': ['escalate', 'breach'],
  'serviceLevel.atRisk': ['breach'],
  'hold.none': ['placeHold'],
  'hold.held': ['liftHold'],
};

const namesIn = (table: typeof TAKEN, { value }: ReplyState, prefix: string): string[] =>
  Object.keys(table).filter((name) => isIn(value, prefix + name));

/** The types that a state takes, by the tables above. */
export const typesTakenIn = (state: ReplyState): ReadonlySet<ReplyEventType> => {
  const work = namesIn(TAKEN, state, 'work.').flatMap((name) => TAKEN[name] ?? []);
  const beside = namesIn(TAKEN_BESIDE, state, '').flatMap((name) => TAKEN_BESIDE[name] ?? []);
  const taken = new Set([...work, ...beside]);
  // Before a revision is saved, and after one was published, there is nothing to submit.
  if (state.context.authors.length === 0) taken.delete('submit');
  return taken;
};
