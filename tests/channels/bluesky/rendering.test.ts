import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { createBlueskyChannel, signInToBluesky } from '#main/channels/bluesky/bluesky-channel.ts';
import { isTid } from '#main/channels/bluesky/tid.ts';
import {
  ACCOUNT,
  APP_PASSWORD,
  channelOn,
  CID,
  connectionRefused,
  connectionReset,
  createFakeNetwork,
  CUSTOMER,
  json,
  KEY,
  peopleRoutes,
  refIn,
  xrpcError,
} from './fake-network.ts';

const RESOLVE = 'pds.example com.atproto.identity.resolveHandle';
const ROOT = refIn(CUSTOMER, '3jzfcijpj2z22');
const PARENT = refIn(CUSTOMER, KEY);
const TARGET: JsonObject = { root: ROOT, parent: PARENT };
const request = (changes: object = {}) => ({
  text: 'Hello',
  language: 'en',
  target: TARGET,
  corrects: null,
  ...changes,
});

describe('Rendering for Bluesky', () => {
  it('gives the record of a reply without its time, and nothing else', async () => {
    const { payload } = await channelOn({}).adapter.render(request());
    expect(Object.entries(payload)).toEqual([
      ['$type', 'app.bsky.feed.post'],
      ['text', 'Hello'],
      ['langs', ['en']],
      ['reply', { root: ROOT, parent: PARENT }],
    ]);
  });

  it('adds the time when it is completed, in milliseconds', () => {
    const { adapter } = channelOn({});
    expect(adapter.complete({ text: 'x' }, new Date('2026-11-22T15:12:36.123Z'))).toEqual({
      text: 'x',
      createdAt: '2026-11-22T15:12:36.123Z',
    });
  });

  it('keeps of the target what the network knows', async () => {
    const target = { root: { ...ROOT, extra: 1 }, parent: PARENT, more: true };
    const { payload } = await channelOn({}).adapter.render(request({ target }));
    expect(payload.reply).toEqual({ root: ROOT, parent: PARENT });
  });

  it('answers nothing where there is nothing to answer', async () => {
    const { payload } = await channelOn({}).adapter.render(request({ target: {} }));
    expect(payload).not.toHaveProperty('reply');
  });

  it('corrects by an answer to what it corrects, below the same root', async () => {
    const corrects = { id: refIn(ACCOUNT, KEY).uri, revision: CID, address: null };
    const { adapter } = channelOn({});
    const own = refIn(ACCOUNT, KEY);
    expect((await adapter.render(request({ corrects }))).payload.reply).toEqual({ root: ROOT, parent: own });
    expect((await adapter.render(request({ corrects, target: {} }))).payload.reply).toEqual({ root: own, parent: own });
  });

  it.each([
    ['a target of another network', { target: { post: '1234' } }],
    ['half a target', { target: { root: ROOT } }],
    ['a target without a version', { target: { root: { uri: ROOT.uri }, parent: PARENT } }],
    ['a correction of another network', { corrects: { id: '1234', revision: '1', address: null } }],
    ['a correction without a version', { corrects: { id: PARENT.uri, revision: null, address: null } }],
  ])('refuses %s', async (_, changes) => {
    await expect(channelOn({}).adapter.render(request(changes))).rejects.toMatchObject({
      name: 'ChannelError',
      failure: 'refused',
      outcome: 'nothingMade',
      isFinal: true,
    });
  });

  it('names no language that the network would refuse', async () => {
    const { payload } = await channelOn({}).adapter.render(request({ language: 'not a language' }));
    expect(payload).not.toHaveProperty('langs');
  });

  it('mentions who there is, and asks once for each of them', async () => {
    const text = '@mara.test @nobody.test @Mara.test';
    const { adapter, network } = channelOn({});
    const { segments } = await adapter.render(request({ text }));
    await adapter.render(request({ text }));
    expect(segments.map(({ kind, text: piece }) => [kind, piece])).toEqual([
      ['mention', '@mara.test'],
      ['text', ' @nobody.test '],
      ['mention', '@Mara.test'],
    ]);
    // Nor is any host asked merely because a draft names it.
    expect(network.calls.map(({ host, parameters }) => [host, parameters.handle])).toEqual([
      ['pds.example', 'mara.test'],
      ['pds.example', 'nobody.test'],
    ]);
  });

  it.each([
    ['nobody answers', () => Promise.reject(connectionRefused()), 'offline'],
    ['the connection breaks', () => Promise.reject(connectionReset()), 'interrupted'],
    ['the server fails', () => xrpcError(500, 'InternalServerError'), 'serverError'],
    ['it is asked too often', () => xrpcError(429, 'RateLimitExceeded'), 'rateLimited'],
    ['the answer is no DID', () => json({ did: 'did:key:x' }), 'serverError'],
  ])('cannot say who is mentioned while %s, and has made nothing', async (_, resolve, failure) => {
    const { adapter } = channelOn({ [RESOLVE]: resolve });
    await expect(adapter.render(request({ text: 'hi @mara.test' }))).rejects.toMatchObject({
      name: 'ChannelError',
      failure,
      outcome: 'nothingMade',
    });
    // A text without mentions asks nobody.
    expect((await adapter.render(request())).segments).toHaveLength(1);
  });

  it('gives keys that are TIDs of the time, strictly increasing over all channels', () => {
    const now = new Date('2026-11-22T15:12:36.123Z');
    const channels = [channelOn({}).adapter, channelOn({}).adapter];
    const keys = Array.from({ length: 100 }, (_, index) => channels[index % 2]?.newKey(now) ?? '');
    expect(keys.every(isTid)).toBe(true);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(100);
  });
});

describe('The settings of a channel on Bluesky', () => {
  const settings = {
    service: 'https://pds.example',
    identifier: 'northwind.test',
    appPassword: APP_PASSWORD,
    account: ACCOUNT,
  };

  it.each([
    { service: 'http://pds.example' },
    { service: '' },
    { service: 'https://user:word@pds.example' },
    { appView: 'http://view.example' },
    { directory: 'ftp://plc.example' },
    { account: 'northwind.test' },
  ])('may not be %j', (changes) => {
    expect(() => createBlueskyChannel({ ...settings, ...changes })).toThrow(
      expect.objectContaining({ name: 'ChannelError', failure: 'refused', isFinal: true }) as Error,
    );
  });

  it.each([{}, { service: 'http://localhost:2583' }, { service: 'http://127.0.0.1:2583/' }])('may be %j', (changes) => {
    expect(createBlueskyChannel({ ...settings, ...changes })).toMatchObject({
      kind: 'bluesky',
      network: 'bluesky',
      limits: { graphemes: 300, bytes: 3_000 },
    });
  });

  it('are checked when an account is added, before anything is sent', async () => {
    const network = createFakeNetwork(peopleRoutes);
    const signIn = (changes: object) => signInToBluesky({ ...settings, fetch: network.fetch, ...changes });
    for (const changes of [{ service: 'http://pds.example' }, { appView: 'x' }, { directory: 'http://plc.example' }]) {
      await expect(signIn(changes)).rejects.toMatchObject({
        failure: 'refused',
        outcome: 'nothingMade',
        isFinal: true,
      });
    }
    expect(network.calls).toEqual([]);
    expect(await signIn({ service: 'https://PDS.example/' })).toEqual({
      did: ACCOUNT,
      handle: 'northwind.test',
      service: 'https://pds.example',
    });
  });
});
