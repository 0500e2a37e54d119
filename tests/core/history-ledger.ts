import { requireViewer } from '#main/core/viewer.ts';
import { listQueue } from '#main/core/views/queue.ts';
import { replyView, requireReply } from '#main/core/views/reply-view.ts';
import { storyOf } from '#main/core/views/story.ts';
import { policyView } from '#main/core/views/versions-view.ts';
import type { PolicyView } from '#workflows/contract/policy.contract.ts';
import { QUEUES, type Queue, type QueueItem, type ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { Actor, TestDesk } from './desk.fixture.ts';

/** A reply's view without what is the running program's or the reader's alone. */
export const lastingReply = (view: ReplyView) => ({
  ...view,
  acts: [],
  lastSeenRevision: null,
  publication:
    view.publication && ['reconciling', 'succeeded'].includes(view.publication.state)
      ? { ...view.publication, retryAt: null }
      : view.publication,
});

export const lastingItems = (items: readonly QueueItem[]) => items.map((item) => ({ ...item, isUnread: false }));

export const lastingPolicy = ({ versions, ...rest }: PolicyView) => ({
  ...rest,
  mayEdit: false,
  versions: versions.map((version) => ({
    ...version,
    reviews: version.reviews.map((review) => ({ ...review, mayDecide: false, refusal: null })),
  })),
});

/** What people saw of the desk when a command's last record had just been written. */
export interface Seen {
  readonly asOf: number;
  readonly who: Actor;
  readonly replies: ReadonlyMap<ReplyId, { readonly view: unknown; readonly story: unknown }>;
  readonly queues: ReadonlyMap<Queue, unknown>;
  readonly policy: unknown;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const EVERYTHING = { sort: 'due', search: '', page: { offset: 0, limit: 200 } } as const;

const lookNow = ({ host }: TestDesk, who: Actor, asOf: number): Seen => {
  const { desk, sessions } = host;
  const viewer = requireViewer(desk, sessions.get(who.id));
  return {
    asOf,
    who,
    replies: new Map(
      [...desk.tables.replies.keys()]
        .map(({ id }) => requireReply(desk, id))
        .map((entry) => [
          entry.id,
          plain({ view: lastingReply(replyView(desk, entry, viewer)), story: storyOf(desk, entry) }) as never,
        ]),
    ),
    queues: new Map(
      QUEUES.map((queue) => {
        const { total, items } = listQueue(desk, viewer, { queue, ...EVERYTHING });
        return [queue, plain({ total, items: lastingItems(items) })];
      }),
    ),
    policy: plain(lastingPolicy(policyView(desk, viewer))),
  };
};

/** Writes down what some people see after every command from now on. */
export const keepLedger = (desk: TestDesk, watchers: readonly Actor[]): Seen[] => {
  const seen: Seen[] = [];
  desk.host.desk.journal.follow((records) => {
    const asOf = records.at(-1)?.seq ?? 0;
    // Commands that shared a flush are all there already: nobody saw the desk between them.
    if (asOf !== desk.size - 1) return;
    for (const who of watchers) seen.push(lookNow(desk, who, asOf));
  });
  return seen;
};

/** Asks the desk for what was seen, as of its record. */
export const lookBack = async ({ asOf, who, replies, queues }: Seen): Promise<Omit<Seen, 'asOf' | 'who'>> => {
  const { history } = who.desk;
  const pastReplies = new Map<ReplyId, { view: unknown; story: unknown }>();
  for (const reply of replies.keys()) {
    const past = await history.reply({ asOf, reply });
    pastReplies.set(reply, plain({ view: lastingReply(past.reply), story: past.story }) as never);
  }
  const pastQueues = new Map<Queue, unknown>();
  for (const queue of queues.keys()) {
    const { total, items } = await history.queue({ asOf, queue, ...EVERYTHING });
    pastQueues.set(queue, plain({ total, items }));
  }
  const { asOf: _asOf, at: _at, ...policy } = await history.policy({ asOf });
  return { replies: pastReplies, queues: pastQueues, policy: plain(policy) };
};
