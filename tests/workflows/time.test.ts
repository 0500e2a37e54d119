import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addHours, addMinutes, isTime, minutesBetween, timeSchema, toMilliseconds, toTime } from '#workflows/time.ts';

test.each([
  '2026-11-22T15:12:36.123Z',
  '2024-02-29T00:00:00.000Z',
  '1970-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
])('%s is a time', (text) => {
  expect(isTime(text)).toBe(true);
  expect(timeSchema.safeParse(text).success).toBe(true);
});

test.each([
  ['30 February', '2026-02-30T00:00:00.000Z'],
  ['29 February of a year without one', '2026-02-29T00:00:00.000Z'],
  ['31 April', '2026-04-31T00:00:00.000Z'],
  ['24 o’clock', '2026-01-01T24:00:00.000Z'],
  ['a leap second', '2026-06-30T23:59:60.000Z'],
  ['no milliseconds', '2026-01-01T00:00:00Z'],
  ['microseconds', '2026-01-01T00:00:00.000000Z'],
  ['another zone', '2026-01-01T00:00:00.000+00:00'],
  ['a small z', '2026-01-01T00:00:00.000z'],
  ['a blank for the T', '2026-01-01 00:00:00.000Z'],
  ['a year of five digits', '12026-01-01T00:00:00.000Z'],
  ['white space after it', '2026-01-01T00:00:00.000Z\n'],
  ['a number', 1_767_225_600_000],
  ['nothing', null],
])('%s is no time', (_, text) => {
  expect(isTime(text)).toBe(false);
});

/** The instants that the journal's spelling has room for: the years 0001 to 9999. */
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(9999, 11, 31) });

test('times sort as text in the order in which they happened, and turn back into what they were', () => {
  fc.assert(
    fc.property(instants, instants, (one, other) => {
      expect(toTime(one) < toTime(other)).toBe(one < other);
      expect(toMilliseconds(toTime(one))).toBe(one);
      expect(isTime(toTime(one))).toBe(true);
    }),
  );
});

test('minutes and hours are added across days, months and leap days', () => {
  expect(addMinutes('2026-12-31T23:59:30.000Z', 1)).toBe('2027-01-01T00:00:30.000Z');
  expect(addHours('2024-02-28T12:00:00.000Z', 24)).toBe('2024-02-29T12:00:00.000Z');
  expect(addMinutes('2026-01-01T00:00:00.000Z', -1)).toBe('2025-12-31T23:59:00.000Z');
});

test('minutes between two times are signed and not rounded', () => {
  expect(minutesBetween('2026-01-01T00:00:00.000Z', '2026-01-01T00:01:30.000Z')).toBe(1.5);
  expect(minutesBetween('2026-01-01T00:02:00.000Z', '2026-01-01T00:00:00.000Z')).toBe(-2);
});
