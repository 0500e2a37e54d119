import type { KeyRingTrouble } from './keyring-secret.ts';

/** What the shell itself says: menus and dialogues of the operating system. */
export const DESKTOP_WORDS = {
  menu: {
    file: 'File',
    openWorkspace: 'Open workspace…',
    closeWorkspace: 'Close workspace',
    lock: 'Lock',
    preferences: 'Preferences',
    edit: 'Edit',
    find: 'Find anything…',
    view: 'View',
    desk: 'Desk',
    templates: 'Templates',
    log: 'Decision log',
    people: 'People',
    channels: 'Channels',
    policy: 'Policy',
    window: 'Window',
    help: 'Help',
  },
  spelling: {
    none: 'No suggestions',
    learn: 'Add to dictionary',
  },
  chooseFolder: 'Choose a folder',
  open: {
    title: 'Open another workspace?',
    detail: 'Whoever is signed in to the workspace that is open now will be signed out.',
    yes: 'Open',
    no: 'Cancel',
    failed: 'The workspace was not opened',
  },
  leave: {
    title: 'Leave this page?',
    detail: 'What you have not saved would be lost.',
    yes: 'Leave',
    no: 'Stay',
  },
  crashed: {
    title: 'The window had to be loaded again',
    detail: 'It stopped working. What was saved is safe; sign in again to go on.',
    again: 'The window keeps failing',
    againDetail: 'Countersign will close. What was saved is safe. The reason is in the log.',
  },
  fault: {
    title: 'Countersign has to close',
    detail: 'Something failed that must not. What was saved is safe. The reason is in the log.',
  },
  ok: 'OK',
  doNotShowAgain: 'Do not show this again',
} as const;

/** What the person is told when the machine's secret is less well kept than it should be. */
export const KEY_RING_WORDS: Readonly<Record<KeyRingTrouble, { readonly title: string; readonly detail: string }>> = {
  plainText: {
    title: 'No key ring was found on this machine',
    detail:
      'The key that opens your workspaces without a passphrase is kept in a file that only your account can read. ' +
      'Whoever can read your files can open them. Install a key ring (GNOME Keyring or KWallet), then start again.',
  },
  unavailable: {
    title: 'The key ring of this machine cannot be used',
    detail:
      'The key that opens your workspaces without a passphrase is kept in a file that only your account can read. ' +
      'Unlock the key ring, then start again; until then a workspace may ask for an admin’s passphrase.',
  },
  keyLost: {
    title: 'The key ring has lost the key of this machine',
    detail:
      'A new one was made. Each workspace asks once for an admin’s passphrase, and channels may have to be connected again.',
  },
};
