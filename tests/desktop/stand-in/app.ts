import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { closeChromium, launchChromium } from './chromium.ts';
import { toWindow } from './open-windows.ts';
import { preventable } from './preventable.ts';
import { sealSchemes } from './session.ts';
import { SingleInstance } from './single-instance.ts';

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  /** The protocols that the program registered itself for. */
  readonly protocolClients: string[] = [];
  /** Chromium's switches, as far as the program sets them. */
  readonly commandLine = { hasSwitch: (name: string): boolean => this.#switches.has(name) };
  readonly #switches = new Set<string>();
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #endpoint = '';
  #isReady = false;
  #isExiting = false;
  #isQuitting = false;
  #instance: SingleInstance | null = null;

  constructor() {
    super();
    // The program's own module must have run first, as Electron lets it.
    this.#ready = new Promise((resolve, reject) => {
      setImmediate(() => {
        if (!this.#isExiting) this.#start().then(resolve, reject);
      });
    });
  }

  /** Where a test can drive Chromium, once the app is ready. */
  get endpoint(): string {
    return this.#endpoint;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.#switches.add('enable-sandbox');
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`${path} does not exist`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`the program has set no path for ${name}`);
    return path;
  }

  setAppLogsPath(path: string): void {
    mkdirSync(path, { recursive: true });
    this.#paths.set('logs', path);
  }

  requestSingleInstanceLock(data: unknown): boolean {
    this.#instance = new SingleInstance(this.getPath('userData'));
    return this.#instance.take({ parameters: process.argv, folder: process.cwd(), data }, (second) => {
      this.emit('second-instance', {}, second.parameters, second.folder, second.data);
    });
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.protocolClients.push(scheme);
    return true;
  }

  quit(): void {
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#isQuitting = true;
    if (toWindow.size === 0) this.#willQuit();
    else for (const window of [...toWindow.values()]) window.close();
  }

  /** Ends the process at once, asking nobody. */
  exit(code = 0): void {
    this.#isExiting = true;
    this.#instance?.release();
    void closeChromium().finally(() => process.exit(code));
  }

  /** A window tells that it is gone. */
  windowClosed(): void {
    if (toWindow.size > 0) return;
    if (this.#isQuitting) this.#willQuit();
    else this.emit('window-all-closed');
  }

  #willQuit(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) return;
    this.emit('quit');
    this.exit();
  }

  async #start(): Promise<void> {
    this.#endpoint = await launchChromium(this.getPath('sessionData'));
    this.#isReady = true;
    sealSchemes();
    this.emit('ready');
  }
}

export const app = new StandInApp();
