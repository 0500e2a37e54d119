import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestRecordAt } from '#main/core/history/moment-view.ts';
import { addMinutes, toTime } from '#workflows/time.ts';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';

test('the newest record at or before a time is found, also where the clock was corrected', () => {
  const step = fc.record({ by: fc.nat(3), isCorrection: fc.boolean(), back: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer({ min: -5, max: 80 }), (steps, wanted) => {
      let now = 0;
      const corrections: number[] = [];
      const times = steps.map(({ by, isCorrection, back }, seq) => {
        now = isCorrection && seq > 0 ? now - back : now + by;
        if (isCorrection && seq > 0) corrections.push(seq);
        return now;
      });
      const read = (seq: number) => ({ at: toTime(times[seq]!) });
      // Whatever stands before a correction is older news than what stands after it.
      const expected = times.findLastIndex((at) => at <= wanted);
      const found = newestRecordAt({ size: times.length, read }, toTime(wanted), corrections);
      expect(found).toBe(expected === -1 ? null : expected);
    }),
  );
});

test('a record is found by its number and by its time, and says what it is', async () => {
  const desk = await deskForTest();
  const reply = await desk.flow.drafted('Sorry.');
  const records = desk.records();
  const { seq, at } = records.find(({ type }) => type === 'reply.revised')!;
  const { desk: client } = desk.people.uma;
  const moment = await client.history.moment({ asOf: seq });
  expect(moment).toMatchObject({ asOf: seq, at, record: { type: 'reply.revised', reply, on: { kind: 'reply' } } });
  const newest = records.findLast((record) => record.at <= at)!.seq;
  expect((await client.history.momentAt({ at })).asOf).toBe(newest);
  expect((await client.history.momentAt({ at: addMinutes(records.at(-1)!.at, 60) })).asOf).toBe(desk.size - 1);
  expect((await client.history.momentAt({ at: records[0]!.at })).at).toBe(records[0]!.at);
});

test('no record is found beyond the newest, nor before the first', async () => {
  const desk = await deskForTest();
  const { history } = desk.people.uma.desk;
  expect(await whyRefused(history.moment({ asOf: desk.size }))).toBe('NOT_FOUND recordNotFound');
  const before = addMinutes(desk.records()[0]!.at, -1);
  expect(await whyRefused(history.momentAt({ at: before }))).toBe('NOT_FOUND noRecordThen');
});

test('a reply that was not there yet names the record that opened it', async () => {
  const desk = await deskForTest();
  const reply = await desk.flow.drafted('Sorry.');
  const opened = desk.records().find(({ type, subject }) => type === 'reply.opened' && subject === reply)!.seq;
  const { history } = desk.people.uma.desk;
  const refused = await refusalOf(history.versions({ asOf: opened - 1, reply }));
  expect(refused).toMatchObject({ reason: 'replyNotYet', values: { seq: opened } });
  expect(refused.message).toContain('opened at record');
  expect((await history.reply({ asOf: opened, reply })).reply.id).toBe(reply);
});

test('a queue of the past is reckoned by the policy of then', async () => {
  const desk = await deskForTest();
  const { history, policy } = desk.people.uma.desk;
  const { inForce } = await policy.get();
  const { atRiskMinutes } = await history.queue({ asOf: desk.size - 1, queue: 'open' });
  expect(atRiskMinutes).toBe(inForce.content.atRiskMinutes);
});
