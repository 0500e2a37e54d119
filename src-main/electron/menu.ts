import type { MenuItemConstructorOptions } from 'electron';
import { DESKTOP_WORDS } from './desktop-words.ts';
import type { MenuCommand } from './menu-command.ts';

export interface MenuActs {
  /** Tells the page what was chosen. */
  readonly send: (command: MenuCommand) => void;
  readonly openWorkspace: () => void;
}

interface MenuHost {
  readonly isMac: boolean;
  /** Shows what developers need. */
  readonly isDevelopment: boolean;
}

const WORDS = DESKTOP_WORDS.menu;
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu as Electron builds it; each item of our own has an id. */
export const menuTemplate = (acts: MenuActs, { isMac, isDevelopment }: MenuHost): MenuItemConstructorOptions[] => {
  const command = (id: string, label: string, what: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => acts.send(what),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const preferences = command('preferences', WORDS.preferences, '/preferences', 'CmdOrCtrl+,');
  const file: MenuItemConstructorOptions[] = [
    {
      id: 'openWorkspace',
      label: WORDS.openWorkspace,
      accelerator: 'CmdOrCtrl+O',
      click: () => acts.openWorkspace(),
    },
    command('closeWorkspace', WORDS.closeWorkspace, 'closeWorkspace'),
    SEPARATOR,
    command('lock', WORDS.lock, 'lock', 'CmdOrCtrl+Shift+L'),
    ...(isMac ? [] : [SEPARATOR, preferences, SEPARATOR, { role: 'quit' } as const]),
  ];
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'pasteAndMatchStyle' },
    { role: 'delete' },
    { role: 'selectAll' },
    SEPARATOR,
    command('find', WORDS.find, 'find', 'CmdOrCtrl+K'),
  ];
  const view: MenuItemConstructorOptions[] = [
    command('desk', WORDS.desk, '/', 'CmdOrCtrl+1'),
    command('templates', WORDS.templates, '/templates', 'CmdOrCtrl+2'),
    command('log', WORDS.log, '/log', 'CmdOrCtrl+3'),
    command('people', WORDS.people, '/people', 'CmdOrCtrl+4'),
    command('channels', WORDS.channels, '/channels', 'CmdOrCtrl+5'),
    command('policy', WORDS.policy, '/policy', 'CmdOrCtrl+6'),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    ...(isDevelopment ? [SEPARATOR, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
  ];
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      SEPARATOR,
      preferences,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
  return [
    ...(isMac ? [appMenu] : []),
    { id: 'file', label: WORDS.file, submenu: file },
    { id: 'edit', label: WORDS.edit, submenu: edit },
    { id: 'view', label: WORDS.view, submenu: view },
    { id: 'window', label: WORDS.window, role: 'windowMenu' },
    { id: 'help', label: WORDS.help, role: 'help', submenu: [{ role: 'about' }] },
  ];
};
