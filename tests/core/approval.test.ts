import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { HOUR } from './test-clock.ts';

describe('an approval', () => {
  test('is void as soon as anybody changes the text, also back to what it was', async () => {
    const desk = await deskForTest();
    const { cleo, carl, leo } = desk.people;
    const reply = await desk.flow.approved('Approved words.');
    const { contentHash } = await desk.flow.newest(reply);
    await desk.flow.write(reply, 'Other words.', { by: cleo });
    const changed = await desk.flow.view(reply);
    expect(changed.state).toBe('drafting');
    expect(changed.route).toMatchObject({ isForecast: true, reviews: [{ decidedBy: null }, { decidedBy: null }] });
    await desk.flow.write(reply, 'Approved words.', { by: cleo });
    const release = { ...(await desk.flow.signedTarget(reply)), contentHash };
    expect(await whyRefused(desk.people.agnes.desk.reply.release(release))).toBe('REVISION_STALE revisionStale');
    await desk.flow.submit(reply);
    expect(await whyRefused(desk.flow.approve(reply, cleo, 'comms'))).toBe('FORBIDDEN decideOnOwn');
    await desk.flow.approve(reply, carl, 'comms');
    await desk.flow.approve(reply, leo, 'legal');
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('given before a change does not count for what comes after it', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview('One');
    await desk.flow.approve(reply, cleo, 'comms');
    await desk.flow.write(reply, 'Two');
    await desk.flow.submit(reply);
    await desk.flow.approve(reply, leo, 'legal');
    expect(await desk.flow.state(reply)).toBe('inReview');
  });

  test('runs out when the policy’s hours are over, counted from the first of them', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview();
    const first = desk.clock.now();
    await desk.flow.approve(reply, cleo, 'comms');
    await desk.pass(2 * HOUR);
    await desk.flow.approve(reply, leo, 'legal');
    expect((await desk.flow.view(reply)).approvalExpiresAt).toBe(new Date(first + 24 * HOUR).toISOString());
    await desk.pass(22 * HOUR - 1);
    expect(await desk.flow.state(reply)).toBe('approved');
    await desk.pass(1);
    expect(await desk.flow.state(reply)).toBe('inReview');
    expect(desk.records().at(-1)).toMatchObject({ type: 'reply.approvalExpired', actor: { system: 'clock' } });
  });

  test('that has run out releases nothing, even before the timer has said so', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    desk.clock.advance(24 * HOUR);
    for (const { id } of Object.values(desk.people)) desk.host.sessions.touch(id);
    const refused = await refusalOf(desk.flow.release(reply));
    expect(refused).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('that runs out while the reply waits to be sent takes it back to the reviewers', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.released();
    await desk.flow.pause();
    await desk.pass(24 * HOUR);
    expect(await desk.flow.state(reply)).toBe('inReview');
    await desk.flow.resume();
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
  });
});

describe('recalling', () => {
  test.each(['inReview', 'approved', 'released'] as const)(
    'takes a reply back that is %s, and voids its approvals',
    async (stage) => {
      const desk = await deskForTest();
      const reply = await desk.flow[stage]();
      const { agnes } = desk.people;
      await agnes.desk.reply.recall({ ...(await desk.flow.target(reply)), reason: 'A typing error' });
      const view = await desk.flow.view(reply);
      expect(view.state).toBe('drafting');
      await desk.settle();
      expect(await desk.flow.ours()).toEqual([]);
      await desk.flow.submit(reply);
      expect((await desk.flow.view(reply)).route?.reviews.map(({ state }) => state)).toEqual(['deciding', 'deciding']);
    },
  );

  test('is too late once it is public', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    const work = desk.people.agnes.desk.reply.recall({ ...(await desk.flow.target(reply)), reason: '' });
    expect(await whyRefused(work)).toBe('ILLEGAL_TRANSITION notPossibleNow');
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview();
    const work = desk.people[who].desk.reply.recall({ ...(await desk.flow.target(reply)), reason: '' });
    expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });

  test('is for its authors and for agents: a reviewer who wants it changed says why', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview();
    const { desk: leo } = desk.people.leo;
    const work = leo.reply.recall({ ...(await desk.flow.target(reply)), reason: '' });
    expect(await whyRefused(work)).toBe('FORBIDDEN recallNotTheirs');
    const { acts } = await leo.reply.get({ reply });
    const offered = acts.find(({ act }) => act === 'recall');
    expect(offered).toMatchObject({ isAllowed: false, refusal: { reason: 'recallNotTheirs' } });
    expect(offered?.refusal?.values).toMatchObject({ who: expect.arrayContaining(['Agnes', 'Ben']) as unknown });
  });
});

describe('withdrawing', () => {
  test('gives a draft up with a reason, and it can be taken up again', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.drafted();
    const withdraw = async (reason: string) =>
      agnes.desk.reply.withdraw({ ...(await desk.flow.target(reply)), reason });
    expect(await whyRefused(withdraw(' '))).toBe('INVALID_INPUT reasonNeeded');
    await withdraw('They wrote that it is settled.');
    expect(await desk.flow.state(reply)).toBe('withdrawn');
    await agnes.desk.reply.triage({
      ...(await desk.flow.target(reply)),
      outcome: 'triage',
      reason: '',
      until: null,
      into: null,
    });
    expect(await desk.flow.state(reply)).toBe('triage');
  });

  test('is not for what stands with the reviewers or is public', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    for (const reply of [await desk.flow.inReview(), await desk.flow.approved(), await desk.flow.published()]) {
      const work = agnes.desk.reply.withdraw({ ...(await desk.flow.target(reply)), reason: 'No' });
      expect(await whyRefused(work)).toBe('ILLEGAL_TRANSITION notPossibleNow');
    }
  });
});
