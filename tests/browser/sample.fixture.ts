import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { runDesk, test as base, type RunningDesk } from './browser.fixture.ts';
import { becomeInSample, openSample } from './start-screens.ts';

export { expect } from './browser.fixture.ts';

export interface SampleDesk extends RunningDesk {
  /** A browser of its own in which somebody of the sample is signed in. */
  readonly as: (name: string) => Promise<Page>;
}

export interface SampleFixtures {
  /** The sample, as it was made; the test's own. */
  readonly sample: SampleDesk;
}

export interface SampleWorkerFixtures {
  /** A home with the sample in it, made once by the first-start screen. */
  readonly sampleHome: string;
}

/** Runs a copy of a home that has the sample. */
export const runSample = async (
  browser: Parameters<typeof runDesk>[0],
  home: string,
  use: (desk: SampleDesk) => Promise<void>,
): Promise<void> => {
  const prepare = (own: string): void => {
    cpSync(home, own, { recursive: true });
    // The recent workspace is the one that this home was copied from.
    rmSync(join(own, 'preferences.json'), { force: true });
  };
  await runDesk(
    browser,
    async (desk) => {
      const as = async (name: string): Promise<Page> => {
        const page = await desk.window();
        await page.getByRole('button', { name: 'Open the sample' }).or(page.getByText('Choose whom to be.')).waitFor();
        if (await page.getByRole('button', { name: 'Open the sample' }).isVisible()) await openSample(page);
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
    prepare,
  );
};

export const test = base.extend<SampleFixtures, SampleWorkerFixtures>({
  sampleHome: [
    async ({ browser }, use) => {
      const kept = mkdtempSync(join(tmpdir(), 'countersign-sample-home-'));
      await runDesk(browser, async (desk) => {
        await openSample(await desk.window());
        await desk.process.stop();
        cpSync(desk.process.home, kept, { recursive: true });
      });
      await use(kept);
      rmSync(kept, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  sample: async ({ browser, sampleHome }, use) => {
    await runSample(browser, sampleHome, use);
  },
});
