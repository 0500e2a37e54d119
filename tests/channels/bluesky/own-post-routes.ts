import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelError } from '#main/channels/channel-adapter.ts';
import {
  ACCOUNT,
  channelOn,
  CID,
  json,
  KEY,
  postPayload,
  uriIn,
  xrpcError,
  type FakeHandler,
  type FakeRoutes,
} from './fake-network.ts';

/** What our own account’s server is asked. */
export const CREATE = 'pds.example com.atproto.repo.createRecord';
export const GET = 'pds.example com.atproto.repo.getRecord';
export const OPEN = 'pds.example com.atproto.server.createSession';
export const REFRESH = 'pds.example com.atproto.server.refreshSession';

/** What publishing under {@link KEY} gives. */
export const RECEIPT = {
  id: uriIn(ACCOUNT, KEY),
  revision: CID,
  address: `https://bsky.app/profile/${ACCOUNT}/post/${KEY}`,
};

/** The server makes the post. */
export const created: FakeHandler = () => json({ uri: RECEIPT.id, cid: CID });
/** The server has this record at the key. */
export const holding =
  (value: JsonObject): FakeHandler =>
  () =>
    json({ uri: RECEIPT.id, cid: CID, value });
/** The server has none. */
export const absent: FakeHandler = () => xrpcError(400, 'RecordNotFound', 'Could not locate record');
/** The connection fails. */
export const throwing =
  (makeError: () => Error): FakeHandler =>
  () =>
    Promise.reject(makeError());

/** Publishes where it must fail; gives the error, and what was called. */
export const publishOn = async (routes: FakeRoutes): Promise<{ error: ChannelError; names: string[] }> => {
  const { adapter, network } = channelOn(routes);
  const error = await adapter.publish(postPayload(), KEY).then(
    () => new Error('it was published'),
    (thrown: unknown) => thrown,
  );
  return { error: error as ChannelError, names: network.names() };
};
