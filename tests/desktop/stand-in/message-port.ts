import { EventEmitter } from 'node:events';
import type { PortData, ToPreload } from './worlds.ts';

const toData = (value: unknown): PortData => {
  if (typeof value === 'string') return { text: value };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  return { json: value };
};

const fromData = (data: PortData): unknown => {
  if ('text' in data) return data.text;
  if ('bytes' in data) return new Uint8Array(Buffer.from(data.bytes, 'base64'));
  return data.json;
};

/** The program's end of a port that a page sent: MessagePortMain. Messages wait until it is started. */
export class StandInPort extends EventEmitter {
  readonly #id: number;
  readonly #tell: (message: ToPreload) => void;
  readonly #waiting: PortData[] = [];
  #isStarted = false;
  #isClosed = false;

  constructor(id: number, tell: (message: ToPreload) => void) {
    super();
    this.#id = id;
    this.#tell = tell;
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data: fromData(data), ports: [] });
  }

  postMessage(message: unknown): void {
    if (!this.#isClosed) this.#tell({ kind: 'portMessage', port: this.#id, data: toData(message) });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#tell({ kind: 'closePort', port: this.#id });
    this.closed();
  }

  /** Takes what the page sent. */
  take(data: PortData): void {
    if (this.#isClosed) return;
    if (this.#isStarted) this.emit('message', { data: fromData(data), ports: [] });
    else this.#waiting.push(data);
  }

  /** The page's end is gone. */
  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.emit('close');
  }
}
