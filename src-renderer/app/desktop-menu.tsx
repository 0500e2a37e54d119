import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { client } from '../api/client.ts';
import { openPalette } from './command-palette-store.ts';

/** What the desktop's menu and deep links ask for: they navigate, lock and close, and decide nothing. */
export const DesktopMenu = () => {
  const navigate = useNavigate();
  useEffect(() => {
    window.countersign?.onMenu?.((command) => {
      if (command === 'lock') void client.session.lock();
      else if (command === 'closeWorkspace') void client.workspace.close();
      else if (command === 'find') openPalette();
      else if (command === 'preferences') void navigate({ to: '/preferences' });
      else if (command.startsWith('/')) void navigate({ to: command });
    });
  }, [navigate]);
  return null;
};
