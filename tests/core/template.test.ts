import { describe, expect, test } from 'vitest';
import type { TemplateId } from '#workflows/identifiers.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { filled, LATE_DELIVERY } from './wording.ts';

const FILLED = filled(LATE_DELIVERY, { name: 'Sam', date: 'Thursday' });

const newest = async (desk: TestDesk, template: TemplateId) =>
  (await desk.people.uma.desk.template.get({ template })).versions.at(-1)!;

const decide = async (
  desk: TestDesk,
  by: Actor,
  pin: { template: TemplateId; version: number },
  review: 'comms' | 'legal',
) => by.desk.template.approve({ ...(await desk.flow.templateTarget(pin)), review, passphrase: PASSPHRASE });

describe('a template', () => {
  test('is approved by comms and legal, neither of them its author', async () => {
    const desk = await deskForTest();
    const { carl, cleo, leo, kay } = desk.people;
    const pin = await desk.flow.writtenTemplate(LATE_DELIVERY);
    expect((await refusalOf(decide(desk, cleo, pin, 'comms'))).reason).toBe('notInReview');
    await carl.desk.template.submit(await desk.flow.templateTarget(pin));
    expect(await refusalOf(decide(desk, carl, pin, 'comms'))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'decideOnOwn',
      values: { who: ['Cleo', 'Kay'] },
    });
    await decide(desk, kay, pin, 'comms');
    expect(await whyRefused(decide(desk, kay, pin, 'legal'))).toBe('FORBIDDEN fillsOtherReview');
    expect((await newest(desk, pin.template)).state).toBe('inReview');
    await decide(desk, leo, pin, 'legal');
    expect((await newest(desk, pin.template)).state).toBe('approved');
  });

  test('that is changed in review goes back to the draft, and its approvals are void', async () => {
    const desk = await deskForTest();
    const { carl, cleo } = desk.people;
    const pin = await desk.flow.writtenTemplate(LATE_DELIVERY);
    await carl.desk.template.submit(await desk.flow.templateTarget(pin));
    const before = await desk.flow.templateTarget(pin);
    await decide(desk, cleo, pin, 'comms');
    await desk.flow.writtenTemplate({ ...LATE_DELIVERY, name: 'Changed' }, pin.template);
    expect(await newest(desk, pin.template)).toMatchObject({ version: 1, state: 'draft', reviews: [] });
    await carl.desk.template.submit(await desk.flow.templateTarget(pin));
    const stale = { ...before, commandId: desk.command(), review: 'comms' as const, passphrase: PASSPHRASE };
    expect((await refusalOf(cleo.desk.template.approve(stale))).code).toBe('REVISION_STALE');
  });

  test('saved without a change records nothing', async () => {
    const desk = await deskForTest();
    const { template } = await desk.flow.writtenTemplate(LATE_DELIVERY);
    const before = desk.size;
    expect(await desk.flow.writtenTemplate(LATE_DELIVERY, template)).toEqual({ template, version: 1 });
    expect(desk.size).toBe(before);
  });

  test('goes on in a new version; the old one stays in use until the new one is approved', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const first = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const second = await desk.flow.writtenTemplate({ ...LATE_DELIVERY, name: 'Kinder' }, first.template);
    expect(second).toEqual({ template: first.template, version: 2 });
    const usable = async () =>
      (await desk.people.agnes.desk.template.usable({ reply })).templates.map(({ version }) => version);
    expect(await usable()).toEqual([1]);
    await desk.flow.approveTemplate(second);
    expect(await usable()).toEqual([2]);
    const { versions } = await desk.people.uma.desk.template.get({ template: first.template });
    expect(versions.map(({ state }) => state)).toEqual(['superseded', 'approved']);
  });

  test('is sent back and rejected with a reason, and a new text begins it again', async () => {
    const desk = await deskForTest();
    const { carl, leo } = desk.people;
    const pin = await desk.flow.writtenTemplate(LATE_DELIVERY);
    const signed = { review: 'legal' as const, passphrase: PASSPHRASE };
    await carl.desk.template.submit(await desk.flow.templateTarget(pin));
    await leo.desk.template.requestChanges({ ...(await desk.flow.templateTarget(pin)), ...signed, reason: 'Kinder.' });
    expect(await newest(desk, pin.template)).toMatchObject({ state: 'draft', lastReason: { text: 'Kinder.' } });
    await carl.desk.template.submit(await desk.flow.templateTarget(pin));
    await leo.desk.template.reject({ ...(await desk.flow.templateTarget(pin)), ...signed, reason: 'Never.' });
    expect(await newest(desk, pin.template)).toMatchObject({ state: 'rejected', lastReason: { text: 'Never.' } });
    await desk.flow.writtenTemplate({ ...LATE_DELIVERY, name: 'Another' }, pin.template);
    expect((await newest(desk, pin.template)).state).toBe('draft');
  });

  test('that is retired names the open replies that use it, and no closed ones', async () => {
    const desk = await deskForTest();
    const pin = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const [open, sent, other] = [
      await desk.flow.captured('One'),
      await desk.flow.captured('Two', 'ann.example'),
      await desk.flow.captured('Three', 'bob.example'),
    ];
    for (const reply of [open, sent]) await desk.flow.write(reply, FILLED, { template: pin });
    await desk.flow.write(other, 'By hand.');
    await desk.flow.submit(sent);
    await desk.flow.approveAll(sent);
    await desk.flow.release(sent);
    await desk.settle();
    const { usedBy } = await desk.people.leo.desk.template.retire({
      ...pin,
      ...desk.flow.signed(),
      reason: 'The carrier changed.',
    });
    expect(usedBy).toEqual([open]);
    expect((await desk.flow.view(open)).template?.problem).toBe('retired');
  });

  test('that is retired does not stop what was submitted with it while it was approved', async () => {
    const desk = await deskForTest();
    const pin = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, FILLED, { template: pin });
    await desk.flow.submit(reply);
    await desk.people.leo.desk.template.retire({ ...pin, ...desk.flow.signed(), reason: 'Over.' });
    await desk.flow.approveAll(reply);
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('retired at the moment it is submitted either is in the revision before, or is refused', async () => {
    const desk = await deskForTest();
    const { leo, agnes } = desk.people;
    const pin = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, FILLED, { template: pin });
    const { revision, contentHash } = await desk.flow.newest(reply);
    const submission = { ...(await desk.flow.target(reply)), revision, contentHash, note: '' };
    const [retired, submitted] = await outcomesOf([
      leo.desk.template.retire({ ...pin, ...desk.flow.signed(), reason: 'Over.' }),
      agnes.desk.reply.submit(submission),
    ]);
    expect(retired).toBe('done');
    expect(['done', 'INVALID_INPUT template_retired']).toContain(submitted);
    const types = desk.typesFrom(0).filter((type) => ['template.retired', 'reply.submitted'].includes(type));
    expect(types).toEqual(submitted === 'done' ? ['reply.submitted', 'template.retired'] : ['template.retired']);
  });

  test.each(['agnes', 'pat', 'uma', 'ada'] as const)('is neither written, decided nor retired by %s', async (who) => {
    const desk = await deskForTest();
    const by = desk.people[who];
    const pin = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const works = [
      by.desk.template.revise({ commandId: desk.command(), template: null, content: LATE_DELIVERY }),
      by.desk.template.submit(await desk.flow.templateTarget(pin)),
      decide(desk, by, pin, 'comms'),
      by.desk.template.retire({ ...pin, ...desk.flow.signed(), reason: 'No' }),
    ];
    for (const work of works) expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });
});
