import type { PracticePost } from '#workflows/contract/practice.contract.ts';

/** A post with its depth below the first one of its thread. */
export interface ThreadPost {
  readonly post: PracticePost;
  readonly depth: number;
  /** The post that it answers; `null` for the first, and where that one is gone. */
  readonly parent: PracticePost | null;
}

/** How far the desk is with a thread: the company has answered, a post was taken in, or nobody has looked yet. */
export type ThreadState = 'answered' | 'takenIn' | 'fresh';

/** A first post with everything below it. */
export interface Thread {
  readonly first: PracticePost;
  /** In the order in which they are read: each post is followed by its answers, the oldest first. */
  readonly posts: readonly ThreadPost[];
  readonly newestAt: string;
  readonly state: ThreadState;
}

const stateOf = (posts: readonly ThreadPost[]): ThreadState => {
  if (posts.some(({ post }) => post.isOurs)) return 'answered';
  return posts.some(({ post }) => post.reply !== null) ? 'takenIn' : 'fresh';
};

/** Walks without calling itself, so that no thread is too deep; a post is shown once, whatever the answers say. */
const walk = (first: PracticePost, byId: ReadonlyMap<string, PracticePost>): ThreadPost[] => {
  const posts: ThreadPost[] = [];
  const seen = new Set<string>();
  const waiting: ThreadPost[] = [{ post: first, depth: 0, parent: null }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { post, depth } = next;
    if (seen.has(post.id)) continue;
    seen.add(post.id);
    posts.push(next);
    const answers = post.answers.flatMap((id) => byId.get(id) ?? []);
    for (const answer of answers.toReversed()) waiting.push({ post: answer, depth: depth + 1, parent: post });
  }
  return posts;
};

/** Posts as threads, the one with the newest post first. An answer to a post that is gone begins a thread of its own. */
export const threadsOf = (posts: readonly PracticePost[]): Thread[] => {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return posts
    .filter(({ parent }) => parent === null || !byId.has(parent))
    .map((first): Thread => {
      const below = walk(first, byId);
      const newestAt = below.reduce((newest, { post }) => (post.at > newest ? post.at : newest), first.at);
      return { first, posts: below, newestAt, state: stateOf(below) };
    })
    .sort((a, b) => (a.newestAt < b.newestAt ? 1 : -1));
};
