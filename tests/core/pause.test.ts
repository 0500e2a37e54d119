import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { HOUR } from './test-clock.ts';

describe('pausing', () => {
  test.each(['cleo', 'leo', 'pat'] as const)('is for %s alone, at once, with a reason', async (who) => {
    const desk = await deskForTest();
    await desk.flow.pause(desk.people[who], 'A recall is announced.');
    expect(await desk.people.agnes.desk.publishing.status()).toMatchObject({
      state: 'paused',
      pausedBy: { id: desk.people[who].id },
      reason: 'A recall is announced.',
    });
  });

  test.each(['agnes', 'uma', 'ada'] as const)('is not for %s, and the refusal names who can', async (who) => {
    const desk = await deskForTest();
    const refused = await refusalOf(desk.flow.pause(desk.people[who]));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', reason: 'mayNotPause' });
    expect(refused.values.who).toEqual(expect.arrayContaining(['Cleo', 'Leo', 'Pat']));
  });

  test('refuses every release, and sends nothing that was released before', async () => {
    const desk = await deskForTest();
    const [queued, approved] = [await desk.flow.released('One'), await desk.flow.approved('Two')];
    await desk.flow.pause();
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
    expect(await refusalOf(desk.flow.release(approved))).toMatchObject({
      code: 'PUBLISHING_PAUSED',
      reason: 'publishingPaused',
      retryable: true,
    });
    await desk.people.agnes.desk.reply.retryNow({ reply: queued });
    expect(await desk.flow.ours()).toEqual([]);
    expect(desk.typesFrom(0)).not.toContain('publication.attempted');
  });

  test('twice at once is one pause', async () => {
    const desk = await deskForTest();
    const outcomes = await outcomesOf([desk.flow.pause(desk.people.cleo), desk.flow.pause(desk.people.leo)]);
    expect(outcomes.sort()).toEqual(['ILLEGAL_TRANSITION notPossibleNow', 'done']);
  });

  test('wins over a release that comes at the same moment: either it stands before it, or nothing is sent', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    const target = await desk.flow.signedTarget(reply);
    await outcomesOf([desk.people.agnes.desk.reply.release(target), desk.flow.pause()]);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
  });
});

describe('lifting the pause', () => {
  test('takes one of comms and one of legal', async () => {
    const desk = await deskForTest();
    const { cleo, carl, leo, kay } = desk.people;
    const { publishing } = desk.people.agnes.desk;
    await desk.flow.pause();
    await cleo.desk.publishing.proposeResume(desk.flow.signed());
    expect(await publishing.status()).toMatchObject({ state: 'resumeProposed', proposedBy: { name: 'Cleo' } });
    expect(await refusalOf(cleo.desk.publishing.resume(desk.flow.signed()))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'resumeNeedsAnother',
      values: { who: expect.arrayContaining(['Leo', 'Lena', 'Kay']) },
    });
    expect(await whyRefused(carl.desk.publishing.resume(desk.flow.signed()))).toBe('FORBIDDEN resumeNeedsOtherRole');
    expect((await publishing.status()).state).toBe('resumeProposed');
    await leo.desk.publishing.resume(desk.flow.signed());
    expect((await publishing.status()).state).toBe('on');
    await desk.flow.pause();
    await kay.desk.publishing.proposeResume(desk.flow.signed());
    expect(await whyRefused(kay.desk.publishing.resume(desk.flow.signed()))).toBe('FORBIDDEN resumeNeedsAnother');
  });

  test.each(['agnes', 'pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    await desk.flow.pause();
    const { publishing } = desk.people[who].desk;
    expect(await whyRefused(publishing.proposeResume(desk.flow.signed()))).toBe('FORBIDDEN mayNotResume');
    await desk.people.cleo.desk.publishing.proposeResume(desk.flow.signed());
    expect(await whyRefused(publishing.resume(desk.flow.signed()))).toBe('FORBIDDEN mayNotResume');
  });

  test('a new pause undoes a proposal', async () => {
    const desk = await deskForTest();
    await desk.flow.pause();
    await desk.people.cleo.desk.publishing.proposeResume(desk.flow.signed());
    await desk.flow.pause(desk.people.leo);
    expect((await refusalOf(desk.people.leo.desk.publishing.resume(desk.flow.signed()))).code).toBe(
      'ILLEGAL_TRANSITION',
    );
    expect((await desk.people.agnes.desk.publishing.status()).state).toBe('paused');
  });

  test('sends nothing of what had waited: it is released again', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.released('It waited.');
    await desk.flow.pause();
    await desk.flow.resume();
    await desk.pass(HOUR);
    expect(await desk.flow.ours()).toEqual([]);
    expect(await desk.flow.view(reply)).toMatchObject({
      publication: { state: 'queued', needsReleaseAgain: true },
      waiting: { act: 'release', onMe: true },
    });
    await desk.restart();
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual(['It waited.']);
  });

  test('does not make up for a schedule that was missed meanwhile', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved('Scheduled.');
    await desk.flow.schedule(reply, new Date(desk.clock.now() + HOUR).toISOString());
    await desk.flow.pause();
    await desk.pass(HOUR);
    await desk.flow.resume();
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
    expect((await desk.flow.view(reply)).publication?.needsReleaseAgain).toBe(true);
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toEqual(['Scheduled.']);
  });

  test('lets a schedule go on whose time comes afterwards', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved('Scheduled.');
    await desk.flow.schedule(reply, new Date(desk.clock.now() + HOUR).toISOString());
    await desk.flow.pause();
    await desk.flow.resume();
    await desk.pass(HOUR);
    expect(await desk.flow.state(reply)).toBe('published');
  });
});
