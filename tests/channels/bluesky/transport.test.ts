import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, wasNeverSent } from '#main/channels/bluesky/connection-error.ts';
import { createTransport, TransportError, type HttpRequest } from '#main/channels/bluesky/transport.ts';
import { closedPort, httpServer, rawServer, selfSignedServer, type LoopbackServer } from './loopback-servers.ts';

const open: LoopbackServer[] = [];
const kept = async (server: Promise<LoopbackServer>): Promise<LoopbackServer> => {
  open.push(await server);
  return server;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const transport = createTransport({ fetch, timeout: 20_000 });
const hasty = createTransport({ fetch, timeout: 200 });
const ask = async (url: string, request: Partial<HttpRequest> = {}, send = transport): Promise<unknown> => {
  try {
    const { status, body } = await send({ url: new URL(url), ...request });
    return { status, text: Buffer.from(body).toString() };
  } catch (error) {
    return error instanceof TransportError ? error.problem : error;
  }
};
const post = { body: '{"a":1}' };

describe('A request that certainly was not sent', () => {
  it('is one that nobody listens to', async () => {
    expect(await ask(`http://127.0.0.1:${String(await closedPort())}/`, post)).toBe('offline');
    // `localhost` has two addresses, which are tried one after the other.
    expect(await ask(`http://localhost:${String(await closedPort())}/`, post)).toBe('offline');
  });

  it('is one to a host that does not exist', async () => {
    expect(await ask('https://nothing.invalid/', post)).toBe('offline');
  });

  it('is one to a server whose certificate nobody trusts', async () => {
    const { port } = await kept(selfSignedServer());
    const asked = transport({ url: new URL(`https://localhost:${String(port)}/`), ...post });
    await expect(asked).rejects.toMatchObject({ problem: 'offline', message: expect.stringMatching(/CERT/) as string });
  });

  it('is one to a server that speaks no TLS', async () => {
    const { port } = await kept(httpServer((_, response) => response.end()));
    expect(await ask(`https://localhost:${String(port)}/`, post)).toBe('offline');
  });
});

describe('A request that may have been worked on', () => {
  it('is one whose connection broke after it was sent', async () => {
    const { port } = await kept(rawServer((socket) => socket.resetAndDestroy()));
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post)).toBe('interrupted');
  });

  it('is one whose connection was closed without an answer', async () => {
    const { port } = await kept(rawServer((socket) => socket.end()));
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post)).toBe('interrupted');
  });

  it('is one whose answer breaks off', async () => {
    const { port } = await kept(
      rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"uri":')),
    );
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post)).toBe('interrupted');
  });

  it('is one that gets no answer in time', async () => {
    const { port } = await kept(rawServer(() => undefined));
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post, hasty)).toBe('timeout');
  });

  it('is one whose answer does not end in time', async () => {
    const { port } = await kept(
      rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"uri":')),
    );
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post, hasty)).toBe('timeout');
  });

  it('is one that answers what is no HTTP', async () => {
    const { port } = await kept(rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    expect(await ask(`http://127.0.0.1:${String(port)}/`, post)).toBe('interrupted');
  });

  it('is one that the caller gave up', async () => {
    const { port } = await kept(rawServer(() => undefined));
    expect(await ask(`http://127.0.0.1:${String(port)}/`, { ...post, signal: AbortSignal.timeout(20) })).toBe(
      'timeout',
    );
  });
});

describe('An answer', () => {
  it('is read up to the longest that was asked for', async () => {
    const { port } = await kept(httpServer((_, response) => response.end('x'.repeat(1_000))));
    const url = `http://127.0.0.1:${String(port)}/`;
    expect(await ask(url, { maxBytes: 1_000 })).toEqual({ status: 200, text: 'x'.repeat(1_000) });
    expect(await ask(url, { maxBytes: 999 })).toBe('tooLarge');
  });

  it('is not read when it goes on for ever', async () => {
    const { port } = await kept(
      httpServer((_, response) => {
        const fill = (): void => {
          while (response.write('x'.repeat(100_000)));
          response.once('drain', fill);
        };
        fill();
      }),
    );
    const asked = transport({ url: new URL(`http://127.0.0.1:${String(port)}/`) });
    await expect(asked).rejects.toMatchObject({ problem: 'tooLarge' });
  });

  it('is taken from another path of the same host, not from another host', async () => {
    const other = await kept(httpServer((_, response) => response.end('elsewhere')));
    const server = await kept(
      httpServer((request, response) => {
        if (request.url === '/here') response.end('here');
        else {
          const target = request.url === '/same' ? '/here' : `http://127.0.0.1:${String(other.port)}/`;
          response.writeHead(302, { location: request.url === '/loop' ? '/loop' : target }).end();
        }
      }),
    );
    const base = `http://127.0.0.1:${String(server.port)}`;
    expect(await ask(`${base}/same`)).toEqual({ status: 200, text: 'here' });
    expect(await ask(`${base}/other`)).toBe('elsewhere');
    expect(await ask(`${base}/loop`)).toBe('elsewhere');
    // What is posted is never posted again elsewhere.
    expect(await ask(`${base}/same`, post)).toEqual({ status: 302, text: '' });
  });
});

describe('The reason of a broken connection', () => {
  const failed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause });
  const because = (details: object): Error => Object.assign(new Error('x'), details);

  it.each([
    ['refused', { code: 'ECONNREFUSED', syscall: 'connect' }],
    ['unreachable while connecting', { code: 'EHOSTUNREACH', syscall: 'connect' }],
    ['timed out while connecting', { code: 'ETIMEDOUT', syscall: 'connect' }],
    ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
    ['a resolver that fails', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
    ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }],
    ['a certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['undici’s own time limit for connecting', { code: 'UND_ERR_CONNECT_TIMEOUT' }],
  ])('lies before sending: %s', (_, details) => {
    expect(wasNeverSent(failed(because(details)))).toBe(true);
    expect(codeOf(failed(because(details)))).toBe(details.code);
  });

  it.each([
    ['reset', { code: 'ECONNRESET', syscall: 'read' }],
    ['a broken pipe', { code: 'EPIPE', syscall: 'write' }],
    ['unreachable while reading', { code: 'EHOSTUNREACH', syscall: 'read' }],
    ['timed out while reading', { code: 'ETIMEDOUT', syscall: 'read' }],
    ['closed by the other side', { code: 'UND_ERR_SOCKET' }],
    ['undici’s time limit for the head', { code: 'UND_ERR_HEADERS_TIMEOUT' }],
    ['a broken record of TLS', { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }],
    ['nothing that is known', {}],
  ])('does not certainly lie before sending: %s', (_, details) => {
    expect(wasNeverSent(failed(because(details)))).toBe(false);
  });

  it('lies before sending only when that holds of every address that was tried', () => {
    const refused = because({ code: 'ECONNREFUSED', syscall: 'connect' });
    const reset = because({ code: 'ECONNRESET', syscall: 'read' });
    expect(wasNeverSent(failed(new AggregateError([refused, refused])))).toBe(true);
    expect(wasNeverSent(failed(new AggregateError([refused, reset])))).toBe(false);
    expect(wasNeverSent(failed(new AggregateError([])))).toBe(false);
  });

  it('is not looked for in what is no error, nor for ever', () => {
    const endless = new Error('endless');
    endless.cause = endless;
    expect(wasNeverSent(endless)).toBe(false);
    expect(codeOf(endless)).toBeNull();
    expect(wasNeverSent('ECONNREFUSED')).toBe(false);
    expect(codeOf(because({ code: 'Bearer secret-token' }))).toBeNull();
  });
});
