import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from './desktop.ts';

/** A line of the program's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** What the program has logged so far. Each line is written before the program goes on. */
export const logOf = ({ home }: Pick<Desktop, 'home'>): LogLine[] =>
  readFileSync(join(home, 'logs', 'desktop.log'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);

/** Remembers where the log is now. @returns what the program has since denied the page: of what kind, and its scheme */
export const watchDenials = (desktop: Pick<Desktop, 'home'>): (() => string[]) => {
  const before = logOf(desktop).length;
  return () =>
    logOf(desktop)
      .slice(before)
      .filter(({ msg }) => msg === 'the page asked for what it may not have')
      .map(({ what, scheme = '' }) => `${String(what)} ${String(scheme)}`.trim());
};
