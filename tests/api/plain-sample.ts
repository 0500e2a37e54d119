import type { SampleMaker } from '#main/core/desk-host.ts';
import { systemClock } from '#main/core/clock.ts';
import { SAMPLE_PASSPHRASE } from '#main/sample/sample-passphrase.ts';
import { createWorkspace } from '#main/workspace/create-workspace.ts';

/** Makes a sample with nothing in it but its admin: what the real one holds has tests of its own. */
export const plainSample: SampleMaker = async (folder, { storage, machine, cost }) => {
  await createWorkspace(
    { folder, name: 'Sample', adminName: 'Ada', passphrase: SAMPLE_PASSPHRASE, isSample: true },
    { storage, machine, cost, clock: systemClock },
  );
};
