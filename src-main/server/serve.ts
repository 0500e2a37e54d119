import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { DeskHost, type SampleMaker } from '../core/desk-host.ts';
import { refusalInWords } from '../core/words.ts';
import { fileMachineSecret } from '../keys/machine-secret.ts';
import { diskStorage } from '../storage/storage.ts';
import { startHttpHost } from './http-host.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';
import { announce, findRunning } from './running.ts';

export interface ServeOptions {
  readonly home: string;
  /** A workspace to open; the last one without it. */
  readonly workspace: string | null;
  readonly port: number;
  /** Whether to open a browser where there is a display. */
  readonly opensBrowser: boolean;
  readonly rendererFolder: string;
  readonly version: string;
  readonly makeSample: SampleMaker;
  readonly logger: Logger;
  readonly print: (line: string) => void;
}

const show = async (address: string, { opensBrowser, print }: ServeOptions): Promise<void> => {
  const isOpened = opensBrowser && hasDisplay() && (await openBrowser(address));
  print(
    isOpened
      ? 'Countersign opens in your browser. If it does not, use this address once:'
      : 'Open this address in a browser on this machine, once:',
  );
  print(`  ${address}`);
};

/**
 * Until the program is told to stop. Told again it goes on stopping: a terminal tells it twice, once by itself and once
 * through the process that started it, and a workspace that is being closed must not be cut off.
 */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

/** Says why the workspace that was asked for is not open, or is read-only; the first screen says so too. */
const explain = (host: DeskHost, print: ServeOptions['print']): void => {
  const status = host.status();
  if (status.state === 'none' && status.problem) print(refusalInWords(status.problem));
  if (status.state === 'open' && status.readOnly) {
    const { seq, message } = status.readOnly;
    const why = seq === null ? message : `record ${String(seq)}: ${message}`;
    print(refusalInWords({ reason: 'journalReadOnly', values: { why } }));
  }
};

/** Serves the desk to this machine's browsers until it is told to stop; a second start finds the first. */
export const serve = async (options: ServeOptions): Promise<void> => {
  const { home, workspace, print, logger } = options;
  const wanted = workspace === null ? null : resolve(workspace);
  const running = await findRunning(home, wanted);
  if (running) {
    print('Countersign is running already.');
    await show(running.address, options);
    return;
  }
  const stopped = untilStopped();
  const secret = randomBytes(32).toString('base64url');
  const launch = { address: (): string => '' };
  const host = new DeskHost({
    home,
    logger,
    machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
    capabilities: { newLaunchAddress: () => launch.address() },
  });
  const folder = wanted ?? host.preferences.recent[0]?.folder ?? null;
  // A long journal that has to be read as a whole is read behind the first screen, which says how far it is.
  const opened = folder === null ? Promise.resolve() : host.openOrExplain(folder);
  await host.openedOrOpening(opened);
  void opened.then(() => explain(host, print));
  const http = await startHttpHost({ ...options, host, controlSecret: secret });
  launch.address = () => http.launchAddress();
  const takeBack = announce(home, { pid: process.pid, port: http.port, secret }, diskStorage);
  await show(http.launchAddress(), options);
  print('Stop with Ctrl+C.');
  await stopped;
  takeBack();
  await http.close();
  await host.shutDown();
};
