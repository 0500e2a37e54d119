import { randomUUID } from 'node:crypto';
import type { RPCHandler } from '@orpc/server/message-port';
import type { MessagePortMain } from 'electron';
import { ulid } from 'ulid';
import { HTTP_STATUS, refuse } from '#workflows/errors.ts';
import { toApiError } from '../api/boundary.ts';
import type { ApiContext } from '../api/router.ts';
import type { DeskHost } from '../core/desk-host.ts';
import type { Connection } from './gate.ts';
import { judgeMessage } from './port-messages.ts';

type Listener = (event?: { data: unknown }) => void;

/** What is needed of a page's port. */
export type PagePort = Pick<MessagePortMain, 'on' | 'start' | 'postMessage' | 'close'>;

/** A call that was too large, answered in the form in which the typed client expects an error. */
const tooLargeAnswer = (id: string): string => {
  const error = toApiError(refuse('TOO_LARGE', 'tooLarge'), ulid());
  return JSON.stringify({
    i: id,
    p: { s: HTTP_STATUS.TOO_LARGE, b: { json: { ...error.toJSON(), defined: true } } },
  });
};

/** A page's port, as oRPC sees it: nothing gets through that was not judged, and nothing after it was closed. */
class JudgedPort {
  readonly #port: PagePort;
  readonly #onDropped: (kind: string) => void;
  readonly #listeners: { message: Listener[]; close: Listener[] } = { message: [], close: [] };
  #isClosed = false;

  constructor(port: PagePort, onDropped: (kind: string) => void) {
    this.#port = port;
    this.#onDropped = onDropped;
    port.on('message', ({ data }) => this.#take(data));
    port.on('close', () => this.close());
  }

  start(): void {
    this.#port.start();
  }

  on(event: string, listener: Listener): void {
    if (event === 'message' || event === 'close') this.#listeners[event].push(listener);
  }

  postMessage(message: unknown): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#port.close();
    for (const listener of this.#listeners.close) listener();
  }

  #take(data: unknown): void {
    if (this.#isClosed) return;
    const verdict = judgeMessage(data);
    if (verdict.kind === 'accepted') {
      for (const listener of this.#listeners.message) listener({ data: verdict.text });
      return;
    }
    this.#onDropped(verdict.kind);
    if (verdict.kind === 'tooLarge' && verdict.id !== null) this.postMessage(tooLargeAnswer(verdict.id));
  }
}

/**
 * Serves the contract to a page through its port, in a session of its own that ends with the port.
 * Precondition: the gate has let the port in.
 */
export const servePort = (
  port: PagePort,
  { host, handler }: { host: DeskHost; handler: RPCHandler<ApiContext> },
): Connection => {
  const sessionId = randomUUID();
  const judged = new JudgedPort(port, (kind) => host.logger.warn({ kind }, 'a message of the page was dropped'));
  handler.upgrade(judged, { context: { host, sessionId } });
  judged.on('close', () => host.sessions.signOut(sessionId));
  judged.start();
  return { sessionId, close: () => judged.close() };
};
