import type { ServicePromise } from '#workflows/channel/channel.ts';

const MINUTES_IN = { minutes: 1, hours: 60, days: 24 * 60 } as const;

export const UNITS = ['minutes', 'hours', 'days'] as const;

/** A length of time as it is typed. */
export interface Span {
  readonly amount: string;
  readonly unit: (typeof UNITS)[number];
}

/** What the company promises, as it is typed. */
export interface PromiseSpans {
  readonly acknowledge: Span;
  readonly answer: Span;
}

const LONGEST = 30 * MINUTES_IN.days;

/** A whole number above 0 as it was typed; `null` for anything else. */
export const wholeNumber = (typed: string): number | null => {
  const text = typed.trim();
  if (!/^\d{1,7}$/.test(text)) return null;
  const value = Number(text);
  return value > 0 ? value : null;
};

/** Minutes; `null` when it is no length of time, or more than 30 days. */
export const minutesOf = ({ amount, unit }: Span): number | null => {
  const count = wholeNumber(amount);
  const minutes = count === null ? null : count * MINUTES_IN[unit];
  return minutes !== null && minutes <= LONGEST ? minutes : null;
};

/** In the largest unit that says it exactly. */
export const spanOf = (minutes: number): Span => {
  const unit = minutes % MINUTES_IN.days === 0 ? 'days' : minutes % MINUTES_IN.hours === 0 ? 'hours' : 'minutes';
  return { amount: String(minutes / MINUTES_IN[unit]), unit };
};

export const promiseSpans = ({ acknowledgeMinutes, answerMinutes }: ServicePromise): PromiseSpans => ({
  acknowledge: spanOf(acknowledgeMinutes),
  answer: spanOf(answerMinutes),
});

/** The promise; `null` while it is none: no times, or the answer due before the acknowledgement. */
export const promiseOf = ({ acknowledge, answer }: PromiseSpans): ServicePromise | null => {
  const acknowledgeMinutes = minutesOf(acknowledge);
  const answerMinutes = minutesOf(answer);
  if (acknowledgeMinutes === null || answerMinutes === null || answerMinutes < acknowledgeMinutes) return null;
  return { acknowledgeMinutes, answerMinutes };
};
