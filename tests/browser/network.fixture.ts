import { startPds, type Pds } from '../live/pds-process.ts';
import { INSTALL_TIMEOUT } from '../live/pds/pds-installation.ts';
import { test as base } from './browser.fixture.ts';
import { layLine, type CuttableLine } from './cuttable-line.ts';

export { expect } from './browser.fixture.ts';

/** A desk's way to the network: while it is cut, neither the PDS nor the directory answers. */
export interface NetworkLine extends Pick<CuttableLine, 'cut' | 'mend'> {
  readonly service: string;
  readonly directory: string;
}

export interface WorkerFixtures {
  /** A real PDS on this machine. */
  readonly pds: Pds;
  /** The lines by which a desk reaches it and its directory. */
  readonly line: NetworkLine;
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
      const lines = [await layLine(pds.service), await layLine(pds.directory)] as const;
      await use({
        service: lines[0].origin,
        directory: lines[1].origin,
        cut: async () => {
          await Promise.all(lines.map(({ cut }) => cut()));
        },
        mend: async () => {
          await Promise.all(lines.map(({ mend }) => mend()));
        },
      });
      await Promise.all(lines.map(({ cut }) => cut()));
    },
    { scope: 'worker' },
  ],
});
