import type { ReactNode } from 'react';
import { Icon } from '../design/icon.tsx';
import './start.css';

/** The frame of what stands before the desk. */
export const StartBox = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <main className="start">
    <div className="start-box">
      <header>
        <Icon name="seal" />
        <div>
          <h1>{title}</h1>
          {text ? <p className="soft">{text}</p> : null}
        </div>
      </header>
      {children}
    </div>
  </main>
);
