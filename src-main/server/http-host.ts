import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { RPCHandler } from '@orpc/server/fastify';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ulid } from 'ulid';
import { HTTP_STATUS, refuse, type Refusal } from '#workflows/errors.ts';
import { toApiError } from '../api/boundary.ts';
import { createRouter } from '../api/router.ts';
import { TRANSPORT_OPTIONS } from '../api/transport-errors.ts';
import type { DeskHost, SampleMaker } from '../core/desk-host.ts';
import {
  contentSecurityPolicy,
  NONCE_MARK,
  NOTHING_ALLOWED,
  nothingButStyle,
  SECURITY_HEADERS,
} from './content-security.ts';
import { launchNeededPage } from './launch-needed-page.ts';
import { LaunchTokens } from './launch-tokens.ts';
import { openApiDocument } from './openapi.ts';
import { lacksOwnHeader, problemWithRequest } from './request-guard.ts';

export interface HttpHostOptions {
  readonly host: DeskHost;
  readonly makeSample: SampleMaker;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  readonly version: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Lets another start of the program find this one and ask for an address. */
  readonly controlSecret: string;
}

export interface HttpHost {
  readonly port: number;
  /** An address that lets one browser in, once. */
  launchAddress(): string;
  close(): Promise<void>;
}

/** Longest call: a document of 100,000 characters in escaped JSON, and then some. */
const BODY_LIMIT = 4 * 1024 * 1024;

const sendRefusal = (reply: FastifyReply, refusal: Refusal): FastifyReply => {
  const error = toApiError(refusal, ulid()).toJSON();
  // Each interface has its own shape of an error: the typed client's, and the one that the OpenAPI document describes.
  const body = reply.request.url.startsWith('/api/') ? error : { json: error };
  return reply.status(HTTP_STATUS[refusal.code]).send(body);
};

/** Answers who has no session, and no token that still counts. */
const sendLaunchNeeded = (reply: FastifyReply): FastifyReply => {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .status(401)
    .header('content-security-policy', nothingButStyle(nonce))
    .header('cache-control', 'no-store')
    .type('text/html')
    .send(launchNeededPage(nonce));
};

class HttpHostServer {
  readonly #options: HttpHostOptions;
  readonly #tokens = new LaunchTokens();
  readonly #server: FastifyInstance;
  #port = 0;

  constructor(options: HttpHostOptions) {
    this.#options = options;
    this.#server = Fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  }

  get #cookieName(): string {
    return `__Host-countersign-${String(this.#port)}`;
  }

  #sessionOf(request: FastifyRequest): string | null {
    const id = request.cookies[this.#cookieName];
    return this.#tokens.isSession(id) ? id : null;
  }

  async listen(): Promise<HttpHost> {
    await this.#server.register(cookie);
    this.#guard();
    this.#serveLaunch();
    this.#serveControl();
    this.#serveCalls();
    await this.#servePages();
    this.#port = await this.#bind();
    return {
      port: this.#port,
      launchAddress: () => this.#launchAddress(),
      close: () => this.#server.close(),
    };
  }

  /** The wanted port, or any free one where it is taken. */
  async #bind(): Promise<number> {
    const { port } = this.#options;
    try {
      await this.#server.listen({ host: '127.0.0.1', port });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EADDRINUSE' || port === 0) throw error;
      await this.#server.listen({ host: '127.0.0.1', port: 0 });
    }
    const address = this.#server.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no address');
    return address.port;
  }

  #launchAddress(): string {
    return `http://127.0.0.1:${String(this.#port)}/launch?token=${this.#tokens.issue()}`;
  }

  #guard(): void {
    this.#server.addHook('onRequest', async (request, reply) => {
      reply.headers({ ...SECURITY_HEADERS, 'content-security-policy': NOTHING_ALLOWED });
      const problem = problemWithRequest(request, this.#port);
      if (problem) await sendRefusal(reply, refuse('FORBIDDEN', 'foreignRequest', { problem }));
    });
    this.#server.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
      if (error.statusCode === 413) return sendRefusal(reply, refuse('TOO_LARGE', 'tooLarge'));
      if (error.statusCode !== undefined && error.statusCode < 500) {
        return sendRefusal(reply, refuse('INVALID_INPUT', 'invalidInput', { why: 'not a call of the interface' }));
      }
      const id = ulid();
      this.#options.host.logger.error({ correlationId: id, error: (error as Error).stack }, 'unexpected failure');
      return sendRefusal(reply, refuse('INTERNAL', 'internal', { id }));
    });
  }

  #serveLaunch(): void {
    this.#server.get<{ Querystring: { token?: string } }>('/launch', async (request, reply) => {
      const session = this.#tokens.redeem(request.query.token ?? '');
      if (session === null) return sendLaunchNeeded(reply);
      reply.setCookie(this.#cookieName, session, { path: '/', httpOnly: true, secure: true, sameSite: 'strict' });
      return reply.header('cache-control', 'no-store').redirect('/', 303);
    });
  }

  /** Another start of the program on this machine, which can read this one's secret, asks for an address. */
  #serveControl(): void {
    this.#server.post('/control/launch', async (request, reply) => {
      if (request.headers['x-countersign-control'] !== this.#options.controlSecret) return reply.status(403).send();
      return reply.send({ address: this.#launchAddress(), folder: this.#options.host.openDesk?.folder ?? null });
    });
  }

  #serveCalls(): void {
    const { host, makeSample, version } = this.#options;
    const router = createRouter(makeSample);
    const rpc = new RPCHandler(router, TRANSPORT_OPTIONS);
    const api = new OpenAPIHandler(router, TRANSPORT_OPTIONS);
    const document = openApiDocument(version);
    const call =
      (handler: Pick<typeof rpc, 'handle'>, prefix: '/rpc' | '/api') =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
        const sessionId = this.#sessionOf(request);
        if (sessionId === null) return sendRefusal(reply, refuse('UNAUTHENTICATED', 'launchNeeded'));
        if (lacksOwnHeader(request))
          return sendRefusal(reply, refuse('FORBIDDEN', 'foreignRequest', { problem: 'no own header' }));
        reply.header('cache-control', 'no-store');
        const { matched } = await handler.handle(request, reply, { prefix, context: { host, sessionId } });
        return matched ? undefined : sendRefusal(reply, refuse('NOT_FOUND', 'noSuchCall'));
      };
    this.#server.all('/rpc/*', call(rpc, '/rpc'));
    this.#server.get('/api/openapi.json', async (_request, reply) => reply.send(await document));
    this.#server.all('/api/*', call(api, '/api'));
  }

  async #servePages(): Promise<void> {
    const { rendererFolder } = this.#options;
    await this.#server.register(fastifyStatic, {
      root: join(rendererFolder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '1y',
    });
    const index = join(rendererFolder, 'index.html');
    const page = existsSync(index) ? readFileSync(index, 'utf8') : '';
    this.#server.setNotFoundHandler(async (request, reply) => {
      if (request.method !== 'GET') return sendRefusal(reply, refuse('NOT_FOUND', 'noSuchCall'));
      const isPage = (request.headers.accept ?? '').includes('text/html');
      if (!isPage) return reply.status(404).send();
      if (this.#sessionOf(request) === null) return sendLaunchNeeded(reply);
      const nonce = randomBytes(16).toString('base64');
      return reply
        .header('content-security-policy', contentSecurityPolicy(nonce))
        .header('cache-control', 'no-store')
        .type('text/html')
        .send(page.replaceAll(NONCE_MARK, nonce));
    });
  }
}

/** Serves the desk to browsers on this machine, and to nobody else. */
export const startHttpHost = (options: HttpHostOptions): Promise<HttpHost> => new HttpHostServer(options).listen();
