import type { IpcMainEvent, MessagePortMain, WebContents } from 'electron';
import type { Logger } from 'pino';
import { isOwnAddress, OWN_ORIGIN } from './own-address.ts';

/** The one channel on which a page may send anything; preload.ts spells it too. */
export const CONNECT_CHANNEL = 'countersign:connect';

/** What a page asks with when it wants to be connected. All of it is hostile. */
export interface ConnectAttempt {
  /** Whether it comes from the desk's own window. */
  readonly isOwnContents: boolean;
  readonly isTopFrame: boolean;
  /** `null` when the frame is gone already. */
  readonly origin: string | null;
  readonly address: string | null;
  readonly ports: number;
  /** Whether this load of the window has a connection, or had one. */
  readonly isConnected: boolean;
}

export type ConnectRefusal =
  'foreign contents' | 'not the top frame' | 'foreign origin' | 'not one port' | 'second port';

/** Why an attempt to connect is dropped; `null` when it is let in. `about:blank` is no exception. */
export const connectRefusal = (attempt: ConnectAttempt): ConnectRefusal | null => {
  if (!attempt.isOwnContents) return 'foreign contents';
  if (!attempt.isTopFrame) return 'not the top frame';
  if (attempt.origin !== OWN_ORIGIN || !isOwnAddress(attempt.address ?? '')) return 'foreign origin';
  if (attempt.ports !== 1) return 'not one port';
  return attempt.isConnected ? 'second port' : null;
};

/** A page that is connected to the core, until one of both ends it. */
export interface Connection {
  readonly sessionId: string;
  close(): void;
}

/** Lets one message port in for each load of the desk's window, and drops everything else. */
export class Gate {
  readonly #connect: (port: MessagePortMain) => Connection;
  readonly #logger: Logger;
  #contents: WebContents | null = null;
  #connection: Connection | null = null;

  constructor(connect: (port: MessagePortMain) => Connection, logger: Logger) {
    this.#connect = connect;
    this.#logger = logger;
  }

  /** The session of the page that is connected now. */
  get sessionId(): string | null {
    return this.#connection?.sessionId ?? null;
  }

  /** Makes these the desk's own contents; what was connected before is not any more. */
  guard(contents: WebContents): void {
    this.#end();
    this.#contents = contents;
    const end = (): void => {
      if (this.#contents === contents) this.#end();
    };
    // A load is over when the next one has taken its place: one that was begun and denied ends nothing.
    contents.on('did-navigate', end);
    contents.on('render-process-gone', end);
    contents.on('destroyed', () => {
      end();
      if (this.#contents === contents) this.#contents = null;
    });
  }

  receive({ sender, senderFrame, ports }: Pick<IpcMainEvent, 'sender' | 'senderFrame' | 'ports'>): void {
    const refusal = connectRefusal({
      isOwnContents: sender === this.#contents,
      isTopFrame: senderFrame?.parent === null,
      origin: senderFrame?.origin ?? null,
      address: senderFrame?.url ?? null,
      ports: ports.length,
      isConnected: this.#connection !== null,
    });
    const [port] = ports;
    if (refusal === null && port) {
      this.#connection = this.#connect(port);
      return;
    }
    this.#logger.warn({ refusal, ports: ports.length }, 'a connection was refused');
    for (const each of ports) each.close();
  }

  #end(): void {
    this.#connection?.close();
    this.#connection = null;
  }
}
