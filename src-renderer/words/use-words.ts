import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { WORDS, type WordKey } from '#workflows/words/words.ts';

export type WordValues = Readonly<Record<string, string | number | readonly string[]>>;

export interface Words {
  /** A sentence of the catalogue. */
  (key: WordKey, values?: WordValues): string;
  /** Whether a key that was put together while running is in the catalogue. */
  has(key: string): key is WordKey;
  /** Names in a sentence: “A, B and C”. */
  list(names: readonly string[]): string;
  number(value: number): string;
  /** `14:02`. */
  clock(at: string): string;
  /** `14:02:07`. */
  clockToTheSecond(at: string): string;
  /** `24 Nov, 14:02`, without the date when it is today. */
  moment(at: string): string;
  /** `24 Nov 14:02:07`, with the year when it is another: for columns. */
  dayAndSecond(at: string): string;
  /** Date and time in full, for hovering and prints. */
  exact(at: string): string;
  date(at: string): string;
  /** `12 March 2026, 14:03`. */
  dayAndClock(at: string): string;
}

/** Twenty-four hours everywhere: shorter, sorted as written, and never to be taken for the other half of the day. */
const TO_THE_SECOND = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

const isToday = (at: string): boolean => new Date(at).toDateString() === new Date().toDateString();

/** The words of the screen, in the person's locale. */
export const useWords = (): Words => {
  const intl = useIntl();
  return useMemo(() => {
    const list = (names: readonly string[]): string =>
      names.length === 0
        ? intl.formatMessage({ id: 'list.nobody', defaultMessage: WORDS['list.nobody'] })
        : intl.formatList(names, { type: 'conjunction' });
    const say = (key: WordKey, values: WordValues = {}): string =>
      intl.formatMessage(
        { id: key, defaultMessage: WORDS[key] },
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? list(value) : value]),
        ),
      );
    const clock = (at: string): string => intl.formatTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return Object.assign(say, {
      has: (key: string): key is WordKey => Object.hasOwn(WORDS, key),
      list,
      number: (value: number) => intl.formatNumber(value),
      clock,
      clockToTheSecond: (at: string) => intl.formatTime(at, TO_THE_SECOND),
      moment: (at: string) =>
        isToday(at) ? clock(at) : `${intl.formatDate(at, { day: 'numeric', month: 'short' })}, ${clock(at)}`,
      dayAndSecond: (at: string) => {
        const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
        const day = intl.formatDate(at, {
          day: 'numeric',
          month: 'short',
          ...(isThisYear ? {} : { year: 'numeric' }),
        });
        return `${day} ${intl.formatTime(at, TO_THE_SECOND)}`;
      },
      exact: (at: string) =>
        intl.formatDate(at, { dateStyle: 'full' }) +
        ', ' +
        intl.formatTime(at, { ...TO_THE_SECOND, timeZoneName: 'short' }),
      date: (at: string) => intl.formatDate(at, { day: 'numeric', month: 'short', year: 'numeric' }),
      dayAndClock: (at: string) =>
        `${intl.formatDate(at, { day: 'numeric', month: 'long', year: 'numeric' })}, ${clock(at)}`,
    });
  }, [intl]);
};
