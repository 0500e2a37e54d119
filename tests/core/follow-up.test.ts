import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { HOUR, MINUTE } from './test-clock.ts';

const answer = async (desk: TestDesk, reply: ReplyId, words: string, handle = 'sam.example') => {
  const { publication } = await desk.flow.view(reply);
  return desk.flow.post(words, handle, publication?.receipt?.id ?? null);
};

const fetchAnswers = (desk: TestDesk, reply: ReplyId) =>
  desk.people.agnes.desk.mention.fetchAnswers({ commandId: desk.command(), reply });

describe('the customer’s answer to what is public', () => {
  test('opens a reply of its own that follows it, with our post in the thread', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('On Thursday.');
    await desk.pass(20 * MINUTE);
    await answer(desk, reply, 'Thursday is fine.');
    const { opened } = await fetchAnswers(desk, reply);
    expect(opened).toHaveLength(1);
    const next = await desk.flow.view(opened[0]!);
    expect(next).toMatchObject({ state: 'triage', follows: reply, post: { text: 'Thursday is fine.' } });
    expect(next.thread.map(({ isOurs, text }) => [isOurs, text])).toEqual([
      [false, 'Where is my parcel?'],
      [true, 'On Thursday.'],
    ]);
    expect((await desk.flow.view(reply)).followedBy).toEqual(opened);
    expect(Date.parse(next.dueAt) - Date.parse(next.post!.at)).toBe(HOUR);
  });

  test('is taken up once, however often somebody looks', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    await answer(desk, reply, 'One more thing');
    expect((await fetchAnswers(desk, reply)).opened).toHaveLength(1);
    const before = desk.size;
    expect((await fetchAnswers(desk, reply)).opened).toEqual([]);
    expect(desk.size).toBe(before);
  });

  test('is taken up once when two people look at once', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.published();
    await answer(desk, reply, 'One more thing');
    await outcomesOf([agnes, ben].map((by) => by.desk.mention.fetchAnswers({ commandId: desk.command(), reply })));
    expect((await desk.flow.view(reply)).followedBy).toHaveLength(1);
  });

  test('is not anybody else’s', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    await answer(desk, reply, 'Me too!', 'stranger.example');
    expect((await fetchAnswers(desk, reply)).opened).toEqual([]);
  });

  test('is answered through a review of its own', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('First.');
    await answer(desk, reply, 'And now?');
    const [next] = (await fetchAnswers(desk, reply)).opened;
    await desk.flow.write(next!, 'Second.');
    expect(await whyRefused(desk.flow.release(next!))).toBe('ILLEGAL_TRANSITION notApproved');
    await desk.flow.submit(next!);
    await desk.flow.approveAll(next!);
    await desk.flow.release(next!);
    await desk.settle();
    expect((await desk.flow.ours()).sort()).toEqual(['First.', 'Second.']);
  });

  test('is not looked for where nothing is public', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    expect(await whyRefused(fetchAnswers(desk, reply))).toBe('ILLEGAL_TRANSITION nothingPublic');
  });

  test('is found again in the answer when the command is sent twice', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    await answer(desk, reply, 'One more thing');
    const command = { commandId: desk.command(), reply };
    const first = await desk.people.agnes.desk.mention.fetchAnswers(command);
    expect(await desk.people.agnes.desk.mention.fetchAnswers(command)).toEqual(first);
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s to fetch', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    const work = desk.people[who].desk.mention.fetchAnswers({ commandId: desk.command(), reply });
    expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });
});
