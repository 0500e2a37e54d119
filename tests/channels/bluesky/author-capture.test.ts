import { describe, expect, it } from 'vitest';
import {
  channelOn,
  connectionReset,
  CUSTOMER,
  didDocument,
  json,
  KEY,
  refIn,
  STRANGER,
  uriIn,
  xrpcError,
  type FakeRoutes,
} from './fake-network.ts';
import { ADDRESS, POST, RECORD, STATUS, VIEW, captureOn, holding, keyAt, reply, showing } from './capture-routes.ts';
import { storedRecord, threadView, type SomePost } from './thread-views.ts';

describe('Capturing without an AppView', () => {
  const alone = (routes: FakeRoutes): FakeRoutes => ({ [RECORD]: holding([POST]), ...routes });

  it.each([
    ['refuses the connection', {}],
    ['does not know the method', { [VIEW]: () => xrpcError(501, 'MethodNotImplemented') }],
    ['has no such page', { [VIEW]: () => new Response('', { status: 404 }) }],
    ['cannot reach what is behind it', { [VIEW]: () => xrpcError(502, 'UpstreamFailure') }],
    ['is asked too often', { [VIEW]: () => xrpcError(429, 'RateLimitExceeded') }],
    ['breaks off', { [VIEW]: () => Promise.reject(connectionReset()) }],
    ['answers nonsense', { [VIEW]: () => json({ thread: 'x' }) }],
    ['answers another post', { [VIEW]: showing(threadView({ did: CUSTOMER, key: '3jzfcijpj2z22', text: 'other' })) }],
    ['answers another author', { [VIEW]: showing(threadView({ ...POST, did: STRANGER, text: 'other' })) }],
    ['gives a post to another author', { [VIEW]: showing(threadView({ ...POST, author: { did: STRANGER } })) }],
    ['answers too much', { [VIEW]: () => new Response(`"${'x'.repeat(5_000_001)}"`) }],
    ['answers nested without end', { [VIEW]: () => new Response('[{"a":'.repeat(800_000)) }],
  ])('reads from the author’s own server where the AppView %s', async (_, routes) => {
    const { post } = await captureOn(alone(routes));
    expect(post).toMatchObject({ text: 'Nothing works.', author: { id: CUSTOMER, handle: 'mara.test', name: null } });
  });

  it('walks up the thread, each post on the server of its author, with their names', async () => {
    const { adapter, network } = channelOn({
      [RECORD]: holding(
        [
          { did: CUSTOMER, key: '3jzfcijpj2z22', text: 'root' },
          {
            ...POST,
            record: { reply: { root: refIn(CUSTOMER, '3jzfcijpj2z22'), parent: refIn(STRANGER, '3jzfcijpj2z23') } },
          },
        ],
        { [CUSTOMER]: { displayName: 'Mara' } },
      ),
      [`plc.example /${STRANGER}`]: () => json(didDocument(STRANGER, 'samir.test', 'https://away.example')),
      'away.example com.atproto.repo.getRecord': holding(
        [{ did: STRANGER, key: '3jzfcijpj2z23', text: 'middle', record: reply('3jzfcijpj2z22', '3jzfcijpj2z22') }],
        { [STRANGER]: { displayName: 5 } },
      ),
    });
    const { post, thread, target } = await adapter.capture(ADDRESS);
    expect(thread.map(({ text, author }) => [text, author.handle, author.name])).toEqual([
      ['root', 'mara.test', 'Mara'],
      ['middle', 'samir.test', null],
    ]);
    expect(post.author.name).toBe('Mara');
    expect(target).toEqual({ root: refIn(CUSTOMER, '3jzfcijpj2z22'), parent: refIn(CUSTOMER, KEY) });
    expect(network.calls.every(({ token }) => token === null)).toBe(true);
  });

  it('leaves out of the conversation who shows themselves to signed-in people alone', async () => {
    const posts: SomePost[] = [
      { did: CUSTOMER, key: 'top', text: 'top' },
      { did: STRANGER, key: 'hidden', text: 'hidden', record: reply('top', 'top') },
      { ...POST, record: { reply: { root: refIn(CUSTOMER, 'top'), parent: refIn(STRANGER, 'hidden') } } },
    ];
    const profiles = { [STRANGER]: { labels: { values: [{ val: '!no-unauthenticated' }] } } };
    const { thread } = await captureOn({ [RECORD]: holding(posts, profiles) });
    expect(thread.map(({ text }) => text)).toEqual(['top']);
  });

  it('does not walk in circles, nor for ever', async () => {
    const circle: SomePost[] = [
      { ...POST, record: reply('3jzfcijpj2z22', '3jzfcijpj2z22') },
      { did: CUSTOMER, key: '3jzfcijpj2z22', text: 'above', record: reply('3jzfcijpj2z22', KEY) },
    ];
    const { thread } = await captureOn({ [RECORD]: holding(circle) });
    expect(thread.map(({ text }) => text)).toEqual(['above']);

    const long = Array.from({ length: 70 }, (_, index) => ({
      did: CUSTOMER,
      key: keyAt(index),
      record: reply(keyAt(69), keyAt(index + 1)),
    }));
    expect((await captureOn({ [RECORD]: holding(long) }, uriIn(CUSTOMER, keyAt(0)))).thread).toHaveLength(50);
  });

  it('shows a handle only when it leads back to the account', async () => {
    const claiming = (handle: string): FakeRoutes => ({
      [RECORD]: holding([POST]),
      [`plc.example /${CUSTOMER}`]: () => json(didDocument(CUSTOMER, handle, 'https://home.example')),
    });
    expect((await captureOn(claiming('mara.test'))).post.author.handle).toBe('mara.test');
    expect((await captureOn(claiming('samir.test'))).post.author.handle).toBe('handle.invalid');
    expect((await captureOn(claiming('no handle at all'))).post.author.handle).toBe('handle.invalid');
  });

  it('asks the handle’s own host when our server does not know the handle', async () => {
    const address = `https://bsky.app/profile/elsewhere.test/post/${KEY}`;
    const routes = {
      [RECORD]: holding([POST]),
      'elsewhere.test /.well-known/atproto-did': () => new Response(`${CUSTOMER}\n`),
    };
    expect((await captureOn(routes, address)).post.id).toBe(ADDRESS);
    await expect(captureOn({ [RECORD]: holding([POST]) }, address)).rejects.toMatchObject({ problem: 'postNotFound' });
  });

  it.each(['did:web:web.example', 'did:web:web.example%3A8443'])('finds the server of %s over https', async (did) => {
    const host = decodeURIComponent(did.slice('did:web:'.length));
    const { post } = await captureOn(
      {
        [`${host} /.well-known/did.json`]: () => json(didDocument(did, 'mara.test', 'https://home.example')),
        [RECORD]: holding([{ did, key: KEY }]),
      },
      uriIn(did, KEY),
    );
    expect(post.author.id).toBe(did);
  });

  it.each([
    ['names a server inside our network', didDocument(CUSTOMER, 'mara.test', 'https://10.0.0.1')],
    ['names this machine', didDocument(CUSTOMER, 'mara.test', 'http://localhost:8080')],
    ['names no https', didDocument(CUSTOMER, 'mara.test', 'http://home.example')],
    ['names no server', { id: CUSTOMER }],
    [
      'names a server of another kind',
      { id: CUSTOMER, service: [{ id: '#atproto_pds', type: 'Other', serviceEndpoint: 'https://home.example' }] },
    ],
  ])('asks nobody when an identity document %s', async (_, document) => {
    const { adapter, network } = channelOn({
      [`plc.example /${CUSTOMER}`]: () => json(document),
      [RECORD]: holding([POST]),
    });
    await expect(adapter.capture(ADDRESS)).rejects.toMatchObject({ problem: 'postNotFound' });
    expect(network.calls.map(({ host }) => host)).toEqual(['view.example', 'plc.example']);
  });

  it.each(['did:web:localhost', 'did:web:10.0.0.1', 'did:web:intranet', 'did:web:localhost%3A80'])(
    'asks nobody about %s',
    async (did) => {
      const { adapter, network } = channelOn({ '* /.well-known/did.json': () => json({}) });
      await expect(adapter.capture(uriIn(did, KEY))).rejects.toMatchObject({ problem: 'postNotFound' });
      expect(network.calls.map(({ host }) => host)).toEqual(['view.example']);
    },
  );

  it.each([
    ['the record is not there', { [RECORD]: holding([]) }, 'postNotFound'],
    ['the record is no post', { [RECORD]: holding([{ ...POST, record: { text: null } }]) }, 'postNotFound'],
    ['the handle is nobody’s', { [RECORD]: holding([POST]) }, 'postNotFound', uriIn('nobody.test', KEY)],
    ['the account is gone', { [`plc.example /${CUSTOMER}`]: () => new Response('', { status: 404 }) }, 'postNotFound'],
    [
      'the account is buried',
      { [`plc.example /${CUSTOMER}`]: () => new Response('', { status: 410 }) },
      'postNotFound',
    ],
    ['the server does not know the account', { [RECORD]: () => xrpcError(400, 'RepoNotFound') }, 'postNotFound'],
    ['the account is taken down', { [RECORD]: () => xrpcError(400, 'RepoTakendown') }, 'postPrivate'],
    [
      'the account is closed',
      { [RECORD]: () => xrpcError(502, 'UpstreamFailure'), [STATUS]: () => json({ active: false }) },
      'postPrivate',
    ],
    [
      'the account shows itself to signed-in people alone',
      { [RECORD]: holding([POST], { [CUSTOMER]: { labels: { values: [{ val: '!no-unauthenticated' }] } } }) },
      'postPrivate',
    ],
    ['the server fails', { [RECORD]: () => xrpcError(502, 'UpstreamFailure') }, 'channelUnreachable'],
    ['the server is asked too often', { [RECORD]: () => xrpcError(429, 'RateLimitExceeded') }, 'channelUnreachable'],
    ['the server is away', {}, 'channelUnreachable'],
    [
      'the server answers another record',
      { [RECORD]: () => json(storedRecord({ ...POST, did: STRANGER })) },
      'channelUnreachable',
    ],
    [
      'the directory is away',
      { [`plc.example /${CUSTOMER}`]: () => Promise.reject(connectionReset()) },
      'channelUnreachable',
    ],
    [
      'the directory answers for another',
      { [`plc.example /${CUSTOMER}`]: () => json(didDocument(STRANGER, 'x.test', 'https://home.example')) },
      'channelUnreachable',
    ],
    [
      'handles cannot be resolved',
      { 'pds.example com.atproto.identity.resolveHandle': () => xrpcError(500, 'X') },
      'channelUnreachable',
      uriIn('mara.test', KEY),
    ],
  ])('gives the reason when %s', async (_, routes, problem, address = ADDRESS) => {
    await expect(captureOn(routes, address)).rejects.toMatchObject({ name: 'CaptureError', problem });
  });

  it.each(['', 'hello', 'https://example.com/', `http://bsky.app/profile/mara.test/post/${KEY}`])(
    'asks nobody about what is no address: %j',
    async (address) => {
      const { adapter, network } = channelOn({});
      await expect(adapter.capture(address)).rejects.toMatchObject({ problem: 'addressNotUnderstood' });
      expect(network.calls).toEqual([]);
    },
  );

  it('ends after a while, however slowly the servers of a thread answer', async () => {
    const endless = Array.from({ length: 60 }, (_, index) => ({
      did: CUSTOMER,
      key: keyAt(index),
      record: reply(keyAt(59), keyAt(index + 1)),
    }));
    const answer = holding(endless);
    const { adapter } = channelOn(
      {
        [RECORD]: async (call) => {
          await new Promise((resolve) => setTimeout(resolve, 60));
          return answer(call);
        },
      },
      { timeout: 400 },
    );
    const { thread } = await adapter.capture(uriIn(CUSTOMER, keyAt(0)));
    // Without an end to all of it there would be fifty.
    expect(thread.length).toBeLessThan(50);
  });
});
