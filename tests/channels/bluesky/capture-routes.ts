import {
  channelOn,
  CID,
  CUSTOMER,
  json,
  KEY,
  refIn,
  uriIn,
  xrpcError,
  type FakeHandler,
  type FakeRoutes,
} from './fake-network.ts';
import { storedRecord, type SomePost } from './thread-views.ts';

/** What the AppView and the customer’s server are asked. */
export const VIEW = 'view.example app.bsky.feed.getPostThread';
export const RECORD = 'home.example com.atproto.repo.getRecord';
export const STATUS = 'home.example com.atproto.sync.getRepoStatus';
export const BLOB = 'home.example com.atproto.sync.getBlob';

/** The post that is captured. */
export const ADDRESS = uriIn(CUSTOMER, KEY);
export const POST: SomePost = { did: CUSTOMER, key: KEY };

/** An AppView that shows this thread. */
export const showing =
  (thread: unknown): FakeHandler =>
  () =>
    json({ thread });

/** An author's server that holds these posts, and these profiles by DID. */
export const holding =
  (posts: readonly SomePost[], profiles: Readonly<Record<string, unknown>> = {}): FakeHandler =>
  ({ parameters: { repo = '', collection = '', rkey = '' } }) => {
    if (collection === 'app.bsky.actor.profile' && profiles[repo] !== undefined) {
      return json({ uri: `at://${repo}/${collection}/self`, cid: CID, value: profiles[repo] });
    }
    const post = posts.find(({ did, key }) => did === repo && key === rkey && collection === 'app.bsky.feed.post');
    return post ? json(storedRecord(post)) : xrpcError(400, 'RecordNotFound', 'Could not locate record');
  };

export const captureOn = (routes: FakeRoutes, address = ADDRESS) => channelOn(routes).adapter.capture(address);

/** The members of a record that answers a post of the customer. */
export const reply = (root: string, parent: string): Record<string, unknown> => ({
  reply: { root: refIn(CUSTOMER, root), parent: refIn(CUSTOMER, parent) },
});
export const keyAt = (index: number): string => `post-${String(index)}`;
