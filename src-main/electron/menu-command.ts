/** The channel on which the page hears what was chosen; preload.ts spells it too. */
export const MENU_CHANNEL = 'countersign:menu';

/** Addresses of the page's router that the menu or a link may open. */
export type Place =
  | '/'
  | '/templates'
  | '/log'
  | '/people'
  | '/channels'
  | '/policy'
  | '/preferences'
  | `/queue/first/${string}`
  | `/log/${string}`
  | `/templates/${string}`;

/** All that the desktop ever tells the page: to go somewhere, to lock, to close, to find. */
export type MenuCommand = Place | 'lock' | 'closeWorkspace' | 'find';
