import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where this machine keeps what belongs to it and not to a workspace: the machine secret, preferences, the sample.
 * `COUNTERSIGN_HOME` overrides it.
 */
export const homeFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  if (environment.COUNTERSIGN_HOME) return environment.COUNTERSIGN_HOME;
  if (process.platform === 'win32') {
    return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Countersign');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Countersign');
  return join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'countersign');
};

/** Where a new workspace is suggested. */
export const suggestedWorkspaceFolder = (): string => join(homedir(), 'Countersign');
