import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** Builds the program when its sources are newer than what is built. @throws Error when that fails */
export const ensureBuilt = (): void => {
  const code = `import { ensureBuilt } from './scripts/setup.mjs'; ensureBuilt();`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`the program could not be built:\n${stderr}`);
};
