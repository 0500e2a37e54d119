import { app, dialog, ipcMain, Menu, nativeTheme, safeStorage, session, shell, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import type { LowSync } from 'lowdb';
import type { Logger } from 'pino';
import { createRouter, type ApiContext } from '../api/router.ts';
import { TRANSPORT_OPTIONS } from '../api/transport-errors.ts';
import { DeskHost } from '../core/desk-host.ts';
import { makeSample } from '../sample/make-sample.ts';
import { diskStorage } from '../storage/storage.ts';
import { restrictContents } from './contents-rules.ts';
import { crashRecovery } from './crash-recovery.ts';
import { parseDeepLink, placeOf } from './deep-link.ts';
import { openDesktopState, type DesktopState } from './desktop-state.ts';
import { DESKTOP_WORDS, KEY_RING_WORDS } from './desktop-words.ts';
import { CONNECT_CHANNEL, Gate } from './gate.ts';
import { findMachineSecret, type FoundSecret } from './keyring-secret.ts';
import { createMainWindow, loadPlace } from './main-window.ts';
import { MENU_CHANNEL, type MenuCommand, type Place } from './menu-command.ts';
import { menuTemplate } from './menu.ts';
import { OWN_SCHEME } from './own-address.ts';
import { serveOwnScheme } from './own-protocol.ts';
import { servePort } from './port-connection.ts';
import { Prompts } from './prompts.ts';
import { restrictSession } from './session-rules.ts';
import type { StartRequest } from './start-request.ts';
import { WorkspaceSwitch } from './workspace-switch.ts';

export interface DesktopOptions {
  readonly home: string;
  /** Folder of the built renderer, and the built preload script. */
  readonly rendererFolder: string;
  readonly preload: string;
  readonly logger: Logger;
}

/** The desktop's one process: a host with a window in front of it. Made when the app is ready. */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #host: DeskHost;
  readonly #state: LowSync<DesktopState>;
  readonly #prompts: Prompts;
  readonly #gate: Gate;
  readonly #switch: WorkspaceSwitch;
  #window: BrowserWindow | null = null;
  #isShutDown = false;

  private constructor(options: DesktopOptions, { machine }: FoundSecret) {
    const { home, logger } = options;
    this.#options = options;
    this.#state = openDesktopState(home, diskStorage);
    this.#prompts = new Prompts(() => this.#window);
    this.#host = new DeskHost({
      home,
      machine,
      logger,
      capabilities: { chooseFolder: () => this.#prompts.chooseFolder() },
    });
    const router = createRouter(makeSample);
    const handler = new RPCHandler<ApiContext>(router, TRANSPORT_OPTIONS);
    this.#gate = new Gate((port) => servePort(port, { host: this.#host, handler }), logger);
    this.#switch = new WorkspaceSwitch({
      host: this.#host,
      router,
      prompts: this.#prompts,
      sessionId: () => this.#gate.sessionId,
    });
  }

  /** Starts the desk and opens its window. Precondition: the app is ready. */
  static async start(options: DesktopOptions, request: StartRequest): Promise<Desktop> {
    const secret = await findMachineSecret(safeStorage, { home: options.home, storage: diskStorage });
    const desktop = new Desktop(options, secret);
    desktop.#restrict();
    desktop.#followTheme();
    desktop.#showMenu();
    const folder = request.workspace ?? desktop.#host.preferences.recent[0]?.folder ?? null;
    // A long journal that has to be read as a whole is read behind the window, which says how far it is.
    if (folder !== null) await desktop.#host.openedOrOpening(desktop.#host.openOrExplain(folder));
    await desktop.show(desktop.#placeOfLink(request.link) ?? '/');
    void desktop.#tellKeyRingTrouble(secret);
    return desktop;
  }

  /** Brings the window to the front, making it where there is none. @param place to go to; `null` to stay */
  async show(place: Place | null = null): Promise<void> {
    if (this.#window) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.focus();
      if (place !== null) this.#send(place);
      return;
    }
    const { preload } = this.#options;
    const window = createMainWindow({ preload, state: this.#state, isDevelopment: !app.isPackaged });
    this.#window = window;
    this.#gate.guard(window.webContents);
    this.#watchCrashes(window);
    window.on('closed', () => {
      this.#window = null;
    });
    await loadPlace(window, place ?? '/');
  }

  /** What a second start asks of this one. Links go to their place; a folder is offered, never just opened. */
  async take({ workspace, link }: StartRequest): Promise<void> {
    await this.show(this.#placeOfLink(link));
    if (workspace !== null) await this.#switch.offer(workspace);
  }

  #placeOfLink(link: string | null): Place | null {
    const place = link === null ? null : placeOf(parseDeepLink(link));
    if (link !== null && place === null) this.#options.logger.warn('a link that is not known was ignored');
    return place;
  }

  /** Closes the workspace. Call once, before the process ends. */
  async shutDown(): Promise<void> {
    if (this.#isShutDown) return;
    this.#isShutDown = true;
    await this.#host.shutDown();
  }

  #send(command: MenuCommand): void {
    this.#window?.webContents.send(MENU_CHANNEL, command);
  }

  #restrict(): void {
    const { logger, rendererFolder } = this.#options;
    const isDevelopment = !app.isPackaged;
    session.defaultSession.protocol.handle(OWN_SCHEME, serveOwnScheme(rendererFolder));
    restrictSession(session.defaultSession, { isDevelopment, logger });
    const openExternal = (address: string): void => {
      shell.openExternal(address).catch(() => logger.warn('nothing opened an address'));
    };
    app.on('web-contents-created', (_event, contents) => restrictContents(contents, { openExternal, logger }));
    ipcMain.on(CONNECT_CHANNEL, (event) => this.#gate.receive(event));
  }

  #showMenu(): void {
    const template = menuTemplate(
      { send: (command) => this.#send(command), openWorkspace: () => void this.#switch.choose() },
      { isMac: process.platform === 'darwin', isDevelopment: !app.isPackaged },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  /** Menus, dialogues and the window's ground follow the theme of whoever was here last. */
  #followTheme(): void {
    const follow = (): void => {
      nativeTheme.themeSource = this.#host.preferences.get(null).theme;
    };
    follow();
    this.#host.changes.subscribe(follow, () => undefined);
  }

  #watchCrashes(window: BrowserWindow): void {
    const words = DESKTOP_WORDS.crashed;
    const recover = crashRecovery(
      {
        reload: () => window.webContents.reload(),
        tellReloaded: () => void this.#prompts.tell('warning', words),
        giveUp: () => {
          dialog.showErrorBox(words.again, words.againDetail);
          app.quit();
        },
      },
      Date.now,
    );
    window.webContents.on('render-process-gone', (_event, details) => {
      this.#options.logger.error(
        { reason: details.reason, exitCode: details.exitCode },
        'the window’s process is gone',
      );
      recover(details);
    });
  }

  async #tellKeyRingTrouble({ trouble }: FoundSecret): Promise<void> {
    if (trouble === null) return;
    this.#options.logger.warn({ trouble }, KEY_RING_WORDS[trouble].title);
    if (this.#state.data.acknowledged.includes(trouble)) return;
    if (!(await this.#prompts.warn(KEY_RING_WORDS[trouble]))) return;
    this.#state.data.acknowledged.push(trouble);
    this.#state.write();
  }
}

/** The built files, beside the main process's own. @param mainFolder folder of the built main process */
export const builtFiles = (mainFolder: string): Pick<DesktopOptions, 'rendererFolder' | 'preload'> => ({
  rendererFolder: join(mainFolder, '..', 'renderer'),
  preload: join(mainFolder, '..', 'preload', 'preload.cjs'),
});
