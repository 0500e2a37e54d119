import type { ActView, ReplyAct } from '#workflows/contract/reply.contract.ts';
import { refuse, type Refusal } from '#workflows/errors.ts';
import type { ReviewKind, Role } from '#workflows/people/roles.ts';
import { isPaused } from '#workflows/publishing/pause.replay.ts';
import type { DecisionEvent } from '#workflows/reply/reply.events.ts';
import { isAllowedReleaser, isOpenReview, mayDecide, mayRecall } from '#workflows/reply/reply.rules.ts';
import { isIn } from '#workflows/step.ts';
import { needsReleaseAgain } from '../../publishing/send-queue.ts';
import type { DeskReading } from '../desk-reading.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { namesInRole, type Viewer } from '../viewer.ts';
import { eligibleFor, releasersOf, workState } from './waiting.ts';

const EDITORS: readonly Role[] = ['agent', 'comms', 'legal'];
const RELEASERS: readonly Role[] = ['publisher', 'agent', 'comms'];
const LEGAL: readonly Role[] = ['legal'];

/** In which states an act is offered at all, and in which role. */
const OFFERED: Record<
  Exclude<ReplyAct, 'approve' | 'requestChanges' | 'reject'>,
  { in: readonly string[]; roles: readonly Role[] }
> = {
  claim: { in: ['triage', 'drafting'], roles: EDITORS },
  handOver: { in: ['drafting', 'correcting', 'takingDown'], roles: EDITORS },
  monitor: { in: ['triage', 'drafting'], roles: EDITORS },
  dismiss: { in: ['triage', 'drafting', 'monitoring'], roles: EDITORS },
  handlePrivately: { in: ['triage', 'drafting'], roles: EDITORS },
  merge: { in: ['triage', 'drafting'], roles: EDITORS },
  reopen: { in: ['monitoring', 'noResponse', 'privateHandling', 'merged', 'withdrawn', 'closed'], roles: EDITORS },
  edit: {
    in: ['triage', 'drafting', 'inReview', 'approved', 'scheduled', 'rejected', 'correcting'],
    roles: EDITORS,
  },
  submit: { in: ['drafting', 'correcting', 'takingDown'], roles: EDITORS },
  recall: { in: ['inReview', 'approved', 'scheduled', 'publishing'], roles: EDITORS },
  withdraw: { in: ['drafting', 'correcting', 'takingDown'], roles: EDITORS },
  release: { in: ['approved', 'scheduled', 'publishing'], roles: RELEASERS },
  schedule: { in: ['approved', 'scheduled'], roles: RELEASERS },
  unschedule: { in: ['scheduled'], roles: RELEASERS },
  confirmByHand: { in: ['publishing'], roles: RELEASERS },
  retry: { in: ['publishing', 'published'], roles: RELEASERS },
  fetchAnswers: { in: ['published', 'closed'], roles: EDITORS },
  correct: { in: ['published'], roles: EDITORS },
  takeDown: { in: ['published'], roles: EDITORS },
  close: { in: ['monitoring', 'privateHandling', 'rejected', 'published', 'takenDown'], roles: EDITORS },
  placeHold: { in: [], roles: LEGAL },
  liftHold: { in: [], roles: LEGAL },
};

type OfferedAct = keyof typeof OFFERED;

const isOffered = (desk: DeskReading, entry: ReplyEntry, act: OfferedAct): boolean => {
  // Of somebody who was erased there is nothing to write and nobody to write to.
  if (act !== 'close' && isErased(desk.tables.erasures.get(entry.customer))) return false;
  const { value, context } = entry.state;
  const isHeld = isIn(value, 'hold.held');
  switch (act) {
    case 'placeHold':
      return !isHeld;
    case 'liftHold':
      return isHeld;
    case 'recall':
      return OFFERED.recall.in.includes(workState(entry)) && !isInFlight(entry);
    case 'release':
      return (
        isIn(value, 'work.approved') ||
        isIn(value, 'work.scheduled') ||
        (!isInFlight(entry) && waitsForRelease(desk, entry))
      );
    case 'confirmByHand':
      return isIn(value, 'work.publishing.reconciling') && desk.outbox.nextLook(entry.id)?.needsPerson === true;
    case 'retry':
      return (
        isIn(value, 'work.publishing.backingOff') ||
        isIn(value, 'work.publishing.reconciling') ||
        isIn(value, 'work.published.awaitingReadback')
      );
    case 'fetchAnswers':
      return OFFERED.fetchAnswers.in.includes(workState(entry)) && context.publishedHash !== null;
    case 'claim':
      return OFFERED.claim.in.includes(workState(entry));
    default:
      return OFFERED[act].in.includes(workState(entry));
  }
};

const isInFlight = ({ state }: ReplyEntry): boolean =>
  isIn(state.value, 'work.publishing.attempted') || isIn(state.value, 'work.publishing.reconciling');

const waitsForRelease = (desk: DeskReading, entry: ReplyEntry): boolean =>
  (workState(entry) === 'publishing' || workState(entry) === 'scheduled') &&
  needsReleaseAgain(desk.tables, entry, desk.now());

/** Why the person may not do an offered act, or `null`. */
const refusalOf = (desk: DeskReading, entry: ReplyEntry, act: OfferedAct, viewer: Viewer): Refusal | null => {
  const { roles } = OFFERED[act];
  const role = roles.find((candidate) => viewer.roles.includes(candidate));
  if (!role) {
    const who = [...new Set(roles.flatMap((candidate) => namesInRole(desk, candidate)))];
    return refuse('FORBIDDEN', 'roleMayNot', { who, roles: [...roles] });
  }
  const { assignee } = entry.state.context;
  if (act === 'claim' && assignee === viewer.person) return refuse('INVALID_INPUT', 'alreadyYours');
  if (act === 'release' || act === 'schedule') {
    if (act === 'release' && isPaused(desk.tables.pause.get().state))
      return refuse('PUBLISHING_PAUSED', 'publishingPaused');
    const actor = { person: viewer.person, role };
    const event = { type: 'release', actor, at: desk.now(), contentHash: '', publication: 'publication/' } as const;
    const refusal = isAllowedReleaser(entry.state.context, event);
    return refusal
      ? { ...refusal, values: { ...refusal.values, who: releasersOf(desk, entry).map(({ name }) => name) } }
      : null;
  }
  if (act === 'recall') return recallRefusal(desk, entry, viewer, role);
  if (act === 'submit' && entry.state.context.revision === 0) return refuse('INVALID_INPUT', 'nothingToSubmit');
  return null;
};

/** Why the person may not take a submitted reply back, with the names of those who can; `null` when they may. */
export const recallRefusal = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer, role: Role): Refusal | null => {
  const { context } = entry.state;
  const refusal = mayRecall(context, { type: 'recall', actor: { person: viewer.person, role }, at: desk.now() });
  if (!refusal) return null;
  const who = [...new Set([...context.authors.map((author) => desk.nameOf(author)), ...namesInRole(desk, 'agent')])];
  return { ...refusal, values: { ...refusal.values, who } };
};

/** The review in which the person would decide: one of their roles, an undecided one first. */
export const reviewOf = (entry: ReplyEntry, viewer: Viewer): ReviewKind | null => {
  const { route, decisions } = entry.state.context;
  const own = (route?.reviews ?? []).map(({ review }) => review).filter((review) => viewer.roles.includes(review));
  return own.find((review) => !decisions[review]) ?? own[0] ?? null;
};

/** A refusal of a decision, with the names of those who can decide instead. */
export const withEligible = (desk: DeskReading, entry: ReplyEntry, review: ReviewKind, refusal: Refusal): Refusal => ({
  ...refusal,
  values: { ...refusal.values, who: eligibleFor(desk, entry, review).map(({ name }) => name) },
});

const decisionActs = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): ActView[] => {
  if (workState(entry) !== 'inReview') return [];
  const review = reviewOf(entry, viewer);
  const { revision, contentHash, route } = entry.state.context;
  const types = ['approve', 'requestChanges', 'reject'] as const;
  if (!review) {
    const open = (route?.reviews ?? []).map((entryReview) => entryReview.review);
    const who = open.flatMap((kind) => eligibleFor(desk, entry, kind).map(({ name }) => name));
    const refusal = refuse('FORBIDDEN', 'notAReviewer', { who: [...new Set(who)] });
    return types.map((act) => ({ act, isAllowed: false, review: null, refusal: pick(refusal) }));
  }
  return types.map((act) => {
    const event: DecisionEvent = {
      type: act,
      actor: { person: viewer.person, role: review },
      at: desk.now(),
      review,
      revision,
      contentHash: contentHash ?? '',
    };
    const refusal = mayDecide(entry.state.context, event);
    return {
      act,
      isAllowed: refusal === null,
      review,
      refusal: refusal
        ? pick(isOpenReview(entry.state.context, event) ? refusal : withEligible(desk, entry, review, refusal))
        : null,
    };
  });
};

const pick = ({ reason, values }: Refusal): NonNullable<ActView['refusal']> => ({ reason, values: { ...values } });

/** Everything that can be done with a reply in its state, and whether this person may. */
export const actsOn = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): ActView[] => {
  const readOnly = desk.journal.readOnly;
  const offered = (Object.keys(OFFERED) as OfferedAct[]).filter((act) => isOffered(desk, entry, act));
  const acts = [
    ...decisionActs(desk, entry, viewer),
    ...offered.map((act): ActView => {
      const refusal = refusalOf(desk, entry, act, viewer);
      return { act, isAllowed: refusal === null, review: null, refusal: refusal ? pick(refusal) : null };
    }),
  ];
  if (!readOnly) return acts;
  const refusal = { reason: 'journalReadOnly', values: { why: readOnly.message } };
  return acts.map((act) => ({ ...act, isAllowed: false, refusal }));
};
