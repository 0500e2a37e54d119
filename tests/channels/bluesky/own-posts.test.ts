import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  channelOn,
  CID,
  connectionRefused,
  connectionReset,
  CUSTOMER,
  didDocument,
  json,
  KEY,
  postPayload,
  refIn,
  uriIn,
  xrpcError,
} from './fake-network.ts';
import { CREATE, GET, RECEIPT, created, holding, absent, throwing } from './own-post-routes.ts';

describe('Looking on Bluesky for what may have been made', () => {
  it('finds it by its key, without signing in, on the server of our own account', async () => {
    const { adapter, network } = channelOn({ [GET]: holding(postPayload()) });
    expect(await adapter.find(postPayload(), KEY)).toEqual(RECEIPT);
    expect(network.calls.map(({ token }) => token)).toEqual([null, null]);
    expect(network.calls.at(-1)?.parameters).toEqual({ repo: ACCOUNT, collection: 'app.bsky.feed.post', rkey: KEY });
  });

  it('finds the same record whatever order its members have', async () => {
    const reversed = Object.fromEntries(Object.entries(postPayload()).reverse());
    const { adapter } = channelOn({ [GET]: holding(reversed) });
    expect(await adapter.find(postPayload(), KEY)).toEqual(RECEIPT);
  });

  it('is certain that nothing is there only when the server names that very reason', async () => {
    expect(await channelOn({ [GET]: absent }).adapter.find(postPayload(), KEY)).toBeNull();
  });

  it.each([
    ['another reason', () => xrpcError(400, 'InvalidRequest', 'Could not locate record')],
    ['a closed account', () => xrpcError(400, 'RepoDeactivated')],
    ['a page that is not there', () => new Response('not found', { status: 404 })],
    ['a failing server', () => xrpcError(502, 'RecordNotFound')],
    ['too many questions', () => xrpcError(429, 'RateLimitExceeded')],
    ['a token that is asked for', () => xrpcError(401, 'AuthMissing')],
    ['another record', () => json({ uri: uriIn(ACCOUNT, '3jzfcijpj2z22'), cid: CID, value: postPayload() })],
    ['a record that is none', () => json({ uri: RECEIPT.id, cid: CID, value: 'x' })],
    ['a record that the journal cannot hold', () => json({ uri: RECEIPT.id, cid: CID, value: { text: 'x', n: 0.5 } })],
    ['a refused connection', throwing(connectionRefused)],
    ['a broken connection', throwing(connectionReset)],
    ['another post', holding(postPayload({ createdAt: '2026-11-22T15:12:36.124Z' }))],
  ])('cannot tell, and so permits nothing: %s', async (_, handler) => {
    const { adapter } = channelOn({ [GET]: handler });
    await expect(adapter.find(postPayload(), KEY)).rejects.toMatchObject({ name: 'ChannelError', outcome: 'unknown' });
  });

  it.each([
    ['is away', throwing(connectionReset)],
    ['does not know our account', () => new Response('', { status: 404 })],
    ['answers for another account', () => json(didDocument(CUSTOMER, 'mara.test', 'https://pds.example'))],
  ])('cannot tell while the directory %s, since any other server may be behind', async (_, directory) => {
    const { adapter, network } = channelOn({ [`plc.example /${ACCOUNT}`]: directory, [GET]: absent });
    await expect(adapter.find(postPayload(), KEY)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(network.names()).not.toContain('com.atproto.repo.getRecord');
  });

  it('needs no directory once it has signed in', async () => {
    const { adapter } = channelOn({
      [`plc.example /${ACCOUNT}`]: throwing(connectionReset),
      [CREATE]: created,
      [GET]: absent,
    });
    await adapter.publish(postPayload(), KEY);
    expect(await adapter.find(postPayload(), KEY)).toBeNull();
  });
});

describe('Reading and removing on Bluesky', () => {
  it('reads what is there with every member', async () => {
    const value = postPayload({ via: 'another client', labels: { values: [] } });
    const { adapter } = channelOn({ [GET]: holding(value) });
    expect(await adapter.read(RECEIPT)).toEqual({ payload: value, text: 'We are sorry.' });
  });

  it('does not read what the journal cannot hold', async () => {
    const { adapter } = channelOn({ [GET]: () => json({ uri: RECEIPT.id, cid: CID, value: { text: 'x', n: 0.5 } }) });
    await expect(adapter.read(RECEIPT)).rejects.toMatchObject({ name: 'ChannelError', failure: 'serverError' });
  });

  it('reads nothing where nothing is any more', async () => {
    expect(await channelOn({ [GET]: absent }).adapter.read(RECEIPT)).toBeNull();
  });

  it('removes by the key of the receipt', async () => {
    const { adapter, network } = channelOn({ 'pds.example com.atproto.repo.deleteRecord': () => json({}) });
    await adapter.remove(RECEIPT);
    expect(network.calls.at(-1)?.input).toEqual({ repo: ACCOUNT, collection: 'app.bsky.feed.post', rkey: KEY });
  });

  it.each([
    ['the connection breaks', throwing(connectionReset), 'unknown'],
    ['the server fails', () => xrpcError(500, 'InternalServerError'), 'unknown'],
    ['the host refuses the connection', throwing(connectionRefused), 'nothingMade'],
    ['it is refused', () => xrpcError(400, 'InvalidRequest'), 'nothingMade'],
  ])('says whether a removal is in doubt: %s', async (_, handler, outcome) => {
    const { adapter } = channelOn({ 'pds.example com.atproto.repo.deleteRecord': handler });
    await expect(adapter.remove(RECEIPT)).rejects.toMatchObject({ name: 'ChannelError', outcome });
  });

  it.each([
    ['of another account', { ...RECEIPT, id: refIn(CUSTOMER, KEY).uri }],
    ['of another collection', { ...RECEIPT, id: `at://${ACCOUNT}/app.bsky.feed.like/${KEY}` }],
    ['of another channel', { ...RECEIPT, id: '1234' }],
  ])('touches no record %s', async (_, receipt) => {
    const { adapter, network } = channelOn({});
    await expect(adapter.remove(receipt)).rejects.toMatchObject({ failure: 'refused', outcome: 'nothingMade' });
    await expect(adapter.read(receipt)).rejects.toMatchObject({ failure: 'refused' });
    expect(network.calls).toEqual([]);
  });
});
