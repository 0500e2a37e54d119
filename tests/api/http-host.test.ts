import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpHost } from '#main/server/http-host.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { httpCall, rpcRefusal, type HttpCall } from './http-call.ts';
import { browserOf, CONTROL_SECRET, serverOf, type Browser } from './http-server.ts';

let desk: TestDesk;
let server: HttpHost;
let browser: Browser;

beforeAll(async () => {
  desk = await TestDesk.create();
  server = await serverOf(desk.host);
  browser = await browserOf(server);
});

afterAll(async () => {
  await server.close();
  await desk.dispose();
});

const send = (path: string, call: Omit<HttpCall, 'port' | 'path'> = {}) =>
  httpCall({ port: server.port, path, ...call });

/** What the desk's own page sends with a call. */
const own = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...browser.headers,
  'content-type': 'application/json',
  ...more,
});

const STATUS = '/rpc/workspace/status';

const call = (headers: Readonly<Record<string, string>>, path = STATUS, body = '{}') =>
  send(path, { method: 'POST', headers, body });

const launchPath = (): string => server.launchAddress().slice(browser.origin.length);

describe('a call', () => {
  test('of the desk’s own page is answered, and kept by no cache', async () => {
    const { status, headers, body } = await call(own());
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ json: { state: 'open', name: 'Test desk' } });
    expect(headers['cache-control']).toBe('no-store');
  });

  test.each(['attacker.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '192.168.0.5:7463', '[::1]:7463'])(
    'by the name “%s” is refused, whatever it carries',
    async (host) => {
      const answer = await call(own({ host }));
      expect([answer.status, rpcRefusal(answer)]).toEqual([403, { code: 'FORBIDDEN', reason: 'foreignRequest' }]);
    },
  );

  test('by this host’s own other name is answered', async () => {
    expect((await call(own({ host: `localhost:${String(server.port)}` }))).status).toBe(200);
  });

  test.each(['https://attacker.example', 'http://127.0.0.1:1', 'http://localhost', 'null', 'file://'])(
    'of a page of %s is refused',
    async (origin) => {
      const answer = await call(own({ origin }));
      expect(answer.status).toBe(403);
      expect(rpcRefusal(answer).reason).toBe('foreignRequest');
    },
  );

  test('of a page of this host itself is answered', async () => {
    expect((await call(own({ origin: browser.origin }))).status).toBe(200);
  });

  test('that the browser says is of another site is refused, of the same host’s other port too', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect((await call(own({ 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }))).status).toBe(403);
    }
    expect((await call(own({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }))).status).toBe(200);
  });

  test('without the header that only our page sends is refused: a form elsewhere cannot call', async () => {
    const { 'x-countersign': _own, ...headers } = own({ 'content-type': 'text/plain' });
    const answer = await call(headers);
    expect([answer.status, rpcRefusal(answer).code]).toEqual([403, 'FORBIDDEN']);
    const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await call({ ...headers, ...navigation })).status).toBe(403);
  });

  test('without a cookie, or with one that nobody was given, is refused as UNAUTHENTICATED', async () => {
    const { cookie: _given, ...without } = own();
    const [name] = (browser.headers.cookie ?? '').split('=');
    for (const headers of [without, { ...without, cookie: `${name ?? ''}=guessed` }]) {
      const answer = await call(headers);
      expect(answer.status).toBe(401);
      expect(rpcRefusal(answer)).toEqual({ code: 'UNAUTHENTICATED', reason: 'launchNeeded' });
    }
  });

  test('asked by GET does nothing, so that an address alone changes nothing', async () => {
    const answer = await send('/rpc/workspace/close', { headers: own() });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(desk.host.openDesk).not.toBeNull();
  });

  test('of more than 4 MiB is refused as TOO_LARGE, and of just less is read', async () => {
    const of = (bytes: number): string => JSON.stringify({ json: { folder: 'x'.repeat(bytes) } });
    const answer = await call(own(), '/rpc/workspace/open', of(4 * 1024 * 1024));
    expect([answer.status, rpcRefusal(answer)]).toEqual([413, { code: 'TOO_LARGE', reason: 'tooLarge' }]);
    const smaller = await call(own(), '/rpc/reply/get', of(4 * 1024 * 1024 - 100));
    expect(rpcRefusal(smaller).code).toBe('INVALID_INPUT');
  });

  test.each([
    ['no JSON', '{"json":'],
    ['another shape', '[1,2,3]'],
    ['hostile type marks', '{"json":{"folder":1},"meta":[[1,"folder","deeper"],["x","__proto__","polluted"]]}'],
    ['a prototype', '{"json":{"__proto__":{"isAdmin":true}}}'],
    ['nesting without end', `{"json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['half a character', '{"json":{"folder":"\\ud800"}}'],
  ])('that holds %s is refused as INVALID_INPUT, and is no fault of the program', async (_what, body) => {
    const answer = await call(own(), '/rpc/workspace/open', body);
    expect([answer.status, rpcRefusal(answer).code]).toEqual([400, 'INVALID_INPUT']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each(['/rpc/no/such', '/rpc/workspace', '/rpc/workspace/status/more', '/rpc/__proto__/constructor'])(
    'to %s, which is none, is refused as NOT_FOUND',
    async (path) => {
      const answer = await call(own(), path);
      expect([answer.status, rpcRefusal(answer)]).toEqual([404, { code: 'NOT_FOUND', reason: 'noSuchCall' }]);
    },
  );

  test('through the described interface is answered and refused in the form that the document describes', async () => {
    const answered = await call(own(), '/api/workspace/status');
    expect(JSON.parse(answered.body)).toMatchObject({ state: 'open', name: 'Test desk' });
    const cases: [string, string, number, string][] = [
      ['/api/reply/get', '{"reply":7}', 400, 'INVALID_INPUT'],
      ['/api/desk/overview', '{"more":1}', 400, 'INVALID_INPUT'],
      ['/api/no/such', '{}', 404, 'NOT_FOUND'],
    ];
    for (const [path, body, status, code] of cases) {
      const answer = await call(own(), path, body);
      expect([path, answer.status, JSON.parse(answer.body)]).toMatchObject([path, status, { code, defined: true }]);
    }
    const { cookie: _given, ...without } = own();
    const { body } = await call(without, '/api/workspace/status');
    expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHENTICATED', data: { reason: 'launchNeeded' } });
  });
});

describe('a launch address', () => {
  test('lets one browser in, once', async () => {
    const path = launchPath();
    const first = await send(path);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const second = await send(path);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('once');
  });

  test('gives a cookie that no script reads, no other site sends and no other host sets', async () => {
    const { headers } = await send(launchPath());
    const [cookie = ''] = headers['set-cookie'] ?? [];
    const [pair = '', ...flags] = cookie.split('; ');
    expect(pair).toMatch(new RegExp(`^__Host-countersign-${String(server.port)}=[\\w-]{43}$`));
    expect(flags.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(headers['cache-control']).toBe('no-store');
  });

  test.each(['', '?token=', '?token=guessed', '?token=a&token=b', '?token[]=a', '?token=%00'])(
    'with “%s” lets nobody in',
    async (query) => {
      const answer = await send(`/launch${query}`);
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  test('is handed to another start of the program that knows the secret, and to nobody else', async () => {
    const ask = (secret: string) =>
      send('/control/launch', { method: 'POST', headers: { 'x-countersign-control': secret } });
    const answer = await ask(CONTROL_SECRET);
    const { address, folder } = JSON.parse(answer.body) as { address: string; folder: string };
    expect(folder).toBe(desk.folder);
    expect((await send(address.slice(browser.origin.length))).status).toBe(303);
    for (const wrong of ['', 'guessed', `${CONTROL_SECRET} `.repeat(2)]) {
      const refused = await ask(wrong);
      expect([refused.status, refused.body]).toEqual([403, '']);
    }
  });

  test('that was never used stops working when twenty newer ones wait', async () => {
    const old = launchPath();
    for (let index = 0; index < 20; index += 1) launchPath();
    expect((await send(old)).status).toBe(401);
  });
});

describe('the page', () => {
  const page = (path = '/') => send(path, { headers: { ...browser.headers, accept: 'text/html' } });

  test('comes under a policy whose nonce is another each time, and stands in the page', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/replies/some-reply', '/']) {
      const { status, headers, body } = await page(path);
      expect(status).toBe(200);
      const policy = String(headers['content-security-policy']);
      const [, nonce = ''] = /style-src 'self' 'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy) ?? [];
      expect(body).toContain(`content="${nonce}"`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  test('is not given to a browser that was not let in; it is told how to get in', async () => {
    const { status, headers, body } = await send('/', { headers: { accept: 'text/html' } });
    expect(status).toBe(401);
    expect(body).toContain('Start Countersign again');
    expect(body).not.toContain('csp-nonce');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; frame-ancestors 'none'; style-src 'nonce-[A-Za-z0-9+/]{22}=='$/u,
    );
  });

  test('is not given where no page is asked for', async () => {
    expect((await send('/assets/none.js', { headers: browser.headers })).status).toBe(404);
    expect((await send('/favicon.ico', { headers: browser.headers })).status).toBe(404);
    expect((await send('/', { method: 'POST', headers: own(), body: '{}' })).status).toBe(404);
  });

  test.each(['/', '/assets/index.js', '/launch', STATUS, '/api/openapi.json', '/nowhere'])(
    'and everything else (%s) comes with the headers that keep it to itself',
    async (path) => {
      const { headers } = await page(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});

describe('the files of the page', () => {
  test('are served', async () => {
    const { status, body } = await send('/assets/index.js');
    expect([status, body]).toEqual([200, 'export {};']);
  });

  test.each([
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/%2e%2e%2fsecret.txt',
    '/assets/..%5csecret.txt',
    '/assets/..\\secret.txt',
    '/assets/%252e%252e%252fsecret.txt',
    '/assets/....//secret.txt',
    '/assets//../secret.txt',
    '/assets/%00/../secret.txt',
    '/assets/../../../../../../../../etc/passwd',
    '//etc/passwd',
    '/secret.txt',
  ])('are all that is served: %s leads nowhere', async (path) => {
    const { status, body } = await send(path, { headers: browser.headers });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('beside the assets');
    expect(body).not.toContain('root:');
  });

  test('are not listed', async () => {
    expect((await send('/assets/', { headers: browser.headers })).status).toBe(404);
  });
});

test('the host is bound to this machine alone', async () => {
  const { status } = await fetch(browser.origin);
  expect(status).toBe(404);
  await expect(fetch(`http://127.0.0.2:${String(server.port)}`)).rejects.toThrow();
});
