import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf } from './refusal.ts';
import { HOUR, MINUTE } from './test-clock.ts';

const DAY = 24 * HOUR;

describe('when the clock leaps forward by more than a day', () => {
  test('no timer fires until a person has confirmed the time', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    const from = desk.clock.time();
    desk.clock.leap(DAY + 1);
    await desk.settle();
    expect(desk.records().at(-1)).toMatchObject({ type: 'clock.jumped', data: { from, to: desk.clock.time() } });
    const { agnes } = desk.people;
    expect((await agnes.desk.desk.overview()).clockJump).toEqual({ from, to: desk.clock.time() });
    await desk.pass(HOUR);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    await agnes.desk.desk.confirmClock({ commandId: desk.command() });
    expect(desk.records().at(-1)).toMatchObject({ type: 'clock.confirmed', actor: { person: agnes.id } });
    await desk.settle();
    expect((await desk.flow.view(reply)).serviceLevel).toBe('breached');
    expect((await agnes.desk.desk.overview()).clockJump).toBeNull();
  });

  test('nothing that was scheduled or released is sent until then', async () => {
    const desk = await deskForTest();
    const scheduled = await desk.flow.approved('Scheduled.');
    await desk.flow.schedule(scheduled, new Date(desk.clock.now() + DAY + 5 * MINUTE).toISOString());
    await desk.settle();
    desk.clock.leap(DAY + 5 * MINUTE);
    await desk.settle();
    await desk.people.agnes.desk.reply.retryNow({ reply: scheduled });
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('it still waits for a person after the program was started anew', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    desk.clock.leap(3 * DAY);
    await desk.settle();
    await desk.restart();
    await desk.pass(HOUR);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    expect((await desk.people.uma.desk.desk.overview()).clockJump).not.toBeNull();
  });

  test('a day in which the computer slept or worked is no leap', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    await desk.pass(3 * DAY);
    desk.clock.leap(DAY);
    await desk.settle();
    expect(desk.typesFrom(0)).not.toContain('clock.jumped');
    expect((await desk.flow.view(reply)).serviceLevel).toBe('breached');
  });

  test('confirming a clock that did not leap records nothing', async () => {
    const desk = await deskForTest();
    const before = desk.size;
    await desk.people.agnes.desk.desk.confirmClock({ commandId: desk.command() });
    expect(desk.size).toBe(before);
  });
});

describe('when the clock is set back', () => {
  test('by a little, the records keep their order in time', async () => {
    const desk = await deskForTest();
    await desk.flow.captured();
    desk.clock.leap(-4 * MINUTE);
    await desk.flow.drafted();
    const times = desk.records().map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  test('by more than five minutes, commands are refused in words and nothing is recorded', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const target = await desk.flow.target(reply);
    const before = desk.size;
    desk.clock.leap(-6 * MINUTE);
    expect(await refusalOf(desk.people.agnes.desk.reply.claim(target))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'clockBehind',
      values: { minutes: 6 },
    });
    expect(desk.size).toBe(before);
    desk.clock.leap(6 * MINUTE);
    await desk.people.agnes.desk.reply.claim(target);
  });
});

describe('a tick of the timers', () => {
  test('records everything that has become due, not one thing of each reply', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    desk.clock.advance(DAY);
    await desk.tick();
    const types = desk
      .records()
      .filter(({ subject }) => subject === reply)
      .slice(-2)
      .map(({ type }) => type);
    expect(types.sort()).toEqual(['reply.approvalExpired', 'reply.breached']);
  });
});
