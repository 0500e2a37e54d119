import { z } from 'zod';
import { placeOfUri, uriOf, type PostPlace } from './post-address.ts';
import { isForSignedInOnly, postRecordSchema, strongRefSchema, type ReadPost } from './post-record.ts';
import { UnreadableAnswerError, XrpcError, type Xrpc } from './xrpc.ts';

const postViewSchema = strongRefSchema.extend({
  author: z.object({
    did: z.string(),
    handle: z.string().min(1),
    displayName: z.string().optional().catch(undefined),
    labels: z.unknown().optional(),
  }),
  record: postRecordSchema,
  indexedAt: z.unknown().optional(),
});

/** One level of a thread at a time, so that no depth of a hostile answer becomes a recursion. */
const nodeSchema = z.object({
  $type: z.string().optional(),
  post: z.unknown().optional(),
  parent: z.unknown().optional(),
  replies: z.array(z.unknown()).optional().catch(undefined),
});
type Node = z.infer<typeof nodeSchema>;

const answerSchema = z.object({ thread: nodeSchema });

/** What an AppView makes of an address. */
export type AppViewThread =
  | { readonly kind: 'post'; readonly post: ReadPost; readonly above: readonly ReadPost[] }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'hidden' };

const viewOf = (node: Node) => {
  const parsed = postViewSchema.safeParse(node.post);
  // The author must be the one in whose repository the post is: the server is no authority on that.
  return parsed.success && placeOfUri(parsed.data.uri)?.authority === parsed.data.author.did ? parsed.data : null;
};

const toReadPost = (view: z.infer<typeof postViewSchema>): ReadPost => ({
  uri: view.uri,
  cid: view.cid,
  record: view.record,
  author: { did: view.author.did, handle: view.author.handle, name: view.author.displayName ?? null },
  indexedAt: view.indexedAt,
});

const nodeOf = (value: unknown): Node | null => nodeSchema.safeParse(value).data ?? null;

/** The posts above, the oldest first; ends below one that is gone or blocked, leaves out those not meant for everyone. */
const above = (node: Node, limit: number): ReadPost[] => {
  const posts: ReadPost[] = [];
  let next = nodeOf(node.parent);
  for (let height = 0; next !== null && height < limit; height += 1) {
    const view = viewOf(next);
    if (view === null) break;
    if (!isForSignedInOnly(view.author.labels)) posts.push(toReadPost(view));
    next = nodeOf(next.parent);
  }
  return posts.reverse();
};

interface ThreadRequest {
  /** Origin of the AppView. */
  readonly host: string;
  readonly place: PostPlace;
  readonly signal?: AbortSignal | undefined;
}

const askForThread = async (
  xrpc: Xrpc,
  { host, place, signal }: ThreadRequest,
  extent: { depth: number; parentHeight: number },
): Promise<Node | null> => {
  try {
    const { thread } = await xrpc.query({
      host,
      method: 'app.bsky.feed.getPostThread',
      parameters: { uri: uriOf(place), ...extent },
      answer: answerSchema,
      signal,
    });
    return thread;
  } catch (error) {
    if (error instanceof XrpcError && error.status === 400 && error.code === 'NotFound') return null;
    throw error;
  }
};

/**
 * A post and at most `limit` posts above it as the public sees them, without signing in.
 * @throws TransportError, XrpcError, UnreadableAnswerError where the AppView gives no answer about this post
 */
export const readThread = async (xrpc: Xrpc, request: ThreadRequest, limit: number): Promise<AppViewThread> => {
  const node = await askForThread(xrpc, request, { depth: 0, parentHeight: limit });
  if (node === null || node.$type?.endsWith('#notFoundPost')) return { kind: 'notFound' };
  if (node.$type?.endsWith('#blockedPost')) return { kind: 'hidden' };
  const view = viewOf(node);
  const place = view && placeOfUri(view.uri);
  const isAsked =
    place?.key === request.place.key &&
    (place.authority === request.place.authority || !request.place.authority.startsWith('did:'));
  if (!view || !isAsked) throw new UnreadableAnswerError('the answer is another post');
  if (isForSignedInOnly(view.author.labels)) return { kind: 'hidden' };
  return { kind: 'post', post: toReadPost(view), above: above(node, limit) };
};

/** Most posts that are looked at below one of ours. */
const MAX_BELOW = 2_000;

/** All posts below a post, in no order; `null` where the AppView does not know the post. @throws as {@link readThread} */
export const readPostsBelow = async (xrpc: Xrpc, request: ThreadRequest, depth: number): Promise<ReadPost[] | null> => {
  const node = await askForThread(xrpc, request, { depth, parentHeight: 0 });
  if (node === null || viewOf(node) === null) return null;
  const posts: ReadPost[] = [];
  const waiting: unknown[] = [...(node.replies ?? [])];
  while (waiting.length > 0 && posts.length < MAX_BELOW) {
    const next = nodeOf(waiting.shift());
    const view = next && viewOf(next);
    if (!view) continue;
    posts.push(toReadPost(view));
    waiting.push(...(next.replies ?? []));
  }
  return posts;
};
