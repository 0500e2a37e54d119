import type { ReviewKind } from '#workflows/people/roles.ts';
import { REVIEW_KINDS } from '#workflows/people/roles.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Waiting } from '#workflows/contract/reply.contract.ts';
import { isIn } from '#workflows/step.ts';
import { needsReleaseAgain } from '../../publishing/send-queue.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { peopleInRole, type Viewer } from '../viewer.ts';

/** The state of a reply in the machine's main region, without its inner states: `inReview`, `publishing`. */
export const workState = ({ state }: ReplyEntry): string => {
  const { work } = state.value as { work: string | Record<string, unknown> };
  return typeof work === 'string' ? work : (Object.keys(work)[0] ?? '');
};

export const serviceLevelOf = ({ state }: ReplyEntry): 'onTime' | 'atRisk' | 'breached' | 'met' =>
  (state.value as { serviceLevel: 'onTime' | 'atRisk' | 'breached' | 'met' }).serviceLevel;

/** Reviews whose turn it is. */
export const openReviews = ({ state }: ReplyEntry): ReviewKind[] =>
  REVIEW_KINDS.filter((review) => isIn(state.value, `work.inReview.${review}.deciding`));

/** Who can decide a review of the revision as it stands: in the role, no author, not in its other review. */
export const eligibleFor = (
  desk: DeskReading,
  entry: ReplyEntry,
  review: ReviewKind,
): { id: PersonId; name: string }[] => {
  const { authors, decisions } = entry.state.context;
  const others = REVIEW_KINDS.filter((kind) => kind !== review).flatMap((kind) => decisions[kind]?.person ?? []);
  return peopleInRole(desk, review, new Set([...authors, ...others]));
};

/** Who can release an approved reply. */
export const releasersOf = (desk: DeskReading, { state }: ReplyEntry): { id: PersonId; name: string }[] => {
  const { authors, assignee, route } = state.context;
  const barred = new Set(route?.authorMayRelease === false ? authors : []);
  const publishers = peopleInRole(desk, 'publisher', barred);
  const own = assignee && !barred.has(assignee) ? peopleInRole(desk, 'agent').filter(({ id }) => id === assignee) : [];
  const listed = [...own, ...publishers.filter(({ id }) => id !== assignee)];
  return listed.length > 0 ? listed : [...peopleInRole(desk, 'agent', barred), ...peopleInRole(desk, 'comms', barred)];
};

const waiting = (
  viewer: Viewer,
  act: Waiting['act'],
  people: readonly { id: PersonId; name: string }[],
  reviews: readonly ReviewKind[] = [],
): Waiting => ({
  act,
  onMe: people.some(({ id }) => id === viewer.person),
  reviews: [...reviews],
  names: [...new Set(people.map(({ name }) => name))],
});

/** What comes next for a reply, and whether it waits on the person who asks. */
export const waitingOf = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): Waiting => {
  const { assignee } = entry.state.context;
  const agents = peopleInRole(desk, 'agent');
  const owner = assignee ? [{ id: assignee, name: desk.nameOf(assignee) }] : agents;
  const reviews = openReviews(entry);
  switch (workState(entry)) {
    case 'triage':
      return waiting(viewer, 'triage', agents);
    case 'drafting':
    case 'correcting':
    case 'takingDown':
      return waiting(viewer, 'draft', owner);
    case 'rejected':
      return waiting(viewer, 'draft', owner);
    case 'inReview':
      return waiting(
        viewer,
        'decide',
        reviews.flatMap((review) => eligibleFor(desk, entry, review)),
        reviews,
      );
    case 'approved':
      return waiting(viewer, 'release', releasersOf(desk, entry));
    case 'scheduled':
      return needsReleaseAgain(desk.tables, entry, desk.now())
        ? waiting(viewer, 'release', releasersOf(desk, entry))
        : waiting(viewer, 'send', []);
    case 'publishing':
      return waitingForSending(desk, entry, viewer);
    case 'published':
      return isIn(entry.state.value, 'work.published.drifted') || isIn(entry.state.value, 'work.published.gone')
        ? waiting(viewer, 'lookAt', [...owner, ...peopleInRole(desk, 'comms')])
        : waiting(viewer, 'nothing', []);
    case 'monitoring':
    case 'privateHandling':
      return waiting(viewer, 'wait', []);
    default:
      return waiting(viewer, 'nothing', []);
  }
};

const waitingForSending = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): Waiting => {
  if (needsReleaseAgain(desk.tables, entry, desk.now()) && !isIn(entry.state.value, 'work.publishing.attempted')) {
    return waiting(viewer, 'release', releasersOf(desk, entry));
  }
  const look = desk.outbox.nextLook(entry.id);
  const needsPerson = isIn(entry.state.value, 'work.publishing.reconciling') && look?.needsPerson === true;
  return needsPerson ? waiting(viewer, 'reconcile', releasersOf(desk, entry)) : waiting(viewer, 'send', []);
};
