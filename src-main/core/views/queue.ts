import { firstGraphemes } from '#workflows/content/words.ts';
import { QUEUES, type Queue, type QueueItem } from '#workflows/contract/reply.contract.ts';
import { isIn } from '#workflows/step.ts';
import { toTime, type Time } from '#workflows/time.ts';
import type { ReplyKey } from '../state/archive.ts';
import { isSignedSince, inOrder } from '../state/reply-table.ts';
import type { ReplyEntry } from '../state/tables.ts';
import type { DeskReading } from '../desk-reading.ts';
import { runInSlices } from '../slices.ts';
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
const midnight = (desk: DeskReading): Time => toTime(new Date(desk.options.clock.now()).setHours(0, 0, 0, 0));

const isToday = (desk: DeskReading, at: Time | null): boolean => at !== null && at >= midnight(desk);

const wasSignedToday = (desk: DeskReading, entry: ReplyEntry, viewer: Viewer): boolean =>
  isSignedSince(entry, viewer.person, midnight(desk));

const isPublic = (entry: ReplyEntry): boolean => entry.state.context.publishedHash !== null;

/** Whether a reply that is not closed is in a queue. */
const isInQueue = (desk: DeskReading, queue: Queue, entry: ReplyEntry, viewer: Viewer): boolean => {
  const { value } = entry.state;
  switch (queue) {
    case 'waitingOnMe':
      return waitingOf(desk, entry, viewer).onMe;
    case 'waitingOnOthers':
      return (
        ['drafting', 'inReview', 'approved', 'scheduled', 'publishing', 'correcting', 'takingDown'].includes(
          workState(entry),
        ) && !waitingOf(desk, entry, viewer).onMe
      );
    case 'atRisk':
      return !isPublic(entry) && ['atRisk', 'breached'].includes(serviceLevelOf(entry)) && isOwed(entry);
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
      return true;
    case 'closed':
      return false;
  }
};

/** The company still owes an answer. */
const isOwed = (entry: ReplyEntry): boolean =>
  !['monitoring', 'privateHandling', 'published', 'takenDown'].includes(workState(entry));

/** The closed replies of a queue; those of the queue of all closed ones are asked for page by page. */
const closedIn = (desk: DeskReading, queue: Queue, viewer: Viewer): ReplyKey[] => {
  const { replies } = desk.tables;
  switch (queue) {
    case 'sentToday':
      return replies.closedPublishedSince(midnight(desk));
    case 'signedToday':
      return replies.closedSignedSince(viewer.person, midnight(desk));
    case 'onHold':
      return replies.closedHeld();
    default:
      return [];
  }
};

export const countQueues = (desk: DeskReading, viewer: Viewer): { queue: Queue; count: number }[] =>
  queuesOf(viewer).map((queue) => {
    let count = queue === 'closed' ? desk.tables.replies.closedCount : closedIn(desk, queue, viewer).length;
    for (const entry of desk.tables.replies.open()) if (isInQueue(desk, queue, entry, viewer)) count += 1;
    return { queue, count };
  });

/** Answered and nothing wrong with it, answered in private, or watched: its time presses nobody. */
const SETTLED = ['published', 'takenDown', 'privateHandling', 'monitoring'];

const isSettled = (entry: ReplyEntry): boolean => SETTLED.includes(workState(entry)) && alarmOf(entry) === null;

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

export interface QueuePage {
  total: number;
  items: QueueItem[];
}

export interface QueueRequest {
  readonly queue: Queue;
  readonly sort: 'due' | 'newest';
  readonly search: string;
  readonly page: { readonly offset: number; readonly limit: number };
}

/** A reply that was found, and whether it comes behind those that still press. */
interface Found {
  readonly key: ReplyKey;
  readonly isSettled: boolean;
}

const pageOf = (
  desk: DeskReading,
  viewer: Viewer,
  { sort, page, found }: Pick<QueueRequest, 'sort' | 'page'> & { readonly found: readonly Found[] },
): QueueItem[] => {
  const settled = ({ isSettled }: Found): number => (sort === 'due' && isSettled ? 1 : 0);
  return found
    .toSorted((a, b) => settled(a) - settled(b) || inOrder[sort](a.key, b.key))
    .slice(page.offset, page.offset + page.limit)
    .flatMap(({ key }) => desk.tables.replies.get(key.id) ?? [])
    .map((entry) => toItem(desk, entry, viewer));
};

const openIn = (desk: DeskReading, queue: Queue, viewer: Viewer): ReplyEntry[] =>
  [...desk.tables.replies.open()].filter((entry) => isInQueue(desk, queue, entry, viewer));

/** One page of a queue; only the rows of the page are opened and put into words. */
const listPage = (desk: DeskReading, viewer: Viewer, request: QueueRequest): QueuePage => {
  const { queue, sort, page } = request;
  const { replies } = desk.tables;
  const isAllClosed = queue === 'closed';
  const closed = isAllClosed ? replies.closed(sort, page.offset + page.limit) : closedIn(desk, queue, viewer);
  const open = openIn(desk, queue, viewer);
  const found = [
    ...open.map((key) => ({ key, isSettled: isSettled(key) })),
    ...closed.map((key) => ({ key, isSettled: false })),
  ];
  const total = open.length + (isAllClosed ? replies.closedCount : closed.length);
  return { total, items: pageOf(desk, viewer, { sort, page, found }) };
};

const isOfQueue = (desk: DeskReading, viewer: Viewer, queue: Queue): ((key: ReplyKey) => boolean) => {
  const { replies } = desk.tables;
  const open = new Set([...replies.open()].map(({ id }) => id));
  if (queue === 'closed') return ({ id }) => !open.has(id);
  const wanted = new Set([...openIn(desk, queue, viewer), ...closedIn(desk, queue, viewer)].map(({ id }) => id));
  return ({ id }) => wanted.has(id);
};

const wordsOf = (search: string): string[] =>
  search
    .normalize('NFKC')
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');

/** Goes through the words of a queue's replies. The order in which they are looked at says nothing. */
function* search(desk: DeskReading, viewer: Viewer, request: QueueRequest): Generator<undefined, QueuePage> {
  const { queue, sort, page } = request;
  const words = wordsOf(request.search);
  const isWanted = isOfQueue(desk, viewer, queue);
  const found: Found[] = [];
  for (const key of desk.tables.replies.keys()) {
    yield;
    const entry = isWanted(key) ? desk.tables.replies.get(key.id) : undefined;
    if (!entry || !matchesSearch(desk, entry, words)) continue;
    found.push({ key: entry, isSettled: isSettled(entry) });
  }
  return { total: found.length, items: pageOf(desk, viewer, { sort, page, found }) };
}

/** One page of a queue at once; a search of many replies holds up everybody else. */
export const listQueue = (desk: DeskReading, viewer: Viewer, request: QueueRequest): QueuePage => {
  if (wordsOf(request.search).length === 0) return listPage(desk, viewer, request);
  const searching = search(desk, viewer, request);
  for (;;) {
    const step = searching.next();
    if (step.done) return step.value;
  }
};

/** The same, where a search lets others have their turn and is given up with whoever asked. */
export const searchQueue = async (
  desk: DeskReading,
  viewer: Viewer,
  request: QueueRequest,
  signal?: AbortSignal,
): Promise<QueuePage> =>
  wordsOf(request.search).length === 0
    ? listPage(desk, viewer, request)
    : runInSlices(search(desk, viewer, request), signal);
