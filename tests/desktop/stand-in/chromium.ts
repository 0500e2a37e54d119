import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The system's Chromium where there is one, Playwright's own elsewhere; `playwright.config.ts` looks in the same places. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const isRoot = process.getuid?.() === 0;

const FLAGS = [
  // Its sandbox cannot be had as root; what the stand-in shows is no proof of any sandbox anyhow.
  ...(isRoot ? ['--no-sandbox'] : []),
  // Electron's ports tell when the other end is closed; stock Chromium has that behind a switch.
  '--enable-blink-features=MessagePortCloseEvent',
  // Lets another process, the test, drive the pages too.
  '--remote-debugging-port=0',
];

let context: BrowserContext | null = null;
let isOpeningPage = false;

/**
 * Closes what a page opened as soon as Chromium has made it: Electron denies a window before there is one. Playwright
 * tells of a page only once it has loaded something, and one for a mail program never does; it would stay in front.
 */
const closeOpenedWindows = async (browser: Browser): Promise<void> => {
  const session = await browser.newBrowserCDPSession();
  session.on('Target.targetCreated', ({ targetInfo: { targetId, type, openerId } }) => {
    if (type !== 'page' || openerId === undefined) return;
    session.send('Target.closeTarget', { targetId }).catch(() => undefined);
  });
  await session.send('Target.setDiscoverTargets', { discover: true });
};

/** Starts Chromium. @param profile folder of its data @returns the address at which a test can connect */
export const launchChromium = async (profile: string): Promise<string> => {
  context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: FLAGS,
    viewport: null,
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  // Nothing of a page that no window holds may be loaded: each window serves its own.
  await context.route('**/*', (route) => route.abort());
  const browser = context.browser();
  if (!browser) throw new Error('this Playwright does not give the browser of a profile');
  await closeOpenedWindows(browser);
  context.on('page', (page) => {
    if (!isOpeningPage) page.close().catch(() => undefined);
  });
  const portFile = join(profile, 'DevToolsActivePort');
  if (!existsSync(portFile)) throw new Error('Chromium did not say where it can be driven');
  const [port = ''] = readFileSync(portFile, 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
};

/** A page for a new window; the first takes the one that Chromium opened with. */
export const openPage = async (): Promise<Page> => {
  if (!context) throw new Error('the app is not ready');
  const [first] = context.pages();
  if (first?.url() === 'about:blank' && context.pages().length === 1 && !isTaken.has(first)) {
    isTaken.add(first);
    return first;
  }
  isOpeningPage = true;
  try {
    const page = await context.newPage();
    isTaken.add(page);
    return page;
  } finally {
    isOpeningPage = false;
  }
};

const isTaken = new WeakSet<Page>();

export const closeChromium = async (): Promise<void> => {
  await context?.close();
  context = null;
};
