import { describe, expect, test } from 'vitest';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { ClockRules } from '#workflows/rules/clock-rules.ts';

const FALSE = '2099-03-03T10:00:00.000Z';
const RIGHT = '2026-11-23T10:00:00.000Z';

const record = (change: Partial<JournalRecord>): JournalRecord =>
  ({ type: 'audit.read', at: FALSE, data: {}, ...change }) as JournalRecord;

const correction = (data: object, change: Partial<JournalRecord> = {}): JournalRecord =>
  record({ type: 'clock.corrected', at: RIGHT, ...change, data: { from: FALSE, to: RIGHT, ...data } });

const judge = (...records: readonly JournalRecord[]): string[] => {
  const rules = new ClockRules();
  return records.flatMap((one) => rules.take(one));
};

describe('a correction of the clock', () => {
  test('goes from the time of the record before it to its own', () => {
    expect(judge(record({}), correction({}))).toEqual([]);
    expect(judge(record({}), correction({}, { at: '2026-11-23T10:05:00.000Z' }))).toEqual([]);
  });

  test.each<[string, JournalRecord[]]>([
    ['that names another time before it', [record({}), correction({ from: '2098-01-01T00:00:00.000Z' })]],
    ['before which there is nothing', [correction({})]],
    ['whose record stands before what it says', [record({}), correction({}, { at: '2026-11-23T09:59:59.999Z' })]],
    ['whose record stands long after what it says', [record({}), correction({}, { at: '2026-11-23T10:05:00.001Z' })]],
    ['of a clock that was not behind', [record({ at: RIGHT }), correction({ from: RIGHT })]],
    [
      'of a clock that had five minutes',
      [
        record({ at: RIGHT }),
        correction({ from: RIGHT, to: '2026-11-23T09:55:00.000Z' }, { at: '2026-11-23T09:55:00.000Z' }),
      ],
    ],
    ['with more in its command', [record({}), correction({}, { cont: true })]],
    ['inside another command', [record({ cont: true }), correction({})]],
  ])('%s is not taken', (_what, records) => {
    expect(judge(...records)).toHaveLength(1);
  });
});
