import { expect, test } from 'vitest';
import { readTypedMoment } from '#renderer/history/typed-moment.ts';

const local = (...parts: [number, number, number, number, number, number, number]) => new Date(...parts).toISOString();
const timeOf = (typed: string, locale = 'en-GB') => {
  const moment = readTypedMoment(typed, locale);
  return moment?.kind === 'time' ? moment.at : null;
};

test.each([
  ['412', 412],
  [' #412 ', 412],
  ['Record 412', 412],
  ['1,024', 1_024],
  ['1.048.576', 1_048_576],
  ['0', 0],
])('%s is a record', (typed, asOf) => {
  expect(readTypedMoment(typed, 'en-GB')).toEqual({ kind: 'record', asOf });
});

test.each([
  '12 March 2026, 14:03',
  '12 March 2026 at 14:03',
  '12 Mar 2026 14:03',
  '12. März 2026, 14:03',
  'March 12, 2026 14:03',
  '2026-03-12 14:03',
  '2026-03-12T14:03',
  '12/03/2026 14:03',
  '12.3.2026 14:03',
])('%s is that minute of this machine’s time zone, with all its seconds', (typed) => {
  expect(timeOf(typed, typed.includes('März') ? 'de-DE' : 'en-GB')).toBe(local(2026, 2, 12, 14, 3, 59, 999));
});

test('seconds and thousandths count as they are typed', () => {
  expect(timeOf('2026-03-12 14:03:07')).toBe(local(2026, 2, 12, 14, 3, 7, 999));
  expect(timeOf('2026-03-12 14:03:07.5')).toBe(local(2026, 2, 12, 14, 3, 7, 500));
});

test('a day alone counts up to its end', () => {
  expect(timeOf('12 March 2026')).toBe(local(2026, 2, 12, 23, 59, 59, 999));
});

test('a time with its zone is that instant', () => {
  expect(timeOf('2026-03-12T14:03:07.123Z')).toBe('2026-03-12T14:03:07.123Z');
  expect(timeOf('2026-03-12T14:03:07+02:00')).toBe('2026-03-12T12:03:07.000Z');
});

test('slashes are read as the locale writes them, dots always with the day first', () => {
  expect(timeOf('3/12/2026', 'en-US')).toBe(local(2026, 2, 12, 23, 59, 59, 999));
  expect(timeOf('3/12/2026', 'en-GB')).toBe(local(2026, 11, 3, 23, 59, 59, 999));
  expect(timeOf('3.12.2026', 'en-US')).toBe(local(2026, 11, 3, 23, 59, 59, 999));
});

test.each([
  '',
  'yesterday',
  '-3',
  '4.5',
  '30 February 2026',
  '2026-13-01',
  '2026-03-12 24:00',
  '2026-03-12 14:60',
  '14:03',
  '1234567890123456',
])('“%s” is neither', (typed) => {
  expect(readTypedMoment(typed, 'en-GB')).toBeNull();
});
