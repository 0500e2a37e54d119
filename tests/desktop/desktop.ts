import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, chromium, type Browser, type Page } from '@playwright/test';
import type * as electron from 'electron';
import { ROOT } from './ensure-built.ts';
import { toPage } from './stand-in/address-mapping.ts';
import { StandInProcess } from './stand-in-process.ts';

/** Electron's parts, as the main process imports them. */
export type ElectronParts = typeof electron;

/** A running desktop, in Electron or in the stand-in: the same specs drive both. */
export interface Desktop {
  readonly page: Page;
  /** Where this machine keeps what is its own. */
  readonly home: string;
  /** Its exit code. */
  readonly exited: Promise<number | null>;
  /** An `app:` address as this desktop's page spells it. */
  readonly address: (own: string) => string;
  /** Runs a function in the main process. It stands alone: it names nothing outside itself. */
  evaluate<Result, Argument>(
    work: (electron: ElectronParts, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** How many windows there are, those that nobody has seen yet included. */
  windows(): Promise<number>;
  /** Ends it at once, asking nobody. */
  end(): Promise<void>;
}

export interface DesktopStart {
  /** Where this machine keeps what is its own. */
  readonly home: string;
  readonly parameters?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const pathFile = join(ROOT, 'node_modules', 'electron', 'path.txt');
const binary = existsSync(pathFile)
  ? join(ROOT, 'node_modules', 'electron', 'dist', readFileSync(pathFile, 'utf8').trim())
  : null;

/** Electron's binary, where it has been fetched. Asking the package itself would begin to fetch it. */
const electronBinary = binary !== null && existsSync(binary) ? binary : null;

/** What the specs run in here. */
export const DESKTOP_KIND: 'Electron' | 'stand-in' = electronBinary ? 'Electron' : 'stand-in';

/** Why a spec is passed over in the stand-in. */
export const NEEDS_ELECTRON = 'Electron’s binary is not here, and the stand-in cannot show this';

const environmentOf = ({ home, environment }: DesktopStart): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
  NODE_OPTIONS: '',
  COUNTERSIGN_HOME: home,
  ...environment,
});

const electronParameters = (parameters: readonly string[] = []): string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ROOT,
  ...parameters,
];

/** Lets the program answer the page's wish to stay: Playwright would leave the page at once. */
const leaveDialogsToProgram = (page: Page): void => {
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') void dialog.dismiss();
  });
};

const startElectron = async (executablePath: string, start: DesktopStart): Promise<Desktop> => {
  const application = await _electron.launch({
    executablePath,
    args: electronParameters(start.parameters),
    env: environmentOf(start),
  });
  const child = application.process();
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    page: await application.firstWindow(),
    home: start.home,
    exited,
    address: (own) => own,
    evaluate: (work, argument) => application.evaluate<never, unknown>(work as never, argument),
    windows: () => Promise.resolve(application.windows().length),
    end: async () => {
      // The answer is lost with the program.
      void application.evaluate(({ app }) => app.exit()).catch(() => undefined);
      await exited;
    },
  };
};

/** The one page that Chromium begins with: the program's first window takes it. */
const firstPage = async (browser: Browser): Promise<Page> => {
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium was not started with a profile');
  return context.pages()[0] ?? context.waitForEvent('page');
};

const startStandIn = async (start: DesktopStart): Promise<Desktop> => {
  const child = new StandInProcess(start.parameters ?? [], environmentOf(start));
  const browser = await chromium.connectOverCDP(await child.endpoint);
  const session = await browser.newBrowserCDPSession();
  return {
    page: await firstPage(browser),
    home: start.home,
    exited: child.exited,
    address: toPage,
    evaluate: (work, argument) => child.evaluate(work.toString(), argument) as Promise<never>,
    windows: async () => {
      const { targetInfos } = await session.send('Target.getTargets');
      return targetInfos.filter(({ type }) => type === 'page').length;
    },
    end: () => child.end(),
  };
};

/** Starts the built program and waits for its window. */
export const startDesktop = async (start: DesktopStart): Promise<Desktop> => {
  const desktop = electronBinary ? await startElectron(electronBinary, start) : await startStandIn(start);
  leaveDialogsToProgram(desktop.page);
  await desktop.page.waitForURL((url) => url.href.startsWith(desktop.address('app://countersign/')));
  return desktop;
};

/** Starts the program where it runs already. @returns its exit code; `null` when it did not end by itself */
export const startSecond = async (start: DesktopStart): Promise<number | null> => {
  if (!electronBinary) return new StandInProcess(start.parameters ?? [], environmentOf(start)).exited;
  const child: ChildProcess = spawn(electronBinary, electronParameters(start.parameters), {
    env: environmentOf(start),
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
};
