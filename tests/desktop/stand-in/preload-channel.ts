import type { CDPSession } from 'playwright-core';
import { toProgram } from './address-mapping.ts';
import { ipcMain } from './ipc-main.ts';
import { StandInPort } from './message-port.ts';
import type { FromPreload, ToPreload } from './worlds.ts';

/** Name of the isolated world in which the preload runs, apart from the page's own scripts. */
export const PRELOAD_WORLD = 'stand-in preload';

interface Sender {
  /** The frame in which the preload runs; its address as the program sees it. */
  readonly frame: { readonly url: string; readonly origin: string; readonly parent: null };
  readonly contents: unknown;
}

interface PreloadChannelOptions {
  /** Chromium's id of the page's top frame. */
  readonly mainFrame: string;
  /** The frame that sends from a world of this origin. */
  readonly sender: (origin: string) => Sender;
}

/** Carries messages and ports between a page's preload and the program, over Chromium's debugging protocol. */
export class PreloadChannel {
  readonly #session: CDPSession;
  readonly #sender: (origin: string) => Sender;
  readonly #worlds = new Map<number, { origin: string; ports: Map<number, StandInPort> }>();

  constructor(session: CDPSession, { mainFrame, sender }: PreloadChannelOptions) {
    this.#session = session;
    this.#sender = sender;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      // Frames have such a world too, in which the preload does nothing.
      if (context.name !== PRELOAD_WORLD || frameId !== mainFrame) return;
      this.#worlds.set(context.id, { origin: toProgram(context.origin), ports: new Map() });
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#forget(executionContextId));
    session.on('Runtime.executionContextsCleared', () => {
      for (const id of [...this.#worlds.keys()]) this.#forget(id);
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'standInSend') this.#take(executionContextId, JSON.parse(payload) as FromPreload);
    });
  }

  /** Tells the preload of the page that is loaded now. */
  async send(channel: string, parameters: unknown[]): Promise<void> {
    // What Chromium tells comes in order: with this answer every world is known in which a listener can be waiting.
    await this.#session.send('Runtime.evaluate', { expression: '0' });
    const world = [...this.#worlds.keys()].at(-1);
    if (world !== undefined) this.#tell(world, { kind: 'message', channel, parameters });
  }

  /** The page is gone, and its ends of all ports with it. */
  end(): void {
    for (const id of [...this.#worlds.keys()]) this.#forget(id);
  }

  #forget(id: number): void {
    const world = this.#worlds.get(id);
    this.#worlds.delete(id);
    for (const port of world?.ports.values() ?? []) port.closed();
  }

  #tell(contextId: number, message: ToPreload): void {
    const expression = `standInReceive(${JSON.stringify(JSON.stringify(message))})`;
    // A page that is gone hears nothing, as with a real port.
    this.#session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }

  #take(id: number, message: FromPreload): void {
    const world = this.#worlds.get(id);
    if (!world) return;
    const { frame, contents } = this.#sender(world.origin);
    const event = { sender: contents, senderFrame: frame };
    if (message.kind === 'portMessage') world.ports.get(message.port)?.take(message.data);
    else if (message.kind === 'portClosed') world.ports.get(message.port)?.closed();
    else if (message.kind === 'message') {
      const ports = message.ports.map((port) => new StandInPort(port, (saying) => this.#tell(id, saying)));
      message.ports.forEach((number, index) => world.ports.set(number, ports[index] as StandInPort));
      ipcMain.emit(message.channel, { ...event, ports }, ...message.parameters);
    } else {
      ipcMain.answer(message.channel, event, message.parameters).then(
        (value) => this.#tell(id, { kind: 'answer', call: message.call, value }),
        (error: unknown) => this.#tell(id, { kind: 'answer', call: message.call, error: String(error) }),
      );
    }
  }
}
