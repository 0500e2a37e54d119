import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { whyRefused } from './refusal.ts';
import { emptyDocument } from '#workflows/content/document.ts';
import { HOUR, MINUTE } from './test-clock.ts';

const send = async (desk: TestDesk, reply: ReplyId): Promise<void> => {
  await desk.flow.submit(reply);
  await desk.flow.approveAll(reply);
  await desk.flow.release(reply);
  await desk.settle();
};

describe('a correction', () => {
  test('goes through the whole review and replaces what is public', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('On Thurday.');
    await desk.pass(MINUTE);
    await desk.flow.write(reply, 'On Thursday.', { operation: 'correct' });
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'correcting', operation: 'correct' });
    expect(await whyRefused(desk.flow.release(reply))).toBe('ILLEGAL_TRANSITION notApproved');
    await desk.flow.submit(reply);
    expect(await whyRefused(desk.flow.release(reply))).toBe('ILLEGAL_TRANSITION notApproved');
    expect(await desk.flow.ours()).toEqual(['On Thurday.']);
    await desk.flow.approveAll(reply);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual(['On Thursday.']);
    expect(await desk.flow.view(reply)).toMatchObject({
      state: 'published',
      publication: { operation: 'correct', readback: { outcome: 'same' } },
    });
  });

  test('has its own authors: who wrote the first text may review the second', async () => {
    const desk = await deskForTest();
    const { cleo, carl, leo } = desk.people;
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, 'By Cleo.', { by: cleo });
    await desk.flow.submit(reply);
    await desk.flow.approve(reply, carl, 'comms');
    await desk.flow.approve(reply, leo, 'legal');
    await desk.flow.release(reply);
    await desk.settle();
    await desk.flow.write(reply, 'By Agnes.', { operation: 'correct' });
    expect((await desk.flow.view(reply)).authors.map(({ name }) => name)).toEqual(['Agnes']);
    await desk.flow.submit(reply);
    await desk.flow.approve(reply, cleo, 'comms');
    await desk.flow.approve(reply, leo, 'legal');
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('that is rejected or withdrawn leaves what is public as it is', async () => {
    const desk = await deskForTest();
    const { leo, agnes } = desk.people;
    const reply = await desk.flow.published('Public.');
    await desk.flow.write(reply, 'Better?', { operation: 'correct' });
    await desk.flow.submit(reply);
    await leo.desk.reply.reject({ ...(await desk.flow.decision(reply, 'legal')), reason: 'No.' });
    expect(await desk.flow.state(reply)).toBe('published');
    await desk.flow.write(reply, 'Better now?', { operation: 'correct' });
    await agnes.desk.reply.withdraw({ ...(await desk.flow.target(reply)), reason: '' });
    expect(await desk.flow.state(reply)).toBe('published');
    await desk.pass(HOUR);
    expect(await desk.flow.ours()).toEqual(['Public.']);
  });

  test('twice over is two corrections', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('One.');
    for (const words of ['Two.', 'Three.']) {
      await desk.pass(MINUTE);
      await desk.flow.write(reply, words, { operation: 'correct' });
      await send(desk, reply);
      expect(await desk.flow.ours()).toEqual([words]);
    }
    expect(desk.typesFrom(0).filter((type) => type === 'publication.succeeded')).toHaveLength(3);
  });

  test('is not a new reply beside the old one', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    expect(await whyRefused(desk.flow.write(reply, 'Again', { operation: 'reply' }))).toBe(
      'ILLEGAL_TRANSITION notPossibleNow',
    );
  });
});

describe('taking down', () => {
  test('goes through the whole review and removes what is public', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('Wrong customer.');
    await desk.flow.write(reply, emptyDocument(), { operation: 'takeDown' });
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'takingDown', operation: 'takeDown' });
    await desk.flow.submit(reply);
    expect(await desk.flow.ours()).toEqual(['Wrong customer.']);
    expect(await whyRefused(desk.flow.release(reply))).toBe('ILLEGAL_TRANSITION notApproved');
    await desk.flow.approveAll(reply);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
    expect(await desk.flow.state(reply)).toBe('takenDown');
    expect(desk.typesFrom(0).slice(-3)).toEqual([
      'publication.attempted',
      'publication.succeeded',
      'publication.observed',
    ]);
  });

  test('twice is not possible', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    await desk.flow.write(reply, emptyDocument(), { operation: 'takeDown' });
    await send(desk, reply);
    const again = desk.flow.write(reply, 'Once more', { operation: 'takeDown' });
    expect((await whyRefused(again)).split(' ')[0]).toBe('ILLEGAL_TRANSITION');
  });

  test('does not stop at a pause, and goes on only when it is released again', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('Wrong.');
    await desk.flow.write(reply, emptyDocument(), { operation: 'takeDown' });
    await desk.flow.submit(reply);
    await desk.flow.approveAll(reply);
    await desk.flow.release(reply);
    await desk.flow.pause();
    await desk.settle();
    expect(await desk.flow.ours()).toEqual(['Wrong.']);
    await desk.flow.resume();
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
  });
});

describe('closing', () => {
  test('ends what is public, and a closed matter can be corrected once it is taken up again', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.published('Public.');
    await agnes.desk.reply.close(await desk.flow.target(reply));
    expect(await desk.flow.state(reply)).toBe('closed');
    expect((await agnes.desk.reply.list({ queue: 'closed' })).items.map(({ id }) => id)).toEqual([reply]);
    expect((await agnes.desk.reply.list({ queue: 'open' })).total).toBe(0);
    const reopen = { outcome: 'triage' as const, reason: '', until: null, into: null };
    await agnes.desk.reply.triage({ ...(await desk.flow.target(reply)), ...reopen });
    expect(await desk.flow.state(reply)).toBe('published');
    expect(await desk.flow.ours()).toEqual(['Public.']);
  });

  test.each(['captured', 'drafted', 'inReview', 'approved'] as const)('is not for what is %s', async (stage) => {
    const desk = await deskForTest();
    const reply = await desk.flow[stage]();
    const work = desk.people.agnes.desk.reply.close(await desk.flow.target(reply));
    expect(await whyRefused(work)).toBe('ILLEGAL_TRANSITION notPossibleNow');
  });
});
