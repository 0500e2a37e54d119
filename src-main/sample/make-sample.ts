import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleMaker } from '../core/desk-host.ts';
import { PRACTICE_COST } from '../keys/passphrase.ts';
import { ScriptDesk } from '../scripted/script-desk.ts';
import { SAMPLE_PASSPHRASE } from './sample-passphrase.ts';

/** Makes the sample workspace by ordinary commands under a clock that ends now. */
export const makeSample: SampleMaker = async (folder, { machine, storage }) => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-sample-'));
  try {
    const script = await ScriptDesk.create({
      folder,
      home,
      name: 'Acme Care Desk',
      adminName: 'Ada Okonjo',
      passphrase: SAMPLE_PASSPHRASE,
      isSample: true,
      machine,
      storage,
      cost: PRACTICE_COST,
      start: Date.now() - 12 * 24 * 60 * 60_000,
    });
    await script.close();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
