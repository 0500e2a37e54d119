import { spawn } from 'node:child_process';

/** Whether there is a display that a browser could open on. */
export const hasDisplay = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform === 'win32' ||
  process.platform === 'darwin' ||
  Boolean(environment.DISPLAY ?? environment.WAYLAND_DISPLAY);

const commandFor = (address: string): [string, string[]] => {
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return process.platform === 'darwin' ? ['open', [address]] : ['xdg-open', [address]];
};

/** Opens an address in the person's browser; resolves to whether that could be begun. */
export const openBrowser = (address: string): Promise<boolean> => {
  const [command, parameters] = commandFor(address);
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
};
