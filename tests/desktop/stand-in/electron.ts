// What `import … from 'electron'` gives the built main process in the stand-in: the parts that it uses, and no others, so
// that a new use fails at once.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { obeyParent } from './control.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { safeStorage } from './safe-storage.ts';
import { defaultSession } from './session.ts';
import { nativeTheme, screen, shell } from './surroundings.ts';

const { protocol } = defaultSession;
const session = { defaultSession };

obeyParent({ app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, safeStorage, screen, session, shell });

export { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, safeStorage, screen, session, shell };
