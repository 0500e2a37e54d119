import { expect, test as base } from '@playwright/test';
import { ensureBuilt } from '../desktop/ensure-built.ts';
import { runDesk, type RunningDesk } from './running-desk.ts';

export { expect };

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
