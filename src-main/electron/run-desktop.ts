import { app, dialog } from 'electron';
import { join } from 'node:path';
import pino from 'pino';
import { diskStorage } from '../storage/storage.ts';
import { homeFolder } from '../workspace/home.ts';
import { LINK_SCHEME } from './deep-link.ts';
import { builtFiles, Desktop } from './desktop.ts';
import { DESKTOP_WORDS } from './desktop-words.ts';
import { watchFaults } from './faults.ts';
import { LogFile } from './log-file.ts';
import { startRequestSchema, type StartRequest } from './start-request.ts';

/** Puts everything that belongs to this machine in one folder; Chromium's part of it in a folder of its own. */
export const placeData = (): string => {
  const home = homeFolder();
  const browser = join(home, 'browser');
  diskStorage.makeFolder(browser);
  app.setPath('userData', home);
  app.setPath('sessionData', browser);
  app.setAppLogsPath(join(home, 'logs'));
  return home;
};

const registerLinks = (): void => {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
};

/** Ends the process only when the workspace is closed. */
const shutDownBeforeEnd = (desktop: Promise<Desktop>, logger: pino.Logger): void => {
  app.on('will-quit', (event) => {
    event.preventDefault();
    desktop
      .then((started) => started.shutDown())
      .catch((error: unknown) => logger.error({ error: String(error) }, 'the workspace was not closed in order'))
      .finally(() => app.exit());
  });
};

/**
 * Runs the desk until it is quit. Precondition: this start holds the single-instance lock.
 * @param home where this machine keeps what is its own
 */
export const runDesktop = (home: string, request: StartRequest): void => {
  const logger = pino({ level: process.env.COUNTERSIGN_LOG ?? 'info', base: null }, new LogFile(join(home, 'logs')));
  watchFaults(process, {
    logger,
    end: () => {
      dialog.showErrorBox(DESKTOP_WORDS.fault.title, DESKTOP_WORDS.fault.detail);
      app.exit(1);
    },
  });
  registerLinks();
  const desktop = app
    .whenReady()
    .then(() => Desktop.start({ home, logger, ...builtFiles(import.meta.dirname) }, request));
  desktop.catch((error: unknown) => {
    logger.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'the desk did not start');
    dialog.showErrorBox(DESKTOP_WORDS.fault.title, DESKTOP_WORDS.fault.detail);
    app.exit(1);
  });
  const withDesktop = (work: (started: Desktop) => void): void => void desktop.then(work, () => undefined);
  app.on('second-instance', (_event, _parameters, _folder, data) => {
    const asked = startRequestSchema.safeParse(data);
    withDesktop((started) => void started.take(asked.data ?? { workspace: null, link: null }));
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    withDesktop((started) => void started.take({ workspace: null, link }));
  });
  app.on('activate', () => withDesktop((started) => void started.show()));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  shutDownBeforeEnd(desktop, logger);
};
