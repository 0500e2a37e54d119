import { toTime } from '#workflows/time.ts';
import type { PastMoment } from './past-address.ts';

const RECORD = /^(?:record\s*)?#?\s*(\d{1,15}|\d{1,3}(?:[,.’'\s]\d{3})+)$/iu;
const ABSOLUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u;
const CLOCK = /(?:^|[\s,T])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/u;

interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** Whether a locale writes the month before the day. */
const isMonthFirst = (locale: string): boolean => {
  const order = new Intl.DateTimeFormat(locale).formatToParts(0).map(({ type }) => type);
  return order.indexOf('month') < order.indexOf('day');
};

const MONTHS = Array.from({ length: 12 }, (_, month) => month + 1);

const plain = (word: string): string => word.toLocaleLowerCase().replace(/\.$/u, '');

/** The month that a word names in the locale or in English, in full or by its beginning. */
const monthNamed = (word: string, locale: string): number | null => {
  const wanted = plain(word);
  if (wanted.length < 3) return null;
  const isNamed = (month: number): boolean =>
    [locale, 'en-GB'].some((language) =>
      plain(new Date(2026, month - 1, 15).toLocaleDateString(language, { day: 'numeric', month: 'long' }))
        .split(/[\s.]+/u)
        .some((name) => /^\p{L}/u.test(name) && name.startsWith(wanted)),
    );
  return MONTHS.find(isNamed) ?? null;
};

const dayTyped = (typed: string, locale: string): Day | null => {
  const numbers = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(typed);
  if (numbers) return { year: Number(numbers[1]), month: Number(numbers[2]), day: Number(numbers[3]) };
  const short = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/u.exec(typed);
  if (short) {
    const [first, second, year] = [Number(short[1]), Number(short[2]), Number(short[3])];
    // Whoever writes dots or hyphens begins with the day, also where slashes begin with the month.
    const isUs = isMonthFirst(locale) && typed.includes('/');
    return isUs ? { year, month: first, day: second } : { year, month: second, day: first };
  }
  const named =
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?<month>\p{L}+\.?),?\s+(?<year>\d{4})$/u.exec(typed) ??
    /^(?<month>\p{L}+\.?)\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})$/u.exec(typed);
  const month = monthNamed(named?.groups?.month ?? '', locale);
  return named && month !== null ? { year: Number(named.groups?.year), month, day: Number(named.groups?.day) } : null;
};

const instant = ({ year, month, day }: Day, hour: number, minute: number, rest: readonly [number, number]) => {
  const at = new Date(year, month - 1, day, hour, minute, ...rest);
  const isReal = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day;
  return isReal && hour < 24 && minute < 60 && rest[0] < 60 ? toTime(at.getTime()) : null;
};

const timeTyped = (typed: string, locale: string): string | null => {
  const clock = CLOCK.exec(typed);
  const rest = (clock ? typed.slice(0, clock.index) : typed).replace(/(?:,|\bat\b|\s)+$/iu, '').trim();
  const day = dayTyped(rest, locale);
  if (!day) return null;
  if (!clock) return instant(day, 23, 59, [59, 999]);
  const [, hour, minute, second, fraction] = clock;
  return instant(day, Number(hour), Number(minute), [
    second === undefined ? 59 : Number(second),
    fraction === undefined ? 999 : Number(fraction.padEnd(3, '0')),
  ]);
};

/**
 * What somebody typed to go to: a record's number, or a date with or without a time, in this machine's time zone. What is
 * left out counts whole: a minute with all its seconds, a day up to its end.
 * @param locale by which `3/12/2026` is read
 * @returns `null` for what is neither
 */
export const readTypedMoment = (text: string, locale: string): PastMoment | null => {
  const typed = text.trim().replace(/\s+/gu, ' ');
  const record = RECORD.exec(typed)?.[1];
  if (record !== undefined) {
    const asOf = Number(record.replace(/\D/gu, ''));
    return Number.isSafeInteger(asOf) ? { kind: 'record', asOf } : null;
  }
  if (ABSOLUTE.test(typed)) {
    const at = Date.parse(typed);
    return Number.isNaN(at) ? null : { kind: 'time', at: toTime(at) };
  }
  const at = timeTyped(typed, locale);
  return at === null ? null : { kind: 'time', at };
};
