import type { RailStep } from '#workflows/contract/reply.contract.ts';
import { REVIEW_KINDS, type ReviewKind } from '#workflows/people/roles.ts';
import { isRequired } from '#workflows/policy/route.ts';
import { isIn } from '#workflows/step.ts';
import type { Time } from '#workflows/time.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { PublicationEntry, ReplyEntry } from '../state/tables.ts';
import type { Viewer } from '../viewer.ts';
import { eligibleFor, openReviews, releasersOf, workState } from './waiting.ts';

const step = (name: RailStep['step'], parts: Partial<RailStep>): RailStep => ({
  step: name,
  state: 'todo',
  who: [],
  isMe: false,
  at: null,
  until: null,
  outcome: null,
  ...parts,
});

const LAST_NAMED = 3;

const people = (viewer: Viewer, listed: readonly { id: string; name: string }[]): Pick<RailStep, 'who' | 'isMe'> => ({
  who: listed.slice(0, LAST_NAMED).map(({ name }) => name),
  isMe: listed.some(({ id }) => id === viewer.person),
});

const AT_THE_DESK = ['triage', 'drafting', 'correcting', 'takingDown', 'rejected'];
const NO_ANSWER = ['monitoring', 'noResponse', 'privateHandling', 'merged', 'withdrawn'];

const draftStep = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): RailStep => {
  const { assignee, authors } = entry.state.context;
  const state = workState(entry);
  const author = entry.submission?.by ?? assignee ?? authors[0] ?? null;
  const who = author ? people(viewer, [{ id: author, name: desk.nameOf(author) }]) : { who: [], isMe: false };
  if (NO_ANSWER.includes(state))
    return step('draft', { ...who, state: 'stopped', at: entry.changedAt, outcome: state });
  if (AT_THE_DESK.includes(state)) return step('draft', { ...who, state: 'now', outcome: state });
  return step('draft', { ...who, state: 'done', at: entry.submission?.at ?? null });
};

/** By when the customer was promised an answer; a change of what is public has no such time. */
const promisedAt = ({ state, dueAt }: ReplyEntry): Time | null => (state.context.publishedHash === null ? dueAt : null);

const reviewStep = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer, review: ReviewKind): RailStep => {
  const approval = entry.approvals[review];
  if (approval) {
    return step(review, {
      ...people(viewer, [{ id: approval.by, name: desk.nameOf(approval.by) }]),
      state: 'done',
      at: approval.at,
    });
  }
  const isOpen = openReviews(entry).includes(review);
  return step(review, {
    ...people(viewer, eligibleFor(desk, entry, review)),
    state: isOpen ? 'now' : 'todo',
    until: promisedAt(entry),
  });
};

const reviewSteps = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): RailStep[] => {
  const { route } = entry.state.context;
  if (!route || AT_THE_DESK.includes(workState(entry))) return [step('review', { until: promisedAt(entry) })];
  return REVIEW_KINDS.filter((review) => isRequired(route, review)).map((review) =>
    reviewStep(desk, entry, viewer, review),
  );
};

const publishStep = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): RailStep => {
  const { publishedAt, publishedHash, scheduledFor } = entry.state.context;
  const state = workState(entry);
  if (publishedHash !== null && ['published', 'closed'].includes(state)) {
    return step('publish', { state: 'done', at: publishedAt, ...releasedBy(desk, entry, viewer) });
  }
  if (state === 'takenDown') return step('publish', { state: 'done', at: publishedAt, outcome: 'takenDown' });
  const who = people(viewer, releasersOf(desk, entry));
  if (state === 'approved') return step('publish', { ...who, state: 'now' });
  if (state === 'scheduled') return step('publish', { ...who, state: 'now', at: scheduledFor, outcome: 'scheduled' });
  if (state === 'publishing') {
    const inner = ['queued', 'attempted', 'backingOff', 'reconciling'].find((name) =>
      isIn(entry.state.value, `work.publishing.${name}`),
    );
    return step('publish', { ...who, state: 'now', outcome: inner ?? null });
  }
  return step('publish', who);
};

const releasedBy = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): Pick<RailStep, 'who' | 'isMe'> => {
  if (entry.releasedSeq === null) return { who: [], isMe: false };
  const { actor } = desk.journal.read(entry.releasedSeq);
  return 'person' in actor
    ? people(viewer, [{ id: actor.person, name: desk.nameOf(actor.person) }])
    : { who: [], isMe: false };
};

const readbackStep = (entry: ReplyEntry, publication: PublicationEntry | null): RailStep => {
  const at: Time | null = publication?.observation?.at ?? null;
  const outcome = publication?.observation?.outcome ?? null;
  if (entry.state.context.publishedHash === null && workState(entry) !== 'takenDown') return step('readback', {});
  if (outcome === null) return step('readback', { state: workState(entry) === 'published' ? 'now' : 'todo' });
  return step('readback', { state: outcome === 'same' ? 'done' : 'stopped', at, outcome });
};

/** At most five steps: drafted, each review, published, read back (who, when, what next). */
export const railOf = (
  desk: DeskReading,
  entry: ReplyEntry,
  viewer: Viewer,
  publication: PublicationEntry | null,
): RailStep[] => [
  draftStep(desk, entry, viewer),
  ...reviewSteps(desk, entry, viewer),
  publishStep(desk, entry, viewer),
  readbackStep(entry, publication),
];
