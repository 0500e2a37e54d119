import { readPostsBelow } from './app-view.ts';
import { listPostRecords } from './author-records.ts';
import type { RecordSource } from './author-thread.ts';
import { placeOfUri, uriOf, type PostPlace } from './post-address.ts';
import { postRecordSchema, timeOf, type ReadPost } from './post-record.ts';
import { isTid, timeOfTid } from './tid.ts';

/** How far below a post of ours an AppView is asked to look. */
const MAX_DEPTH = 20;
/** Most pages of an account's posts, of 100 each, that are looked through. */
const MAX_PAGES = 10;
/** How far an author's clock may be behind ours, in milliseconds. */
const CLOCK_TOLERANCE = 24 * 60 * 60_000;

type FoundPost = Pick<ReadPost, 'uri' | 'record' | 'indexedAt'>;

/**
 * Which of an author's posts answer a post of ours: those right below it, the author's own continuations of them, and, where
 * ours is the top of the thread, those below any other post of our account in it. The oldest first.
 */
export const answersAmong = (posts: readonly FoundPost[], ours: PostPlace): string[] => {
  const uri = uriOf(ours);
  const answered = new Set([uri]);
  const found = new Map<string, FoundPost>();
  const answers = ({ record: { reply } }: FoundPost): boolean =>
    reply !== undefined &&
    (answered.has(reply.parent.uri) ||
      (reply.root.uri === uri && placeOfUri(reply.parent.uri)?.authority === ours.authority));
  // A continuation may come before what it continues; look again until nothing is added.
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const post of posts) {
      if (found.has(post.uri) || post.uri === uri || !answers(post)) continue;
      found.set(post.uri, post);
      answered.add(post.uri);
    }
  }
  const order = (post: FoundPost): string => `${timeOf(post)} ${post.uri}`;
  return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1)).map((post) => post.uri);
};

/** Whether a record's key says that it was made so long before ours that nothing beyond it can answer ours. */
const isLongBefore = (uri: string, ours: PostPlace): boolean => {
  const key = placeOfUri(uri)?.key ?? '';
  return isTid(key) && isTid(ours.key) && timeOfTid(key) < timeOfTid(ours.key) - CLOCK_TOLERANCE;
};

const listFromAuthor = async (
  { xrpc, identities }: RecordSource,
  ours: PostPlace,
  author: string,
): Promise<FoundPost[]> => {
  const home = await identities.homeOf(author);
  if (home === null) return [];
  const posts: FoundPost[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { records, cursor: next } = await listPostRecords(xrpc, author, { home, cursor });
    for (const { uri, value } of records) {
      const record = postRecordSchema.safeParse(value);
      if (record.success && placeOfUri(uri)?.authority === author) posts.push({ uri, record: record.data });
    }
    const last = records.at(-1);
    if (next === null || next === cursor || last === undefined || isLongBefore(last.uri, ours)) break;
    cursor = next;
  }
  return posts;
};

/**
 * Addresses of what an author has answered below a post of ours: by the AppView, or where it gives no answer by the author's
 * own list of posts.
 * @throws TransportError, XrpcError, UnreadableAnswerError when neither can be read
 */
export const findAnswers = async (
  source: RecordSource & { appView: string },
  ours: PostPlace,
  author: string,
): Promise<string[]> => {
  const below = await readPostsBelow(source.xrpc, { host: source.appView, place: ours }, MAX_DEPTH).catch(() => null);
  const posts = below?.filter((post) => post.author.did === author) ?? (await listFromAuthor(source, ours, author));
  return answersAmong(posts, ours);
};
