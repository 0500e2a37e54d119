import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { HOUR, MINUTE } from './test-clock.ts';
import { policyWith } from './wording.ts';

describe('releasing', () => {
  test('sends exactly the approved text, once, and reads it back', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published('Approved words. 👩‍👩‍👧');
    expect(await desk.flow.view(reply)).toMatchObject({
      state: 'published',
      publication: { state: 'succeeded', attempts: 1, readback: { outcome: 'same' } },
    });
    expect(await desk.flow.ours()).toEqual(['Approved words. 👩‍👩‍👧']);
    await desk.pass(10 * HOUR);
    expect(await desk.flow.ours()).toHaveLength(1);
  });

  test.each(['drafted', 'inReview'] as const)('what is only %s is refused', async (stage) => {
    const desk = await deskForTest();
    const reply = await desk.flow[stage]();
    expect(await whyRefused(desk.flow.release(reply))).toBe('ILLEGAL_TRANSITION notApproved');
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('names the approved content: another hash is REVISION_STALE', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    const work = desk.people.agnes.desk.reply.release({
      ...(await desk.flow.signedTarget(reply)),
      contentHash: 'a'.repeat(64),
    });
    const refusal = await refusalOf(work);
    expect(refusal).toMatchObject({ code: 'REVISION_STALE', reason: 'revisionStale', values: { newest: 1 } });
  });

  test.each(['leo', 'uma', 'ada'] as const)('is not for %s, and the refusal names who can', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    const refused = await refusalOf(desk.flow.release(reply, desk.people[who]));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', reason: 'roleMayNot' });
    expect(refused.values.who).toContain('Pat');
  });

  test('is for the author where the policy allows it, and else for somebody else by name', async () => {
    const desk = await deskForTest();
    await desk.flow.approvedPolicy(policyWith({ authorMayRelease: false }));
    const reply = await desk.flow.approved();
    expect(await refusalOf(desk.flow.release(reply))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'authorMayNotRelease',
      values: { who: ['Pat'] },
    });
    expect(await whyRefused(desk.flow.schedule(reply, new Date(desk.clock.now() + HOUR).toISOString()))).toBe(
      'FORBIDDEN authorMayNotRelease',
    );
    await desk.flow.release(reply, desk.people.pat);
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('asks for the passphrase', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    const { passphrase: _known, ...target } = await desk.flow.signedTarget(reply);
    expect(await whyRefused(desk.people.agnes.desk.reply.release(target))).toBe('UNAUTHENTICATED passphraseNeeded');
  });

  test('twice at once releases once', async () => {
    const desk = await deskForTest();
    const { agnes, pat } = desk.people;
    const reply = await desk.flow.approved();
    const target = await desk.flow.signedTarget(reply);
    const outcomes = await outcomesOf(
      [agnes, pat].map((person) => person.desk.reply.release({ ...target, commandId: desk.command() })),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    await desk.settle();
    expect(await desk.flow.ours()).toHaveLength(1);
  });
});

describe('a schedule', () => {
  const inHours = (now: number, hours: number): string => new Date(now + hours * HOUR).toISOString();

  test('sends at its time and not a millisecond before', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 2));
    await desk.pass(2 * HOUR - 1);
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'scheduled' });
    expect(await desk.flow.ours()).toEqual([]);
    await desk.pass(1);
    expect(await desk.flow.state(reply)).toBe('published');
    expect(await desk.flow.ours()).toHaveLength(1);
  });

  test('in the past is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    for (const hours of [0, -1]) {
      expect(await whyRefused(desk.flow.schedule(reply, inHours(desk.clock.now(), hours)))).toBe(
        'INVALID_INPUT scheduleInPast',
      );
    }
  });

  test('can be moved, taken back, and made again', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 2));
    const later = inHours(desk.clock.now(), 4);
    await desk.flow.schedule(reply, later);
    expect((await desk.flow.view(reply)).scheduledFor).toBe(later);
    await agnes.desk.reply.unschedule(await desk.flow.target(reply));
    expect(await desk.flow.view(reply)).toMatchObject({ state: 'approved', scheduledFor: null });
    await desk.pass(5 * HOUR);
    expect(await desk.flow.ours()).toEqual([]);
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 1));
    await desk.pass(HOUR);
    expect(await desk.flow.ours()).toHaveLength(1);
  });

  test('that was missed while the desk was closed is released again by a person', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 1));
    await desk.restart(() => desk.clock.advance(HOUR + 10 * MINUTE + 1));
    await desk.settle();
    expect(await desk.flow.ours()).toEqual([]);
    const view = await desk.flow.view(reply);
    expect(view).toMatchObject({
      state: 'scheduled',
      publication: { needsReleaseAgain: true },
      waiting: { act: 'release', onMe: true },
    });
    await desk.flow.release(reply);
    await desk.settle();
    expect(await desk.flow.ours()).toHaveLength(1);
  });

  test('that was missed by a few minutes is made up for', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 1));
    await desk.restart(() => desk.clock.advance(HOUR + 10 * MINUTE));
    await desk.settle();
    expect(await desk.flow.state(reply)).toBe('published');
  });

  test('beyond the approval’s validity is never sent on it', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    await desk.flow.schedule(reply, inHours(desk.clock.now(), 30));
    await desk.pass(30 * HOUR);
    expect(await desk.flow.state(reply)).toBe('inReview');
    expect(await desk.flow.ours()).toEqual([]);
  });
});
