// These functions run in the page: their source text is injected, so each stands alone and names nothing outside itself.

export type Side = 'page' | 'preload';

type Carried = { f: number } | { o: [string, Carried][] } | { a: Carried[] } | { v?: unknown };

type Saying =
  | { kind: 'expose'; name: string; api: Carried }
  | { kind: 'call'; f: number; parameters: Carried[] }
  | { kind: 'answer'; value: Carried };

type AnyFunction = (...parameters: unknown[]) => unknown;

/**
 * Joins the page's own world and the preload's isolated one, as contextBridge does: plain values are copied, functions
 * become functions that call across. Promises are not carried. Both worlds share the document and nothing else.
 * @returns how to expose something in the other world
 */
export const joinWorlds = (side: Side): ((name: string, api: unknown) => void) => {
  const other: Side = side === 'page' ? 'preload' : 'page';
  const functions: AnyFunction[] = [];
  let answer: Carried = {};
  const say = (saying: Saying): void => {
    document.dispatchEvent(new CustomEvent(`stand-in:${other}`, { detail: JSON.stringify(saying) }));
  };
  const carry = (value: unknown): Carried => {
    if (typeof value === 'function') return { f: functions.push(value as AnyFunction) - 1 };
    if (Array.isArray(value)) return { a: value.map(carry) };
    if (value instanceof Promise) throw new Error('the stand-in carries no promises from world to world');
    if (typeof value !== 'object' || value === null) return { v: value };
    return { o: Object.entries(value).map(([name, member]) => [name, carry(member)]) };
  };
  const receive = (carried: Carried): unknown => {
    if ('f' in carried) {
      return (...parameters: unknown[]) => {
        answer = {};
        say({ kind: 'call', f: carried.f, parameters: parameters.map(carry) });
        return receive(answer);
      };
    }
    if ('a' in carried) return Object.freeze(carried.a.map(receive));
    if ('o' in carried)
      return Object.freeze(Object.fromEntries(carried.o.map(([name, member]) => [name, receive(member)])));
    return carried.v;
  };
  document.addEventListener(`stand-in:${side}`, (event) => {
    const saying = JSON.parse((event as CustomEvent<string>).detail) as Saying;
    if (saying.kind === 'answer') answer = saying.value;
    else if (saying.kind === 'expose') {
      Object.defineProperty(window, saying.name, { value: receive(saying.api), enumerable: true });
    } else {
      const result = functions[saying.f]?.(...saying.parameters.map(receive));
      say({ kind: 'answer', value: carry(result) });
    }
  });
  return (name, api) => say({ kind: 'expose', name, api: carry(api) });
};

/** What a message port carries between page and program: text, bytes, or what JSON can say. */
export type PortData = { text: string } | { bytes: string } | { json: unknown };

/** From the preload's world to the program. */
export type FromPreload =
  | { kind: 'message'; channel: string; parameters: unknown[]; ports: number[] }
  | { kind: 'invoke'; channel: string; parameters: unknown[]; call: number }
  | { kind: 'portMessage'; port: number; data: PortData }
  | { kind: 'portClosed'; port: number };

/** From the program to the preload's world. */
export type ToPreload =
  | { kind: 'message'; channel: string; parameters: unknown[] }
  | { kind: 'answer'; call: number; value?: unknown; error?: string }
  | { kind: 'portMessage'; port: number; data: PortData }
  | { kind: 'closePort'; port: number };

/** Where the preload's world keeps what the program calls. */
export interface PreloadGlobals {
  /** Put there by Chromium: sends text to the program. */
  standInSend: (text: string) => void;
  standInReceive: (text: string) => void;
}

/** What `require('electron')` gives a preload script, in its isolated world. */
export const preloadElectron = (
  exposeInMainWorld: (name: string, api: unknown) => void,
  { pageOrigin, programOrigin }: { pageOrigin: string; programOrigin: string },
): Record<string, unknown> => {
  const globals = globalThis as unknown as PreloadGlobals;
  const send = (message: FromPreload): void => globals.standInSend(JSON.stringify(message));
  const listeners = new Map<string, Set<AnyFunction>>();
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const ports: MessagePort[] = [];
  let lastCall = 0;

  const toData = (value: unknown): PortData => {
    if (typeof value === 'string') return { text: value };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer);
      return { bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
    }
    return { json: value };
  };
  const fromData = (data: PortData): unknown => {
    if ('text' in data) return data.text;
    if ('bytes' in data) return Uint8Array.from(atob(data.bytes), (character) => character.charCodeAt(0));
    return data.json;
  };
  const adopt = (port: MessagePort): number => {
    const id = ports.push(port) - 1;
    port.addEventListener('message', ({ data }) => send({ kind: 'portMessage', port: id, data: toData(data) }));
    port.addEventListener('close', () => send({ kind: 'portClosed', port: id }));
    port.start();
    return id;
  };
  const postMessage = (channel: string, message: unknown, transfer: MessagePort[] = []): void =>
    send({ kind: 'message', channel, parameters: [message], ports: transfer.map(adopt) });

  // The page stands at a substitute address; its preload must see the origin that the program gave it.
  const origin = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'origin');
  Object.defineProperty(MessageEvent.prototype, 'origin', {
    get(this: MessageEvent) {
      const real = origin?.get?.call(this) as string;
      return real === pageOrigin ? programOrigin : real;
    },
  });

  globals.standInReceive = (text) => {
    const message = JSON.parse(text) as ToPreload;
    if (message.kind === 'portMessage') ports[message.port]?.postMessage(fromData(message.data));
    else if (message.kind === 'closePort') ports[message.port]?.close();
    else if (message.kind === 'message') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.parameters);
    } else if (message.error !== undefined) calls.get(message.call)?.reject(new Error(message.error));
    else calls.get(message.call)?.resolve(message.value);
  };

  const ipcRenderer = {
    postMessage,
    send: (channel: string, ...parameters: unknown[]) => send({ kind: 'message', channel, parameters, ports: [] }),
    invoke: (channel: string, ...parameters: unknown[]) =>
      new Promise((resolve, reject) => {
        lastCall += 1;
        calls.set(lastCall, { resolve, reject });
        send({ kind: 'invoke', channel, parameters, call: lastCall });
      }),
    on: (channel: string, listener: AnyFunction) => {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: AnyFunction) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  return { ipcRenderer, contextBridge: { exposeInMainWorld } };
};

/** Runs a preload bundle as a sandboxed preload is run: CommonJS, with nothing to require but Electron. */
export const preloadScript = (
  bundle: string,
  origins: { pageOrigin: string; programOrigin: string },
  platform: string,
): string => `(() => {
  if (window !== window.top) return;
  const electron = (${preloadElectron.toString()})((${joinWorlds.toString()})('preload'), ${JSON.stringify(origins)});
  const require = (name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return electron;
  };
  const module = { exports: {} };
  ((require, module, exports, process) => {
${bundle}
  })(require, module, module.exports, { platform: ${JSON.stringify(platform)} });
})();`;

/** Prepares the page's own world to be given what the preload exposes. */
export const pageScript = (): string => `(() => {
  if (window === window.top) (${joinWorlds.toString()})('page');
})();`;
