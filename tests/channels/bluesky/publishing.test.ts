import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  APP_PASSWORD,
  channelOn,
  CID,
  connectionRefused,
  connectionReset,
  CUSTOMER,
  json,
  KEY,
  postPayload,
  session,
  uriIn,
  xrpcError,
  type FakeHandler,
} from './fake-network.ts';
import { CREATE, GET, OPEN, RECEIPT, created, holding, absent, throwing, publishOn } from './own-post-routes.ts';

describe('Publishing on Bluesky', () => {
  it('sends exactly the payload, under exactly the key, in the name of the account', async () => {
    const { adapter, network } = channelOn({ [CREATE]: created });
    const payload = postPayload();
    expect(await adapter.publish(payload, KEY)).toEqual(RECEIPT);
    expect(network.names()).toEqual(['com.atproto.server.createSession', 'com.atproto.repo.createRecord']);
    expect(network.calls[0]?.input).toEqual({ identifier: 'northwind.test', password: APP_PASSWORD });
    expect(network.calls[1]).toMatchObject({ method: 'POST', token: 'Bearer access-1' });
    expect(network.calls[1]?.input).toEqual({
      repo: ACCOUNT,
      collection: 'app.bsky.feed.post',
      rkey: KEY,
      record: payload,
    });
  });

  it('signs in once for many posts, also at the same time', async () => {
    const { adapter, network } = channelOn({ [CREATE]: created });
    await Promise.all([adapter.publish(postPayload(), KEY), adapter.publish(postPayload(), KEY)]);
    await adapter.publish(postPayload(), KEY);
    expect(network.names().filter((name) => name.endsWith('createSession'))).toHaveLength(1);
  });

  it('sends to the server that the account lives on, where many share a sign-in', async () => {
    const didDoc = {
      id: ACCOUNT,
      service: [
        { id: `${ACCOUNT}#atproto_pds`, type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://morel.example' },
      ],
    };
    const { adapter, network } = channelOn({
      [OPEN]: () => json(session({ didDoc })),
      'morel.example com.atproto.repo.createRecord': created,
    });
    await adapter.publish(postPayload(), KEY);
    expect(network.calls.at(-1)?.host).toBe('morel.example');
  });

  it.each([
    ['of another account', { id: CUSTOMER }],
    ['on an address inside the network', { id: ACCOUNT, endpoint: 'https://10.0.0.1' }],
    ['on this machine', { id: ACCOUNT, endpoint: 'http://localhost:8080' }],
    ['that is not https', { id: ACCOUNT, endpoint: 'http://morel.example' }],
  ])('does not follow an identity document %s', async (_, { id, ...rest }) => {
    const serviceEndpoint = 'endpoint' in rest ? rest.endpoint : 'https://morel.example';
    const service = [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint }];
    const { adapter, network } = channelOn({
      [OPEN]: () => json(session({ didDoc: { id, service } })),
      [CREATE]: created,
    });
    await adapter.publish(postPayload(), KEY);
    expect(network.calls.at(-1)?.host).toBe('pds.example');
  });

  describe('may be tried again, since nothing was made,', () => {
    it.each([
      ['when the host refuses the connection', throwing(connectionRefused), 'offline', false],
      ['when it is asked too often', () => xrpcError(429, 'RateLimitExceeded'), 'rateLimited', false],
      ['when the account is taken down', () => xrpcError(401, 'AccountTakedown'), 'signInRefused', true],
      ['when the account is closed', () => xrpcError(400, 'AccountDeactivated'), 'signInRefused', true],
      ['when a record is invalid', () => xrpcError(400, 'InvalidRequest'), 'refused', true],
      ['when a record is too large', () => xrpcError(413, 'PayloadTooLarge'), 'refused', true],
      ['when the account may not', () => xrpcError(403, 'Forbidden'), 'refused', true],
    ])('%s', async (_, handler, failure, isFinal) => {
      const { error } = await publishOn({ [CREATE]: handler, [GET]: absent });
      expect(error).toMatchObject({ name: 'ChannelError', failure, outcome: 'nothingMade', isFinal });
    });
  });

  describe('is in doubt', () => {
    it.each([
      ['when the connection breaks', throwing(connectionReset), 'interrupted'],
      ['when the network fails in an unknown way', throwing(() => new Error('odd')), 'interrupted'],
      ['when the server fails', () => xrpcError(500, 'InternalServerError'), 'serverError'],
      ['when a gateway gets no answer', () => new Response('<html>', { status: 502 }), 'serverError'],
      ['when the server is overloaded', () => xrpcError(503, 'NotEnoughResources'), 'serverError'],
      [
        'when the server points elsewhere',
        () => new Response(null, { status: 307, headers: { location: '/x' } }),
        'serverError',
      ],
      ['when a redirect holds a receipt', () => json({ uri: RECEIPT.id, cid: CID }, { status: 302 }), 'serverError'],
      ['when a failing server speaks of tokens', () => xrpcError(500, 'ExpiredToken'), 'serverError'],
      ['when the server waited too long for us', () => new Response('', { status: 408 }), 'timeout'],
      ['when the answer is no JSON', () => new Response('<html>ok</html>'), 'serverError'],
      ['when the answer is not UTF-8', () => new Response(new Uint8Array([0x22, 0xff, 0x22])), 'serverError'],
      ['when the answer is no receipt', () => json({ ok: true }), 'serverError'],
      [
        'when the answer is a receipt of another key',
        () => json({ uri: uriIn(ACCOUNT, '3jzfcijpj2z22'), cid: CID }),
        'serverError',
      ],
      ['when the answer is nested without end', () => new Response('['.repeat(2_000_000)), 'serverError'],
      ['when the answer is too long', () => new Response(`"${'x'.repeat(5_000_001)}"`), 'serverError'],
    ])('%s', async (_, handler, failure) => {
      const { error } = await publishOn({ [CREATE]: handler });
      expect(error).toMatchObject({ name: 'ChannelError', failure, outcome: 'unknown', isFinal: false });
    });

    it('when no answer comes in time', async () => {
      const never: FakeHandler = () => new Promise(() => undefined);
      const { adapter } = channelOn({ [CREATE]: never }, { timeout: 30 });
      await expect(adapter.publish(postPayload(), KEY)).rejects.toMatchObject({
        failure: 'timeout',
        outcome: 'unknown',
      });
    });
  });

  it.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 15:13:36 GMT' }, 59_877],
    [{ 'ratelimit-reset': '1795360656' }, 299_877],
    [{ 'retry-after': '120', 'ratelimit-reset': '1795360656' }, 299_877],
    [{ 'ratelimit-reset': '1' }, 0],
    [{ 'retry-after': '999999999' }, 86_400_000],
    [{ 'retry-after': 'soon', 'ratelimit-reset': 'never' }, null],
    [{}, null],
  ])('waits as long as the server asks: %j', async (headers, retryAfter) => {
    const { error } = await publishOn({
      [CREATE]: () => json({ error: 'RateLimitExceeded' }, { status: 429, headers: headers }),
    });
    expect(error).toMatchObject({ failure: 'rateLimited', outcome: 'nothingMade', retryAfter });
  });

  it('tells why a record was refused, in one short line', async () => {
    const { error } = await publishOn({
      [CREATE]: () => xrpcError(400, 'InvalidRequest', `Record/text\u0000\n must not ${'be longer '.repeat(100)}`),
      [GET]: absent,
    });
    expect(error.message).toMatch(/^refused: the server answered 400 InvalidRequest: Record\/text must not be longer/);
    expect(error.message.length).toBeLessThan(400);
  });

  describe('believes a refusal only after a look', () => {
    const refusal: FakeHandler = () => xrpcError(400, 'InvalidRequest', 'there is already a value at the key');

    it('and takes what it finds for what an earlier attempt has made', async () => {
      const { adapter } = channelOn({ [CREATE]: refusal, [GET]: holding(postPayload()) });
      expect(await adapter.publish(postPayload(), KEY)).toEqual(RECEIPT);
    });

    it('and is in doubt when it cannot look', async () => {
      const { error } = await publishOn({ [CREATE]: refusal, [GET]: () => xrpcError(500, 'InternalServerError') });
      expect(error).toMatchObject({ outcome: 'unknown' });
    });

    it('and is in doubt, for a person to decide, when it finds another post', async () => {
      const { error } = await publishOn({ [CREATE]: refusal, [GET]: holding(postPayload({ text: 'Other' })) });
      expect(error).toMatchObject({ failure: 'refused', outcome: 'unknown', isFinal: true });
      expect(error.message).toContain('another post');
    });
  });

  it.each([
    ['301 graphemes', postPayload({ text: 'ä'.repeat(301) })],
    ['3,001 bytes', postPayload({ text: `${'👨‍👩‍👧‍👦'.repeat(120)}!` })],
    ['no time', { $type: 'app.bsky.feed.post', text: 'x' }],
    ['a time that is none', postPayload({ createdAt: 'yesterday' })],
    ['a language that is none', postPayload({ langs: ['not a language'] })],
    ['a target that is none', postPayload({ reply: { root: { uri: 'x', cid: 'y' }, parent: { uri: 'x', cid: 'y' } } })],
    ['a record of another kind', { ...postPayload(), $type: 'app.bsky.feed.like' }],
  ])('asks no server about a record with %s', async (_, payload) => {
    const { adapter, network } = channelOn({ [CREATE]: created });
    await expect(adapter.publish(payload, KEY)).rejects.toMatchObject({
      failure: 'refused',
      outcome: 'nothingMade',
      isFinal: true,
    });
    expect(network.calls).toEqual([]);
  });

  it('takes 300 graphemes, and 3,000 bytes', async () => {
    const { adapter } = channelOn({ [CREATE]: created });
    expect(await adapter.publish(postPayload({ text: 'ä'.repeat(300) }), KEY)).toEqual(RECEIPT);
    expect(await adapter.publish(postPayload({ text: '👨‍👩‍👧‍👦'.repeat(120) }), KEY)).toEqual(RECEIPT);
  });

  it.each([null, '', 'self', '3JZFCIJPJ2Z2A'])(
    'asks no server without a key under which there is one post at most: %j',
    async (key) => {
      const { adapter, network } = channelOn({ [CREATE]: created });
      await expect(adapter.publish(postPayload(), key)).rejects.toMatchObject({
        failure: 'refused',
        outcome: 'nothingMade',
      });
      expect(network.calls).toEqual([]);
    },
  );
});
