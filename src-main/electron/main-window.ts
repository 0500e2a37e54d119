import { BrowserWindow, dialog, Menu, nativeTheme, screen } from 'electron';
import type { LowSync } from 'lowdb';
import { contextMenuTemplate } from './context-menu.ts';
import { DESKTOP_WORDS } from './desktop-words.ts';
import type { DesktopState } from './desktop-state.ts';
import type { Place } from './menu-command.ts';
import { OWN_ORIGIN } from './own-address.ts';
import { openingBounds, SMALLEST } from './window-bounds.ts';

/** The page's ground before it has painted any: `--canvas` of the design tokens. */
const GROUND = { light: '#f7f6f4', dark: '#171615' } as const;

export interface MainWindowOptions {
  /** The built preload script. */
  readonly preload: string;
  readonly state: LowSync<DesktopState>;
  readonly isDevelopment: boolean;
}

const remember = (window: BrowserWindow, state: LowSync<DesktopState>): void => {
  state.data = { ...state.data, bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  state.write();
};

/** Without this a page that has something unsaved could not be closed at all: Electron asks nobody. */
const askBeforeLeaving = (window: BrowserWindow): void => {
  const { title, detail, yes, no } = DESKTOP_WORDS.leave;
  window.webContents.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: title,
      detail,
      buttons: [yes, no],
      defaultId: 1,
      cancelId: 1,
    });
    if (choice === 0) event.preventDefault();
  });
};

const offerContextMenu = (window: BrowserWindow): void => {
  const { webContents } = window;
  webContents.on('context-menu', (_event, parameters) => {
    const template = contextMenuTemplate(parameters, {
      replaceMisspelling: (word) => webContents.replaceMisspelling(word),
      learn: (word) => webContents.session.addWordToSpellCheckerDictionary(word),
    });
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window });
  });
};

/** Makes the desk's window. It is loaded by {@link loadPlace}, once the gate guards its contents. */
export const createMainWindow = ({ preload, state, isDevelopment }: MainWindowOptions): BrowserWindow => {
  const { bounds, isMaximized } = state.data;
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...openingBounds(bounds, displays),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Countersign',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: isDevelopment,
    },
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => remember(window, state));
  askBeforeLeaving(window);
  offerContextMenu(window);
  return window;
};

export const loadPlace = (window: BrowserWindow, place: Place): Promise<void> =>
  window.loadURL(`${OWN_ORIGIN}${place}`);
