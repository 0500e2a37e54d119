import { EventEmitter } from 'node:events';

type Handler = (event: unknown, ...parameters: unknown[]) => unknown;

class StandInIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Answers `ipcRenderer.invoke`. */
  async answer(channel: string, event: unknown, parameters: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`no handler for ${channel}`);
    return await handler(event, ...parameters);
  }
}

export const ipcMain = new StandInIpcMain();
