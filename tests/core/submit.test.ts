import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { HOUR } from './test-clock.ts';
import { filled, LATE_DELIVERY, policyWith, text } from './wording.ts';

const FILLED = filled(LATE_DELIVERY, { name: 'Sam', date: 'Thursday' });

describe('submitting', () => {
  test('fixes the revision, says who decides and why, and keeps the note to the reviewers', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    await desk.flow.submit(reply, { note: 'The carrier confirmed it by phone.' });
    const view = await desk.flow.view(reply);
    expect(view).toMatchObject({
      state: 'inReview',
      submittedBy: { name: 'Agnes' },
      noteToReviewers: 'The carrier confirmed it by phone.',
      route: {
        policy: 0,
        isForecast: false,
        reviews: [
          { review: 'comms', state: 'deciding', reasons: [{ rule: 'D-1' }] },
          { review: 'legal', state: 'deciding' },
        ],
      },
    });
    expect(view.route?.reviews[0]?.eligible.map(({ name }) => name)).toEqual(['Carl', 'Cleo', 'Kay']);
  });

  test('what was never written is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.people.agnes.desk.reply.claim(await desk.flow.target(reply));
    const nothing = { revision: 0, contentHash: '0'.repeat(64), note: '' };
    const refused = await refusalOf(
      desk.people.agnes.desk.reply.submit({ ...(await desk.flow.target(reply)), ...nothing }),
    );
    expect(['REVISION_STALE', 'INVALID_INPUT']).toContain(refused.code);
  });

  test('another text than the newest is REVISION_STALE', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.drafted('One');
    const { revision, contentHash } = await desk.flow.newest(reply);
    await desk.flow.write(reply, 'Two', { by: ben });
    const stale = { ...(await desk.flow.target(reply)), revision, contentHash, note: '' };
    expect(await whyRefused(agnes.desk.reply.submit(stale))).toBe('REVISION_STALE revisionStale');
    const mixed = { ...stale, commandId: desk.command(), revision: 2 };
    expect(await whyRefused(agnes.desk.reply.submit(mixed))).toBe('REVISION_STALE revisionStale');
    expect(await desk.flow.state(reply)).toBe('drafting');
  });

  test('an empty slot is refused, and the refusal names the check', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const template = await desk.flow.approvedTemplate(LATE_DELIVERY);
    for (const values of [{ name: 'Sam' }, { name: 'Sam', date: '   ' }]) {
      await desk.flow.write(reply, filled(LATE_DELIVERY, values), { template });
      expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({
        code: 'INVALID_INPUT',
        reason: 'blockingFindings',
        values: { checks: ['slots'] },
      });
    }
    await desk.flow.write(reply, FILLED, { template });
    await desk.flow.submit(reply);
    expect(await desk.flow.state(reply)).toBe('inReview');
  });

  test('an empty text is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, '  \n  ');
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({ values: { checks: ['empty'] } });
  });

  test('what is refused is said in sentences, with the rule of the policy where there is one', async () => {
    const desk = await deskForTest();
    const term = { id: 'L-4', words: ['guarantee'], severity: 'block' as const, reason: 'We promise nothing' };
    await desk.flow.approvedPolicy(policyWith({ terms: [term] }));
    const reply = await desk.flow.drafted('We guarantee it.\u200b');
    const { message } = await refusalOf(desk.flow.submit(reply));
    expect(message).toContain('It cannot be submitted yet. ');
    expect(message).toContain('“guarantee”: We promise nothing (policy, rule L-4).');
    expect(message).toContain('A character that nobody can see (U+200B) stands in the text.');
  });

  test('a text that is one character too long is refused, and one that just fits is not', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted('👩‍👩‍👧'.repeat(150) + 'x'.repeat(151));
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({ values: { checks: ['length'] } });
    await desk.flow.write(reply, '👩‍👩‍👧'.repeat(150) + 'x'.repeat(150));
    await desk.flow.submit(reply);
    expect(await desk.flow.state(reply)).toBe('inReview');
  });

  test.each([
    ['a right-to-left override', 'Pay \u202ekcab'],
    ['a left-to-right isolate', 'Pay \u2066now\u2069'],
    ['a zero-width space', 'Pay\u200bPal'],
    ['a word joiner', 'Pay\u2060Pal'],
    ['a byte order mark', 'Pay\ufeffPal'],
    ['a soft hyphen', 'Pay\u00adPal'],
    ['a NUL', 'Pay\u0000Pal'],
    ['a line separator', 'Pay\u2028Pal'],
    ['an invisible tag', 'Pay\u{e0041}Pal'],
  ])('%s, which a reviewer would not see, is refused', async (_name, words) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, { lines: [[{ type: 'text', text: words }]] });
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'blockingFindings',
      values: { checks: expect.arrayContaining(['characters']) },
    });
  });

  test('hidden characters in a slot are refused like those in the text', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const template = await desk.flow.approvedTemplate(LATE_DELIVERY);
    await desk.flow.write(reply, filled(LATE_DELIVERY, { name: 'S\u200bam', date: 'Thursday' }), { template });
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({ values: { checks: ['characters'] } });
  });

  test('a word that the policy blocks is refused by the rule’s name', async () => {
    const desk = await deskForTest();
    await desk.flow.approvedPolicy(
      policyWith({ terms: [{ id: 'L-4', words: ['guarantee'], severity: 'block', reason: 'We promise nothing' }] }),
    );
    const reply = await desk.flow.drafted('We guarantee it.');
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({ values: { checks: ['L-4'] } });
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    expect((await refusalOf(desk.flow.submit(reply, { by: desk.people[who] }))).code).toBe('FORBIDDEN');
    expect(await desk.flow.state(reply)).toBe('drafting');
  });
});

describe('a template that may not be used cannot enter a submitted revision (invariant 8)', () => {
  test('when it is not approved yet', async () => {
    const desk = await deskForTest();
    const template = await desk.flow.writtenTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, FILLED, { template });
    expect(await refusalOf(desk.flow.submit(reply))).toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'template_notApproved',
      values: { name: 'Late delivery', version: 1 },
    });
  });

  test('when it was retired after the draft was begun', async () => {
    const desk = await deskForTest();
    const template = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, FILLED, { template });
    await desk.people.leo.desk.template.retire({ ...template, ...desk.flow.signed(), reason: 'The carrier changed.' });
    expect(await whyRefused(desk.flow.submit(reply))).toBe('INVALID_INPUT template_retired');
  });

  test('when its time has run out, to the millisecond', async () => {
    const desk = await deskForTest();
    const validUntil = new Date(desk.clock.now() + HOUR).toISOString();
    const template = await desk.flow.approvedTemplate({ ...LATE_DELIVERY, validUntil });
    const [late, early] = [await desk.flow.captured('Late'), await desk.flow.captured('Early', 'ann.example')];
    for (const reply of [late, early]) await desk.flow.write(reply, FILLED, { template });
    await desk.pass(HOUR - 1);
    await desk.flow.submit(early);
    await desk.pass(1);
    expect(await whyRefused(desk.flow.submit(late))).toBe('INVALID_INPUT template_expired');
  });

  test('when a newer version of it was approved', async () => {
    const desk = await deskForTest();
    const template = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, FILLED, { template });
    const next = { ...LATE_DELIVERY, name: 'Late delivery, kinder' };
    const { version } = await desk.flow.approvedTemplate(next, template.template);
    expect(version).toBe(2);
    expect(await whyRefused(desk.flow.submit(reply))).toBe('INVALID_INPUT template_superseded');
  });

  test('when it is for other channels', async () => {
    const desk = await deskForTest();
    const other = await desk.people.ada.desk.channel.add({
      commandId: desk.command(),
      channel: {
        kind: 'sandbox',
        name: 'Elsewhere',
        handle: 'acme.elsewhere',
        limits: { graphemes: null, bytes: null },
        promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
      },
    });
    const channels = [other.subject as `channel/${string}`];
    const template = await desk.flow.approvedTemplate({ ...LATE_DELIVERY, channels });
    const reply = await desk.flow.captured();
    expect((await desk.people.agnes.desk.template.usable({ reply })).templates).toEqual([]);
    await desk.flow.write(reply, FILLED, { template });
    expect(await whyRefused(desk.flow.submit(reply))).toBe('INVALID_INPUT templateNotForChannel');
  });

  test('when there is no such version', async () => {
    const desk = await deskForTest();
    const { template } = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    const work = desk.flow.write(reply, text('Anything'), { template: { template, version: 9 } });
    expect(await whyRefused(work)).toBe('NOT_FOUND templateNotFound');
  });
});
