import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { toPage, toProgram } from './address-mapping.ts';
import { openPage } from './chromium.ts';
import { routeRequests } from './page-requests.ts';
import { applyPermissions } from './permissions.ts';
import { PRELOAD_WORLD, PreloadChannel } from './preload-channel.ts';
import { preventable } from './preventable.ts';
import type { StandInSession } from './session.ts';
import { pageScript, preloadScript } from './worlds.ts';

type WindowOpenHandler = (details: { url: string; frameName: string; disposition: string }) => { action: string };

let lastId = 0;

/** The page of a window: Chromium's page, with the addresses and events that Electron would give it. */
export class StandInWebContents extends EventEmitter {
  readonly id: number;
  readonly session: StandInSession;
  readonly #preload: string;
  #page: Promise<Page>;
  readonly #expected = new Set<string>();
  #channel: PreloadChannel | null = null;
  #protocol: CDPSession | null = null;
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  #url = '';
  #isDestroyed = false;
  #isCrashed = false;
  #loaded: Promise<unknown> = Promise.resolve();

  /** @param preload path of the built preload script */
  constructor(session: StandInSession, preload: string) {
    super();
    lastId += 1;
    this.id = lastId;
    this.session = session;
    this.#preload = preload;
    this.#page = this.#open();
  }

  get page(): Promise<Page> {
    return this.#page;
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    if (!this.session.protocol.isStandard(url)) throw new Error(`${url} is of no scheme that pages can be loaded from`);
    const page = await this.#page;
    this.#expected.add(url);
    await applyPermissions(this.#protocol as CDPSession, {
      session: this.session,
      contents: this,
      pageOrigin: new URL(toPage(url)).origin,
      programOrigin: toProgram(new URL(toPage(url)).origin),
    });
    await page.goto(toPage(url));
  }

  reload(): void {
    this.#loaded = this.#reload().catch(() => undefined);
  }

  send(channel: string, ...parameters: unknown[]): void {
    // A page that is gone hears nothing.
    this.#channel?.send(channel, parameters).catch(() => undefined);
  }

  /** Runs a script in the page, once it is loaded. */
  async executeJavaScript(code: string): Promise<unknown> {
    await this.#loaded;
    const page = await this.#page;
    return page.evaluate(code);
  }

  /** Ends the page's process as a fault in it would. */
  forcefullyCrashRenderer(): void {
    this.#protocol?.send('Page.crash').catch(() => undefined);
  }

  replaceMisspelling(_word: string): void {
    // Spelling is checked by Electron's own dictionaries.
  }

  async #open(): Promise<Page> {
    const page = await openPage();
    const protocol = await page.context().newCDPSession(page);
    this.#protocol = protocol;
    const origin = { pageOrigin: toPage('app://countersign'), programOrigin: 'app://countersign' };
    const { frameTree } = await protocol.send('Page.getFrameTree');
    this.#channel = new PreloadChannel(protocol, {
      mainFrame: frameTree.frame.id,
      sender: (frameOrigin) => ({ frame: { url: this.#url, origin: frameOrigin, parent: null }, contents: this }),
    });
    await protocol.send('Page.enable');
    await protocol.send('Runtime.enable');
    await protocol.send('Runtime.addBinding', { name: 'standInSend', executionContextName: PRELOAD_WORLD });
    await protocol.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() });
    await protocol.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(readFileSync(this.#preload, 'utf8'), origin, process.platform),
      worldName: PRELOAD_WORLD,
    });
    await routeRequests(page, { session: this.session, mayNavigate: (navigation) => this.#mayNavigate(navigation) });
    this.#follow(page, protocol);
    return page;
  }

  /** Playwright does nothing more with a page whose process is gone: another takes its place in the window. */
  async #reload(): Promise<void> {
    const page = await this.#page;
    if (!this.#isCrashed) {
      this.#expected.add(this.#url);
      await page.reload();
      return;
    }
    this.#isCrashed = false;
    this.#page = this.#open();
    await this.#page;
    await page.close();
    await this.loadURL(this.#url);
  }

  #follow(page: Page, protocol: CDPSession): void {
    protocol.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.#url = toProgram(frame.url + (frame.urlFragment ?? ''));
      this.emit('did-navigate', {}, this.#url, 200, 'OK');
    });
    protocol.on('Page.navigatedWithinDocument', ({ url }) => {
      this.#url = toProgram(url);
    });
    protocol.on('Page.windowOpen', ({ url, windowName }) => {
      const details = { url: toProgram(url), frameName: windowName, disposition: 'foreground-tab' };
      const { action } = this.#windowOpenHandler(details);
      if (action !== 'deny') throw new Error('the stand-in opens no further windows');
    });
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('crash', () => {
      this.#isCrashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    page.on('download', (download) => {
      const event = preventable({});
      this.session.emit('will-download', event, { getURL: () => toProgram(download.url()) }, this);
      if (event.defaultPrevented) void download.cancel();
    });
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') return;
      const event = preventable({});
      this.emit('will-prevent-unload', event);
      // Preventing Electron's event ignores the page's wish to stay.
      void (event.defaultPrevented ? dialog.accept() : dialog.dismiss());
    });
    page.on('close', () => {
      if (protocol !== this.#protocol) return;
      this.#isDestroyed = true;
      this.#channel?.end();
      this.emit('destroyed');
    });
  }

  #mayNavigate({ url, isMainFrame }: { url: string; isMainFrame: boolean }): boolean {
    // Navigations that the program began are not asked about, as in Electron.
    if (isMainFrame && this.#expected.delete(url)) return true;
    const everyFrame = preventable({ url, isMainFrame, isSameDocument: false });
    this.emit('will-frame-navigate', everyFrame);
    if (everyFrame.defaultPrevented) return false;
    const mainFrame = preventable({ url, isMainFrame, isSameDocument: false });
    if (isMainFrame) this.emit('will-navigate', mainFrame, url);
    return !mainFrame.defaultPrevented;
  }
}
