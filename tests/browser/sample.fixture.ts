import { rmSync } from 'node:fs';
import { test as base } from './browser.fixture.ts';
import { makeSampleHome, runSample, type SampleDesk } from './running-desk.ts';

export { expect } from './browser.fixture.ts';

export interface SampleFixtures {
  /** The sample, as it was made; the test's own. */
  readonly sample: SampleDesk;
}

export interface SampleWorkerFixtures {
  /** A home with the sample in it. */
  readonly sampleHome: string;
  /** The sample, for all specs of a worker that leave it as it is. */
  readonly sharedSample: SampleDesk;
}

export const test = base.extend<SampleFixtures, SampleWorkerFixtures>({
  sampleHome: [
    async ({ browser }, use) => {
      const home = await makeSampleHome(browser);
      await use(home);
      rmSync(home, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  sharedSample: [
    async ({ browser, sampleHome }, use) => {
      await runSample(browser, sampleHome, use);
    },
    { scope: 'worker' },
  ],
  sample: async ({ browser, sampleHome }, use) => {
    await runSample(browser, sampleHome, use);
  },
});
