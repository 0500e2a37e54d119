import { startPds, type Pds } from '../live/pds-process.ts';
import { INSTALL_TIMEOUT } from '../live/pds/pds-installation.ts';
import { test as base } from './browser.fixture.ts';
import { layLine, type CuttableLine } from './cuttable-line.ts';

export { expect } from './browser.fixture.ts';

export interface WorkerFixtures {
  /** A real PDS on this machine. */
  readonly pds: Pds;
  /** The line by which a desk reaches it. */
  readonly line: CuttableLine;
}

export const test = base.extend<object, WorkerFixtures>({
  pds: [
    async ({}, use) => {
      const pds = await startPds();
      await use(pds);
      await pds.stop();
    },
    { scope: 'worker', timeout: INSTALL_TIMEOUT },
  ],
  line: [
    async ({ pds }, use) => {
      const line = await layLine(pds.service);
      await use(line);
      await line.close();
    },
    { scope: 'worker' },
  ],
});
