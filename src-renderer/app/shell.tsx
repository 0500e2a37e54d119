import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';
import { Banners } from './banners.tsx';
import { CommandPalette } from './command-palette.tsx';
import { GlobalKeys } from './global-keys.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { TopBar } from './top-bar.tsx';
import './shell.css';

/** The frame around every screen: where one is, what is stopped, who one is. */
export const Shell = ({ children }: { children: ReactNode }) => {
  const say = useWords();
  useKeptFocus();
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {say('shell.skip')}
      </a>
      <TopBar />
      <Banners />
      <main className="shell-content" id="content" tabIndex={-1}>
        {children}
        <div id="menus" className="menus" />
      </main>
      <CommandPalette />
      <GlobalKeys />
    </div>
  );
};
