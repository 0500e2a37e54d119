import { firstGraphemes } from '#workflows/content/words.ts';
import { QUEUES, type Queue, type QueueItem } from '#workflows/contract/reply.contract.ts';
import { isIn } from '#workflows/step.ts';
import { toMilliseconds } from '#workflows/time.ts';
import { isClosed } from '../state/snapshots.ts';
import type { ReplyEntry } from '../state/tables.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { Viewer } from '../viewer.ts';
import { serviceLevelOf, waitingOf, workState } from './waiting.ts';

const EXCERPT = 120;

/** Queues by role, in the order in which they stand; the first is what waits on the person. */
const QUEUES_OF_ROLE: Partial<Record<string, readonly Queue[]>> = {
  agent: ['waitingOnMe', 'atRisk', 'inReview', 'approved', 'sentToday', 'monitoring'],
  comms: ['waitingOnMe', 'waitingOnOthers', 'atRisk', 'signedToday', 'sentToday'],
  legal: ['waitingOnMe', 'waitingOnOthers', 'onHold', 'signedToday', 'sentToday'],
  publisher: ['waitingOnMe', 'approved', 'sentToday'],
  auditor: ['open', 'sentToday'],
  admin: ['open', 'sentToday'],
};

/** Queues that a person sees: those of their roles, then everything. */
export const queuesOf = ({ roles }: Viewer): Queue[] => {
  const wanted = new Set<Queue>([...roles.flatMap((role) => QUEUES_OF_ROLE[role] ?? []), 'open', 'closed']);
  return QUEUES.filter((queue) => wanted.has(queue));
};

/** Midnight of this machine's day. */
const startOfDay = (now: number): number => new Date(now).setHours(0, 0, 0, 0);

const isToday = (desk: DeskReading, at: string | null | undefined): boolean =>
  at !== null && at !== undefined && toMilliseconds(at) >= startOfDay(desk.options.clock.now());

const wasSignedToday = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): boolean =>
  Object.values(entry.approvals).some(({ by, at }) => by === viewer.person && isToday(desk, at)) ||
  (entry.returned?.by === viewer.person && isToday(desk, entry.returned.at));

const isPublic = (entry: ReplyEntry): boolean => entry.state.context.publishedHash !== null;

const isInQueue = (desk: DeskReading, queue: Queue, entry: ReplyEntry, viewer: Viewer): boolean => {
  const { value } = entry.state;
  switch (queue) {
    case 'waitingOnMe':
      return !isClosed(entry) && waitingOf(desk, entry, viewer).onMe;
    case 'waitingOnOthers':
      return (
        ['drafting', 'inReview', 'approved', 'scheduled', 'publishing', 'correcting', 'takingDown'].includes(
          workState(entry),
        ) && !waitingOf(desk, entry, viewer).onMe
      );
    case 'atRisk':
      return (
        !isClosed(entry) && !isPublic(entry) && ['atRisk', 'breached'].includes(serviceLevelOf(entry)) && isOwed(entry)
      );
    case 'inReview':
      return isIn(value, 'work.inReview');
    case 'approved':
      return ['approved', 'scheduled', 'publishing'].includes(workState(entry));
    case 'sentToday':
      return isPublic(entry) && isToday(desk, entry.state.context.publishedAt);
    case 'signedToday':
      return wasSignedToday(desk, entry, viewer);
    case 'onHold':
      return isIn(value, 'hold.held');
    case 'monitoring':
      return isIn(value, 'work.monitoring');
    case 'open':
      return !isClosed(entry);
    case 'closed':
      return isClosed(entry);
  }
};

/** The company still owes an answer. */
const isOwed = (entry: ReplyEntry): boolean =>
  !['monitoring', 'privateHandling', 'published', 'takenDown'].includes(workState(entry));

export const countQueues = (desk: DeskReading, viewer: Viewer): { queue: Queue; count: number }[] =>
  queuesOf(viewer).map((queue) => {
    let count = 0;
    for (const entry of desk.tables.replies.values()) if (isInQueue(desk, queue, entry, viewer)) count += 1;
    return { queue, count };
  });

/** Answered and nothing wrong with it, answered in private, or watched: its time presses nobody. */
const SETTLED = ['published', 'takenDown', 'privateHandling', 'monitoring'];

const isSettled = (entry: ReplyEntry): boolean => SETTLED.includes(workState(entry)) && alarmOf(entry) === null;

const byDue = (a: ReplyEntry, b: ReplyEntry): number => {
  const settled = Number(isSettled(a)) - Number(isSettled(b));
  if (settled !== 0) return settled;
  return a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1;
};

const byNewest = (a: ReplyEntry, b: ReplyEntry): number => b.changedSeq - a.changedSeq;

const alarmOf = ({ state }: ReplyEntry): QueueItem['alarm'] => {
  if (isIn(state.value, 'work.published.drifted')) return 'drifted';
  return isIn(state.value, 'work.published.gone') ? 'gone' : null;
};

const toItem = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): QueueItem => {
  const capture = desk.texts.capture(entry.mention)?.capture ?? null;
  const channel = desk.tables.channels.get(entry.channel);
  const seen = desk.options.preferences.seen(viewer.person, entry.id);
  return {
    id: entry.id,
    version: entry.version,
    channel: {
      id: entry.channel,
      name: channel?.name ?? '',
      kind: channel?.kind ?? 'sandbox',
      handle: channel?.handle ?? '',
    },
    handle: capture?.post.author.handle ?? null,
    excerpt: firstGraphemes((capture?.post.text ?? '').replace(/\s+/gu, ' ').trim(), EXCERPT),
    language: entry.language,
    dueAt: entry.dueAt,
    postedAt: entry.postedAt,
    serviceLevel: serviceLevelOf(entry),
    state: workState(entry),
    waiting: waitingOf(desk, entry, viewer),
    isUnread: (seen?.seq ?? -1) < entry.changedSeq,
    publishedAt: entry.state.context.publishedAt,
    alarm: alarmOf(entry),
    isHeld: isIn(entry.state.value, 'hold.held'),
  };
};

const matchesSearch = (desk: DeskReading, entry: ReplyEntry, words: readonly string[]): boolean => {
  const capture = desk.texts.capture(entry.mention)?.capture;
  if (!capture) return false;
  const newest = entry.revisions.at(-1);
  const text = newest ? (desk.texts.revision(newest.seq)?.document.lines.flat() ?? []) : [];
  const answer = text.map((inline) => (inline.type === 'text' ? inline.text : inline.value)).join(' ');
  const haystack = `${capture.post.author.handle} ${capture.post.author.name ?? ''} ${capture.post.text} ${answer}`
    .normalize('NFKC')
    .toLocaleLowerCase();
  return words.every((word) => haystack.includes(word));
};

export interface QueueRequest {
  readonly queue: Queue;
  readonly sort: 'due' | 'newest';
  readonly search: string;
  readonly page: { readonly offset: number; readonly limit: number };
}

/** One page of a queue; only the rows of the page are opened and put into words. */
export const listQueue = (
  desk: DeskReading,
  viewer: Viewer,
  { queue, sort, search, page }: QueueRequest,
): { total: number; items: QueueItem[] } => {
  const words = search
    .normalize('NFKC')
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found = [...desk.tables.replies.values()]
    .filter((entry) => isInQueue(desk, queue, entry, viewer))
    .filter((entry) => words.length === 0 || matchesSearch(desk, entry, words))
    .sort(sort === 'due' ? byDue : byNewest);
  const items = found.slice(page.offset, page.offset + page.limit).map((entry) => toItem(desk, entry, viewer));
  return { total: found.length, items };
};
