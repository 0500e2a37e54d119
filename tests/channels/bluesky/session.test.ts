import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
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
  xrpcError,
  type FakeRoutes,
} from './fake-network.ts';
import { CREATE, GET, OPEN, REFRESH, RECEIPT, created, absent, throwing, publishOn } from './own-post-routes.ts';

describe('A session on Bluesky', () => {
  it('is renewed once when the server no longer takes its token', async () => {
    let takes = 'Bearer access-2';
    const { adapter, network } = channelOn({
      [CREATE]: ({ token }) => (token === takes ? json({ uri: RECEIPT.id, cid: CID }) : xrpcError(400, 'ExpiredToken')),
      [REFRESH]: ({ token }) =>
        token === 'Bearer refresh-1'
          ? json(session({ accessJwt: 'access-2', refreshJwt: 'refresh-2' }))
          : json(session({ accessJwt: 'access-3', refreshJwt: 'refresh-3' })),
    });
    expect(await adapter.publish(postPayload(), KEY)).toEqual(RECEIPT);
    takes = 'Bearer access-3';
    expect(await adapter.publish(postPayload(), KEY)).toEqual(RECEIPT);
    expect(network.names().filter((name) => name.endsWith('createSession'))).toHaveLength(1);
    expect(network.names().filter((name) => name.endsWith('refreshSession'))).toHaveLength(2);
  });

  it('is opened anew when it can no longer be renewed', async () => {
    let sessions = 0;
    const { adapter } = channelOn({
      [OPEN]: () => json(session({ accessJwt: `access-${String((sessions += 1))}` })),
      [CREATE]: ({ token }) => (token === 'Bearer access-2' ? created({} as never) : xrpcError(401, 'InvalidToken')),
      [REFRESH]: () => xrpcError(400, 'ExpiredToken'),
    });
    expect(await adapter.publish(postPayload(), KEY)).toEqual(RECEIPT);
    expect(sessions).toBe(2);
  });

  it('is renewed once for many calls at the same time', async () => {
    const { adapter, network } = channelOn({
      [CREATE]: ({ token }) => (token === 'Bearer access-2' ? created({} as never) : xrpcError(401, 'ExpiredToken')),
      [REFRESH]: () => json(session({ accessJwt: 'access-2' })),
    });
    await Promise.all(Array.from({ length: 5 }, () => adapter.publish(postPayload(), KEY)));
    expect(network.names().filter((name) => name.endsWith('refreshSession'))).toHaveLength(1);
  });

  it('is not renewed again by a call whose refusal comes after the renewal', async () => {
    let isRenewed: () => void = () => undefined;
    const renewal = new Promise<void>((resolve) => {
      isRenewed = resolve;
    });
    let calls = 0;
    const { adapter, network } = channelOn({
      [CREATE]: async ({ token }) => {
        if (token === 'Bearer access-2') return json({ uri: RECEIPT.id, cid: CID });
        calls += 1;
        // The second call is refused only when the first has been through.
        if (calls === 2) await renewal;
        return xrpcError(401, 'ExpiredToken');
      },
      [REFRESH]: () => json(session({ accessJwt: 'access-2' })),
    });
    const first = adapter.publish(postPayload(), KEY);
    const second = adapter.publish(postPayload(), KEY);
    await first;
    isRenewed();
    expect(await second).toEqual(RECEIPT);
    expect(network.names().filter((name) => name.endsWith('refreshSession'))).toHaveLength(1);
  });

  it('is given up after one renewal, having made nothing', async () => {
    const { error, names } = await publishOn({
      [CREATE]: () => xrpcError(401, 'AuthMissing'),
      [REFRESH]: () => json(session({ accessJwt: 'access-2' })),
    });
    expect(error).toMatchObject({ failure: 'signInRefused', outcome: 'nothingMade', isFinal: true });
    expect(names.filter((name) => name.endsWith('createRecord'))).toHaveLength(2);
  });

  it.each([
    ['the password is wrong', () => xrpcError(401, 'AuthenticationRequired'), 'signInRefused', true],
    ['a second factor is asked for', () => xrpcError(401, 'AuthFactorTokenRequired'), 'signInRefused', true],
    ['the account is taken down', () => xrpcError(401, 'AccountTakedown'), 'signInRefused', true],
    ['the account is not active', () => json(session({ active: false, status: 'deactivated' })), 'signInRefused', true],
    ['it is another account', () => json(session({ did: CUSTOMER })), 'signInRefused', true],
    ['the server does not like the request', () => xrpcError(400, 'InvalidRequest'), 'signInRefused', true],
    ['it is asked too often', () => xrpcError(429, 'RateLimitExceeded'), 'rateLimited', false],
    ['the server fails', () => xrpcError(500, 'InternalServerError'), 'serverError', false],
    ['the answer is no session', () => json({}), 'serverError', false],
    ['the connection breaks', throwing(connectionReset), 'interrupted', false],
    ['nobody answers', throwing(connectionRefused), 'offline', false],
  ])('that cannot be opened has made nothing: %s', async (_, handler, failure, isFinal) => {
    const { error, names } = await publishOn({ [OPEN]: handler, [CREATE]: created });
    expect(error).toMatchObject({ name: 'ChannelError', failure, outcome: 'nothingMade', isFinal });
    expect(names).toEqual(['com.atproto.server.createSession']);
  });

  it.each([
    ['the connection breaks', throwing(connectionReset), 'interrupted'],
    ['the server fails', () => xrpcError(502, 'UpstreamFailure'), 'serverError'],
    ['it is asked too often', () => xrpcError(429, 'RateLimitExceeded'), 'rateLimited'],
    ['the account is taken down', () => xrpcError(400, 'AccountTakedown'), 'signInRefused'],
  ])('that cannot be renewed has made nothing: %s', async (_, handler, failure) => {
    const { error, names } = await publishOn({
      [CREATE]: () => xrpcError(400, 'ExpiredToken'),
      [REFRESH]: handler,
    });
    expect(error).toMatchObject({ failure, outcome: 'nothingMade' });
    expect(names.filter((name) => name.endsWith('createRecord'))).toHaveLength(1);
  });

  it('is tried again after it could not be opened', async () => {
    let isDown = true;
    const { adapter } = channelOn({
      [OPEN]: () => (isDown ? xrpcError(503, 'NotEnoughResources') : json(session())),
      [CREATE]: created,
    });
    await expect(adapter.publish(postPayload(), KEY)).rejects.toMatchObject({ failure: 'serverError' });
    isDown = false;
    expect(await adapter.publish(postPayload(), KEY)).toEqual(RECEIPT);
  });

  it('is not asked for without credentials', async () => {
    const { adapter, network } = channelOn({ [CREATE]: created }, { identifier: '', appPassword: '' });
    await expect(adapter.publish(postPayload(), KEY)).rejects.toMatchObject({ failure: 'signInRefused' });
    expect(network.calls).toEqual([]);
  });

  it('betrays neither the password nor a token in any error, whatever a server says', async () => {
    const secrets = [APP_PASSWORD, 'access-1', 'refresh-1'];
    const blab = `no ${secrets.join(' ')}`;
    const errors = await Promise.all(
      [
        { [OPEN]: () => xrpcError(401, 'AuthenticationRequired', blab) },
        { [OPEN]: () => xrpcError(400, 'InvalidRequest', blab) },
        { [OPEN]: () => xrpcError(404, 'XRPCNotSupported', blab) },
        { [OPEN]: () => json({ blab, accessJwt: secrets }) },
        { [OPEN]: throwing(() => new Error(blab)) },
        {
          [CREATE]: () => xrpcError(401, 'AuthMissing', blab),
          [REFRESH]: () => xrpcError(400, 'InvalidRequest', blab),
        },
        { [CREATE]: () => xrpcError(500, 'InternalServerError', blab) },
        { [CREATE]: () => xrpcError(400, 'InvalidRequest', `Bearer access-1 ${blab}`), [GET]: absent },
        { [CREATE]: throwing(() => new Error(blab, { cause: { headers: secrets } })) },
      ].map(async (routes) => (await publishOn(routes as FakeRoutes)).error),
    );
    for (const error of errors) {
      expect(error.name).toBe('ChannelError');
      const shown = inspect(error, { depth: null, showHidden: true });
      for (const secret of secrets) expect(shown).not.toContain(secret);
    }
  });
});
