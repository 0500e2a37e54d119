import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { ensureBuilt } from '../desktop/ensure-built.ts';
import { DeskProcess } from './desk-process.ts';

export { expect };

/** A desk that runs, and the browsers that are let in to it. */
export interface RunningDesk {
  /** The process that runs now. */
  readonly process: DeskProcess;
  /** Where a spec may put its workspace: a folder that does not exist yet. */
  readonly folder: string;
  /** A browser of its own: it shares nothing with the others but the desk. */
  readonly window: () => Promise<Page>;
  /** Ends the process as a crash does, and starts it again on the same home and port. */
  readonly crashAndRestart: () => Promise<void>;
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
    window: async () => {
      const context = await browser.newContext();
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(await process.address());
      return page;
    },
    crashAndRestart: async () => {
      const port = await process.port();
      await process.kill();
      process = new DeskProcess(home, { port });
      await process.port();
    },
  });
  await Promise.all(contexts.map((context) => context.close()));
  await process.stop();
  rmSync(root, { recursive: true, force: true });
};

export interface Fixtures {
  /** The built program on a home of the test's own. */
  readonly desk: RunningDesk;
}

export interface WorkerFixtures {
  readonly built: undefined;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  built: [
    async ({}, use) => {
      ensureBuilt();
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  desk: async ({ browser }, use) => {
    await runDesk(browser, use);
  },
});
