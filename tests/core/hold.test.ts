import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';

const place = async (desk: TestDesk, reply: ReplyId, by: Actor = desk.people.leo) =>
  by.desk.reply.placeHold({ ...(await desk.flow.target(reply)), reason: 'A claim was filed.', passphrase: PASSPHRASE });

const lift = async (desk: TestDesk, reply: ReplyId, by: Actor = desk.people.leo) =>
  by.desk.reply.liftHold({ ...(await desk.flow.target(reply)), passphrase: PASSPHRASE });

describe('a legal hold', () => {
  test('is placed and lifted by legal, and says why in the story', async () => {
    const desk = await deskForTest();
    const { leo, lena } = desk.people;
    const reply = await desk.flow.drafted();
    await place(desk, reply);
    expect((await desk.flow.view(reply)).isHeld).toBe(true);
    expect((await leo.desk.reply.list({ queue: 'onHold' })).items.map(({ id }) => id)).toEqual([reply]);
    const { entries } = await desk.people.uma.desk.reply.story({ reply });
    expect(entries.at(-1)).toMatchObject({ type: 'hold.placed', text: 'A claim was filed.', actor: { name: 'Leo' } });
    await lift(desk, reply, lena);
    expect((await desk.flow.view(reply)).isHeld).toBe(false);
  });

  test('does not stop the work on the reply', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    await place(desk, reply);
    await desk.flow.submit(reply);
    await desk.flow.approveAll(reply);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'published', isHeld: true });
  });

  test('is placed once, lifted once, and placed again', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    expect(await whyRefused(lift(desk, reply))).toBe('ILLEGAL_TRANSITION notPossibleNow');
    await place(desk, reply);
    expect((await refusalOf(place(desk, reply))).code).toBe('ILLEGAL_TRANSITION');
    await lift(desk, reply);
    expect(await whyRefused(lift(desk, reply))).toBe('ILLEGAL_TRANSITION notPossibleNow');
    await place(desk, reply);
    expect((await desk.flow.view(reply)).isHeld).toBe(true);
  });

  test.each(['agnes', 'cleo', 'pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    expect((await refusalOf(place(desk, reply, desk.people[who]))).code).toBe('FORBIDDEN');
    await place(desk, reply);
    expect((await refusalOf(lift(desk, reply, desk.people[who]))).code).toBe('FORBIDDEN');
  });
});
