import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { toWindow } from './open-windows.ts';
import { preventable } from './preventable.ts';
import { defaultSession } from './session.ts';
import { StandInWebContents } from './web-contents.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WindowOptions extends Partial<Rectangle> {
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly show?: boolean;
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string };
}

/** A window without a screen: its bounds are remembered, and its page has their size. */
export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: StandInWebContents;
  /** What the program asked for, so that a test can see it. */
  readonly options: WindowOptions;
  #bounds: Rectangle;
  #isVisible: boolean;
  #isMaximized = false;
  #isMinimized = false;
  #isDestroyed = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600, show = true, webPreferences } = options;
    this.#bounds = { x, y, width, height };
    this.#isVisible = show;
    this.webContents = new StandInWebContents(defaultSession, webPreferences.preload);
    this.id = this.webContents.id;
    toWindow.set(this.webContents, this);
    app.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.#closed());
    this.setBounds({});
  }

  static getAllWindows(): BrowserWindow[] {
    return [...toWindow.values()] as BrowserWindow[];
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(change: Partial<Rectangle>): void {
    const { minWidth = 0, minHeight = 0 } = this.options;
    const { x, y, width, height } = { ...this.#bounds, ...change };
    this.#bounds = { x, y, width: Math.max(minWidth, width), height: Math.max(minHeight, height) };
    const { width: viewWidth, height: viewHeight } = this.#bounds;
    void this.webContents.page
      .then((page) => page.setViewportSize({ width: viewWidth, height: viewHeight }))
      .catch(() => undefined);
    this.emit('resize');
  }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  focus(): void {
    this.emit('focus');
  }

  maximize(): void {
    this.#isMaximized = true;
    this.emit('maximize');
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  restore(): void {
    this.#isMinimized = false;
    this.emit('restore');
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** Asks the program, then the page, and closes when neither objects. */
  close(): void {
    if (!this.#mayClose()) return;
    // A page whose process is gone cannot be asked.
    const runBeforeUnload = !this.webContents.isCrashed();
    void this.webContents.page.then((page) => page.close({ runBeforeUnload }));
  }

  #mayClose(): boolean {
    const event = preventable({});
    this.emit('close', event);
    return !event.defaultPrevented;
  }

  #closed(): void {
    this.#isDestroyed = true;
    toWindow.delete(this.webContents);
    this.emit('closed');
    app.windowClosed();
  }
}
