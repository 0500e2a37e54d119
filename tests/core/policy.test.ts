import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { policyWith } from './wording.ts';

const COMMS_ONLY = policyWith({
  name: 'Comms alone',
  rules: [{ id: 'R-1', when: {}, require: ['comms'], reason: 'Every public reply' }],
});

describe('the policy', () => {
  test('is the program’s own until one is approved: comms and legal read everything', async () => {
    const desk = await deskForTest();
    const { inForce, versions } = await desk.people.uma.desk.policy.get();
    expect(inForce.version).toBe(0);
    expect(versions).toEqual([]);
    const reply = await desk.flow.inReview();
    expect((await desk.flow.view(reply)).route).toMatchObject({
      policy: 0,
      reviews: [{ review: 'comms' }, { review: 'legal' }],
    });
  });

  test('comes into force when comms and legal have approved it, neither of them its author', async () => {
    const desk = await deskForTest();
    const { carl, cleo, leo } = desk.people;
    const { version, contentHash } = await carl.desk.policy.revise({ commandId: desk.command(), content: COMMS_ONLY });
    const target = () => ({ commandId: desk.command(), version, contentHash });
    const signed = { passphrase: PASSPHRASE };
    await carl.desk.policy.submit(target());
    expect(await whyRefused(carl.desk.policy.approve({ ...target(), review: 'comms', ...signed }))).toBe(
      'FORBIDDEN decideOnOwn',
    );
    await cleo.desk.policy.approve({ ...target(), review: 'comms', ...signed });
    expect((await carl.desk.policy.get()).inForce.version).toBe(0);
    await leo.desk.policy.approve({ ...target(), review: 'legal', ...signed });
    expect((await carl.desk.policy.get()).inForce).toEqual({ version: 1, content: COMMS_ONLY });
    const reply = await desk.flow.inReview();
    expect((await desk.flow.view(reply)).route?.reviews.map(({ review }) => review)).toEqual(['comms']);
  });

  test('that is newer supersedes the older one, and a reply keeps the route that it was submitted under', async () => {
    const desk = await deskForTest();
    const before = await desk.flow.inReview();
    await desk.flow.approvedPolicy(COMMS_ONLY);
    expect(await desk.flow.approvedPolicy(policyWith({ name: 'Back again' }))).toBe(2);
    const { inForce, versions } = await desk.people.uma.desk.policy.get();
    expect(inForce.version).toBe(2);
    expect(versions.map(({ state }) => state)).toEqual(['superseded', 'approved']);
    expect((await desk.flow.view(before)).route).toMatchObject({ policy: 0 });
    await desk.flow.approveAll(before);
    expect(await desk.flow.state(before)).toBe('approved');
  });

  test('names the rule and the reason for each review', async () => {
    const desk = await deskForTest();
    const rules = [
      { id: 'R-1', when: {}, require: ['comms' as const], reason: 'Every public reply' },
      { id: 'R-2', when: { words: ['refund'] }, require: ['legal' as const], reason: 'It promises money' },
      { id: 'R-3', when: { languages: ['de'] }, require: ['legal' as const], reason: 'German law' },
    ];
    await desk.flow.approvedPolicy(policyWith({ rules }));
    const plain = await desk.flow.inReview('On Thursday.');
    expect((await desk.flow.view(plain)).route?.reviews.map(({ review }) => review)).toEqual(['comms']);
    const risky = await desk.flow.captured('Money!', 'ann.example');
    await desk.flow.write(risky, 'You get a Refund.', { language: 'de-AT' });
    await desk.flow.submit(risky);
    expect((await desk.flow.view(risky)).route?.reviews.map(({ review, reasons }) => [review, reasons])).toEqual([
      ['comms', [{ rule: 'R-1', reason: 'Every public reply' }]],
      [
        'legal',
        [
          { rule: 'R-2', reason: 'It promises money' },
          { rule: 'R-3', reason: 'German law' },
        ],
      ],
    ]);
  });

  test('leaves no reply without any review, whatever its rules say', async () => {
    const desk = await deskForTest();
    const rules = [{ id: 'R-1', when: { words: ['refund'] }, require: ['comms' as const], reason: 'Money' }];
    await desk.flow.approvedPolicy(policyWith({ rules }));
    const reply = await desk.flow.inReview('No such word.');
    expect((await desk.flow.view(reply)).route?.reviews.map(({ review }) => review)).toEqual(['comms', 'legal']);
  });

  test('saved without a change records nothing; changed in review its approvals are void', async () => {
    const desk = await deskForTest();
    const { carl, cleo, leo } = desk.people;
    const save = (name: string) =>
      carl.desk.policy.revise({ commandId: desk.command(), content: policyWith({ name }) });
    const first = await save('One');
    const before = desk.size;
    expect(await save('One')).toMatchObject({ count: 0, version: 1, contentHash: first.contentHash });
    expect(desk.size).toBe(before);
    const target = (contentHash: string) => ({ commandId: desk.command(), version: 1, contentHash });
    await carl.desk.policy.submit(target(first.contentHash));
    await cleo.desk.policy.approve({ ...target(first.contentHash), review: 'comms', passphrase: PASSPHRASE });
    const second = await save('Two');
    await carl.desk.policy.submit(target(second.contentHash));
    const stale = leo.desk.policy.approve({ ...target(first.contentHash), review: 'legal', passphrase: PASSPHRASE });
    expect((await refusalOf(stale)).code).toBe('REVISION_STALE');
    await leo.desk.policy.approve({ ...target(second.contentHash), review: 'legal', passphrase: PASSPHRASE });
    expect((await carl.desk.policy.get()).inForce.version).toBe(0);
  });

  test('is sent back and rejected with a reason', async () => {
    const desk = await deskForTest();
    const { carl, leo } = desk.people;
    const { version, contentHash } = await carl.desk.policy.revise({ commandId: desk.command(), content: COMMS_ONLY });
    const target = () => ({ commandId: desk.command(), version, contentHash });
    const signed = { review: 'legal' as const, passphrase: PASSPHRASE };
    const state = async () => (await carl.desk.policy.get()).versions.at(-1)?.state;
    await carl.desk.policy.submit(target());
    await leo.desk.policy.requestChanges({ ...target(), ...signed, reason: 'Legal too.' });
    expect(await state()).toBe('draft');
    await carl.desk.policy.submit(target());
    await leo.desk.policy.reject({ ...target(), ...signed, reason: 'Never.' });
    expect(await state()).toBe('rejected');
  });

  test.each(['agnes', 'pat', 'uma', 'ada'] as const)('is not written by %s', async (who) => {
    const desk = await deskForTest();
    const work = desk.people[who].desk.policy.revise({ commandId: desk.command(), content: COMMS_ONLY });
    expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });
});
