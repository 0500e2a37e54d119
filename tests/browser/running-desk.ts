import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { DeskProcess, type ProcessOptions } from './desk-process.ts';
import { becomeInSample, openSample } from './start-screens.ts';

/** A desk that runs, and the browsers that are let in to it. */
export interface RunningDesk {
  /** The process that runs now. */
  readonly process: DeskProcess;
  /** Where a spec may put its workspace: a folder that does not exist yet. */
  readonly folder: string;
  /** A browser of its own: it shares nothing with the others but the desk. */
  readonly window: (options?: BrowserContextOptions) => Promise<Page>;
  /** Ends the process as a crash does, and starts it again on the same home and port. @param between what happens to the files */
  readonly crashAndRestart: (between?: () => void, options?: ProcessOptions) => Promise<void>;
}

/**
 * Runs the built program while a fixture is in use, and ends it with its browsers.
 * @param prepare puts into the home what the program is to find there
 */
export const runDesk = async (
  browser: Browser,
  use: (desk: RunningDesk) => Promise<void>,
  prepare: (home: string) => void = () => undefined,
): Promise<void> => {
  const root = mkdtempSync(join(tmpdir(), 'countersign-browser-'));
  const home = join(root, 'home');
  prepare(home);
  let process = new DeskProcess(home);
  const contexts: BrowserContext[] = [];
  await use({
    get process() {
      return process;
    },
    folder: join(root, 'workspace'),
    window: async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(await process.address());
      return page;
    },
    crashAndRestart: async (between = () => undefined, options = {}) => {
      const port = await process.port();
      await process.kill();
      between();
      process = new DeskProcess(home, { port, ...options });
      await process.port();
    },
  });
  await Promise.all(contexts.map((context) => context.close()));
  await process.stop();
  rmSync(root, { recursive: true, force: true });
};

/** A desk on the sample. */
export interface SampleDesk extends RunningDesk {
  /** A browser of its own in which somebody of the sample is signed in. */
  readonly as: (name: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Makes the sample by the first-start screen, in a home that copies can be made of. @returns that home */
export const makeSampleHome = async (browser: Browser): Promise<string> => {
  const kept = mkdtempSync(join(tmpdir(), 'countersign-sample-home-'));
  await runDesk(browser, async (desk) => {
    await openSample(await desk.window());
    await desk.process.stop();
    cpSync(desk.process.home, kept, { recursive: true });
    // The recent workspace would be that of the home that is gone.
    rmSync(join(kept, 'preferences.json'), { force: true });
  });
  return kept;
};

/** Runs a copy of a home that has the sample. @param change what happens to the copy before it is opened */
export const runSample = (
  browser: Browser,
  home: string,
  use: (desk: SampleDesk) => Promise<void>,
  change: (sampleFolder: string) => void = () => undefined,
): Promise<void> =>
  runDesk(
    browser,
    async (desk) => {
      const as = async (name: string, options?: BrowserContextOptions): Promise<Page> => {
        const page = await desk.window(options);
        const closed = page.getByRole('button', { name: 'Open the sample' });
        await closed.or(page.getByText('Choose whom to be.')).waitFor();
        if (await closed.isVisible()) await openSample(page);
        await becomeInSample(page, name);
        return page;
      };
      await use({
        get process() {
          return desk.process;
        },
        folder: desk.folder,
        window: desk.window,
        crashAndRestart: desk.crashAndRestart,
        as,
      });
    },
    (own) => {
      cpSync(home, own, { recursive: true });
      change(join(own, 'sample'));
    },
  );
