import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Node that the person at this machine has installed, not the one that the project pins. */
export interface SystemNode {
  readonly path: string;
  /** Its ABI, for which native add-ons are compiled. */
  readonly abi: string;
  /** Surroundings in which `node` and `npm` are this Node's. */
  readonly environment: NodeJS.ProcessEnv;
}

const isPinned = (path: string): boolean => realpathSync(path).includes(`${sep}node_modules${sep}`);

/**
 * Finds the Node that runs npm: native add-ons are compiled for that one, whose headers are there.
 * @throws Error when there is none but the pinned one
 */
export const findSystemNode = async (): Promise<SystemNode> => {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [process.env.npm_node_execpath ?? '', ...folders.map((folder) => join(folder, name))];
  const path = candidates.find((candidate) => candidate !== '' && existsSync(candidate) && !isPinned(candidate));
  if (path === undefined) throw new Error('The live tests need the Node that came with npm on the PATH.');
  const { stdout } = await run(path, ['-p', 'process.versions.modules']);
  const environment: NodeJS.ProcessEnv = { ...process.env, PATH: [dirname(path), ...folders].join(delimiter) };
  // Vitest's own flags are not for another Node.
  delete environment.NODE_OPTIONS;
  delete environment.NODE_ENV;
  return { path, abi: stdout.trim(), environment };
};
