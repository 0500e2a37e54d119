import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { client } from '../api/client.ts';
import { openPalette } from './command-palette-store.ts';

/** Where there is nothing to lock or to close, nothing is wrong. */
const tryTo = (work: Promise<unknown>): void => {
  void work.catch(() => undefined);
};

/**
 * What the desktop's menu and deep links ask for: they navigate, lock and close, and decide nothing. It stands before the
 * gate, so that a link that comes while the desk is locked is where the desk opens.
 */
export const DesktopMenu = () => {
  const navigate = useNavigate();
  useEffect(
    () =>
      window.countersign?.onMenu?.((command) => {
        if (command === 'lock') tryTo(client.session.lock());
        else if (command === 'closeWorkspace') tryTo(client.workspace.close());
        else if (command === 'find') openPalette();
        else if (command.startsWith('/')) void navigate({ to: command });
      }),
    [navigate],
  );
  return null;
};
