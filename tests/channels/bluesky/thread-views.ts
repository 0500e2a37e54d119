import { CID, uriIn } from './fake-network.ts';

export interface SomePost {
  readonly did: string;
  readonly key: string;
  readonly text?: string;
  readonly record?: Readonly<Record<string, unknown>>;
  readonly author?: Readonly<Record<string, unknown>>;
  readonly indexedAt?: unknown;
}

/** A post's record as its author has made it. */
export const recordOf = ({ text, record }: SomePost): Record<string, unknown> => ({
  $type: 'app.bsky.feed.post',
  text: text ?? 'Nothing works.',
  createdAt: '2026-11-22T15:00:00.000Z',
  ...record,
});

/** A level of a thread as an AppView answers it (`app.bsky.feed.defs#threadViewPost`). */
export const threadView = (
  post: SomePost,
  around: { parent?: unknown; replies?: readonly unknown[] } = {},
): Record<string, unknown> => ({
  $type: 'app.bsky.feed.defs#threadViewPost',
  post: {
    uri: uriIn(post.did, post.key),
    cid: CID,
    author: { did: post.did, handle: 'mara.test', displayName: 'Mara', ...post.author },
    record: recordOf(post),
    indexedAt: post.indexedAt ?? '2026-11-22T15:00:01.000Z',
  },
  ...around,
});

/** A post as its author's own server answers it. */
export const storedRecord = (post: SomePost): Record<string, unknown> => ({
  uri: uriIn(post.did, post.key),
  cid: CID,
  value: recordOf(post),
});
