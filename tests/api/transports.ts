import { EventEmitter, once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { createRouter, type ApiContext } from '#main/api/router.ts';
import { TRANSPORT_OPTIONS } from '#main/api/transport-errors.ts';
import type { DeskHost } from '#main/core/desk-host.ts';
import { servePort, type PagePort } from '#main/electron/port-connection.ts';
import { plainSample } from './plain-sample.ts';
import { createRouterClient } from '@orpc/server';
import type { DeskClient } from '#workflows/contract/contract.ts';
import { browserOf, serverOf } from './http-server.ts';

/** A window or browser of the desk; nobody is signed in there yet. */
export interface DeskWindow {
  readonly sessionId: string;
  readonly desk: DeskClient;
  /** The window is closed, or the browser goes away. */
  close(): Promise<void>;
}

/** One of the ways in which the contract is asked. */
export interface Transport {
  connect(): Promise<DeskWindow>;
  close(): Promise<void>;
}

const inProcess = (host: DeskHost): Promise<Transport> => {
  const router = createRouter(plainSample);
  return Promise.resolve({
    connect: () => {
      const sessionId = randomUUID();
      const desk: DeskClient = createRouterClient(router, { context: { host, sessionId } });
      return Promise.resolve({ sessionId, desk, close: () => Promise.resolve() });
    },
    close: () => Promise.resolve(),
  });
};

/** Node's port in the clothes of Electron's: its messages come wrapped, and not before it was started. */
const asMainPort = (port: MessagePort): PagePort => {
  const emitter = new EventEmitter();
  port.on('close', () => emitter.emit('close'));
  return Object.assign(emitter, {
    start: () => {
      port.on('message', (data: unknown) => emitter.emit('message', { data }));
    },
    close: () => port.close(),
    postMessage: (message: unknown) => port.postMessage(message),
  });
};

const messagePort = (host: DeskHost): Promise<Transport> => {
  const handler = new RPCHandler<ApiContext>(createRouter(plainSample), TRANSPORT_OPTIONS);
  return Promise.resolve({
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      const { sessionId } = servePort(asMainPort(port2), { host, handler });
      const desk: DeskClient = createORPCClient(new PortLink({ port: port1 }));
      port1.start();
      const close = async (): Promise<void> => {
        const closed = once(port2, 'close');
        port1.close();
        await closed;
      };
      return Promise.resolve({ sessionId, desk, close });
    },
    close: () => Promise.resolve(),
  });
};

const http = async (host: DeskHost): Promise<Transport> => {
  const server = await serverOf(host);
  return {
    connect: async () => {
      const browser = await browserOf(server);
      const gone = new AbortController();
      const link = new FetchLink({
        url: `${browser.origin}/rpc`,
        headers: browser.headers,
        fetch: (request, init) => fetch(request, { ...init, signal: AbortSignal.any([request.signal, gone.signal]) }),
      });
      const desk: DeskClient = createORPCClient(link);
      return {
        sessionId: browser.sessionId,
        desk,
        close: () => {
          gone.abort();
          return Promise.resolve();
        },
      };
    },
    close: () => server.close(),
  };
};

/** Every way in which the contract is asked, each to one host. */
export const TRANSPORTS = {
  'in process': inProcess,
  'through a message port': messagePort,
  'over HTTP': http,
} satisfies Record<string, (host: DeskHost) => Promise<Transport>>;

export type TransportName = keyof typeof TRANSPORTS;
export const TRANSPORT_NAMES = Object.keys(TRANSPORTS) as TransportName[];
