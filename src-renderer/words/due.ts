import type { Words } from './use-words.ts';

const MINUTE = 60_000;

export interface DueWords {
  readonly text: string;
  readonly tone: 'bad' | 'warn' | 'plain';
}

const span = (say: Words, minutes: number): string => {
  if (minutes < 60) return say('span.minutes', { count: minutes });
  if (minutes < 48 * 60) return say('span.hours', { count: Math.floor(minutes / 60) });
  return say('span.days', { count: Math.floor(minutes / (60 * 24)) });
};

/** How long until something is due, or since it was: “due in 14 min”, “overdue 6 min”. */
export const dueInWords = (
  say: Words,
  { dueAt, now, atRiskMinutes }: { dueAt: string; now: number; atRiskMinutes: number },
): DueWords => {
  const left = Date.parse(dueAt) - now;
  if (left < 0)
    return { text: say('due.overdue', { span: span(say, Math.max(1, Math.floor(-left / MINUTE))) }), tone: 'bad' };
  const minutes = Math.floor(left / MINUTE);
  return { text: say('due.in', { span: span(say, minutes) }), tone: minutes < atRiskMinutes ? 'warn' : 'plain' };
};

/** How long something took. */
export const spanInWords = (say: Words, from: string, to: string): string => {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / MINUTE));
  if (minutes < 60) return say('span.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say('span.hoursAndMinutes', { hours, minutes: minutes % 60 });
  return say('span.days', { count: Math.floor(hours / 24) });
};
