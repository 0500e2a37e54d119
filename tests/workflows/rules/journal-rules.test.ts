import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '#workflows/policy/policy.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { Route } from '#workflows/policy/route.ts';
import { addMinutes, toTime } from '#workflows/time.ts';
import { RuledJournal, type ReplyOnItsWay } from './ruled-journal.ts';

let desk: RuledJournal;

beforeEach(() => {
  desk = new RuledJournal(21);
});

const NOT_APPROVED = 'not every review of the route has approved exactly this content';

describe('the rules, replayed', () => {
  it('have nothing against an honest day: replies, a template, a policy, a pause that is lifted, an auditor', () => {
    const template = desk.template();
    desk.approveTemplate(template);
    const first = desk.approved();
    desk.release(first);
    desk.attempt(first);
    desk.succeed(first);
    desk.policy({ ...DEFAULT_POLICY, order: 'inOrder' });
    const pinned = desk.open();
    desk.revise(pinned, desk.cast.agent, {
      template: { template: template.id, version: 1 },
      deviation: { distance: 0, words: 2 },
    });
    desk.submit(pinned, desk.route(pinned, { ...DEFAULT_POLICY, order: 'inOrder' }, 1));
    desk.approveBoth(pinned);
    const { publisher, comms, legal, journal } = desk.cast;
    desk.act('publishing.paused', 'publishing', publisher, {});
    desk.act('publishing.resumeProposed', 'publishing', comms, {});
    desk.act('publishing.resumed', 'publishing', legal, {});
    desk.release(pinned);
    desk.attempt(pinned);
    const auditor = journal.addPerson('Otto Auditor', 'auditor');
    desk.act('audit.read', 'audit', auditor, { what: 'log', subject: null });
    expect(desk.problems).toEqual([]);
  });

  it('invariant 1: nothing is sent without every approval', () => {
    const reply = desk.open();
    desk.revise(reply);
    desk.submit(reply);
    desk.approve(reply, desk.cast.comms, 'comms');
    const released = desk.release(reply);
    const attempted = desk.attempt(reply);
    desk.succeed(reply);
    expect(desk.problems).toEqual([`${String(released)}: ${NOT_APPROVED}`, `${String(attempted)}: ${NOT_APPROVED}`]);
  });

  it('invariant 1: what is sent is the very content that was approved', () => {
    const reply = desk.approved();
    desk.release(reply);
    const attempted = desk.attempt(reply, { contentHash: desk.hash() });
    expect(desk.problems).toEqual([`${String(attempted)}: it names another content than the newest revision`]);
  });

  it('invariant 1: an approval of another content is none', () => {
    const reply = desk.open();
    desk.revise(reply);
    desk.submit(reply);
    const approved = desk.approve(reply, desk.cast.comms, 'comms', { contentHash: desk.hash() });
    expect(desk.problems).toEqual([`${String(approved)}: it names another content than the newest revision`]);
  });

  it('invariant 1: the route is the one for which the policy in force asks', () => {
    const [first, second, third] = [desk.open(), desk.open(), desk.open()];
    for (const reply of [first, second, third]) desk.revise(reply);
    const whole = desk.route(first);
    const lacking = desk.submit(first, { ...whole, reviews: whole.reviews.slice(0, 1) });
    desk.submit(second);
    const policy = {
      ...DEFAULT_POLICY,
      rules: [
        { id: 'R-1', when: { channels: [desk.channel] }, require: ['legal' as const], reason: 'Everything there' },
      ],
    };
    desk.policy(policy);
    const outdated = desk.submit(third);
    const fourth = desk.open();
    desk.revise(fourth);
    const passedOver = desk.submit(fourth, { ...whole, policy: 1 });
    const fifth = desk.open();
    desk.revise(fifth);
    desk.submit(fifth, desk.route(fifth, policy, 1));
    expect(desk.problems).toEqual([
      `${String(lacking)}: its route lacks a review that the program asks for by itself`,
      `${String(outdated)}: its route is by version 0 of the policy where 1 was in force`,
      `${String(passedOver)}: its route lacks legal, for which the rule R-1 of the policy asks`,
    ]);
  });

  it('invariant 1: a route gives no reasons that are not the policy’s, and keeps its order and its times', () => {
    const rules = [
      { id: 'R-1', when: { channels: [desk.id('channel')] }, require: ['legal' as const], reason: 'Elsewhere' },
      { id: 'R-2', when: {}, require: ['comms' as const, 'legal' as const], reason: 'All of it' },
    ];
    const policy = { ...DEFAULT_POLICY, rules };
    desk.policy(policy);
    const submitAs = (change: (route: Route) => Route): string => {
      const reply = desk.open();
      desk.revise(reply);
      return String(desk.submit(reply, change(desk.route(reply, policy, 1))));
    };
    const because = (rule: string, reason: string) => (route: Route) => ({
      ...route,
      reviews: route.reviews.map((entry) => ({ ...entry, reasons: [...entry.reasons, { rule, reason }] })).slice(-1),
    });
    const lacking = 'its route lacks comms, for which the rule R-2 of the policy asks';
    const elsewhere = submitAs(because('R-1', 'Elsewhere'));
    const reworded = submitAs(because('R-1', 'Everywhere'));
    const differs = 'its route differs from the policy in order, in how long approvals count, or in who releases';
    const changed = [{ order: 'inOrder' as const }, { validityHours: 240 }, { authorMayRelease: false }].map((change) =>
      submitAs((route) => ({ ...route, ...change })),
    );
    expect(desk.problems).toEqual([
      `${elsewhere}: ${lacking}`,
      `${elsewhere}: the rule R-1 of the policy does not apply`,
      `${reworded}: ${lacking}`,
      `${reworded}: the policy has no rule R-1 that asks for legal in these words`,
      ...changed.map((seq) => `${seq}: ${differs}`),
    ]);
  });

  it('invariant 7: who was an auditor and was removed is nobody, and no auditor', () => {
    const auditor = desk.cast.journal.addPerson('Otto Auditor', 'auditor');
    desk.act('person.removed', auditor.id, desk.cast.admin, {});
    const paused = desk.act('publishing.paused', 'publishing', auditor, {}, { role: 'comms' });
    expect(desk.problems).toEqual([
      `${String(paused)}: unknown-key: it is signed by a key that is not valid for that person here`,
    ]);
  });

  it('invariant 2: no author decides', () => {
    const reply = desk.open();
    desk.revise(reply);
    desk.revise(reply, desk.cast.legal);
    desk.submit(reply);
    const approved = desk.approve(reply, desk.cast.legal, 'legal');
    expect(desk.problems).toEqual([`${String(approved)}: an author decides on what they wrote or edited`]);
  });

  it('invariant 2: an author who is left out of the submission is one all the same', () => {
    const reply = desk.open();
    desk.revise(reply);
    desk.revise(reply, desk.cast.legal);
    const submitted = desk.submit(reply, desk.route(reply), { authors: [desk.cast.agent.id] });
    expect(desk.problems).toEqual([
      `${String(submitted)}: it does not name those who changed the content as its authors`,
    ]);
  });

  it('invariant 2: nobody fills two reviews of one revision', () => {
    const both = desk.cast.journal.addPerson('Bo Both', 'comms', 'legal');
    const reply = desk.open();
    desk.revise(reply);
    desk.submit(reply);
    desk.approve(reply, both, 'comms');
    const second = desk.approve(reply, both, 'legal');
    expect(desk.problems).toEqual([`${String(second)}: one person fills two reviews of one revision`]);
  });

  it('invariant 2 holds for templates and the policy, too', () => {
    const { comms, legal } = desk.cast;
    const template = desk.template();
    const own = desk.act('policy.revised', 'policy', legal, {
      version: 1,
      contentHash: desk.hash(),
      content: DEFAULT_POLICY as unknown as JsonObject,
    });
    const approval = { review: 'comms', version: 1, contentHash: template.contentHash };
    desk.act('template.approved', template.id, comms, approval);
    const again = desk.act('template.approved', template.id, comms, approval);
    expect(desk.problems).toEqual([
      `${String(own)}: its hash is not that of its content`,
      `${String(again)}: this review was decided before`,
    ]);
  });

  it('invariant 3: a new revision voids the approvals', () => {
    const reply = desk.approved();
    desk.revise(reply);
    const released = desk.release(reply);
    expect(desk.problems).toEqual([`${String(released)}: ${NOT_APPROVED}`]);
  });

  it('invariant 4: one approval is published once', () => {
    const reply = desk.approved();
    desk.release(reply);
    desk.attempt(reply);
    desk.succeed(reply);
    const again: ReplyOnItsWay = { ...reply, publication: desk.id('publication') };
    const attempted = desk.attempt(again);
    const succeeded = desk.succeed(again);
    const third = desk.succeed(reply);
    expect(desk.problems.map((problem) => problem.split(':')[0])).toEqual([
      ...desk.problems.filter((problem) => problem.startsWith(`${String(attempted)}:`)).map(() => String(attempted)),
      String(succeeded),
      String(third),
    ]);
    expect(desk.problems).toContain(`${String(succeeded)}: a second publication succeeded for one approval`);
    expect(desk.problems.some((problem) => problem.startsWith(`${String(attempted)}:`))).toBe(true);
  });

  it('invariant 5: nothing is begun while publishing is paused', () => {
    const reply = desk.approved();
    desk.release(reply);
    desk.act('publishing.paused', 'publishing', desk.cast.legal, {});
    const attempted = desk.attempt(reply);
    desk.act('publishing.resumeProposed', 'publishing', desk.cast.legal, {});
    expect(desk.problems).toEqual([`${String(attempted)}: publishing was paused`]);
  });

  it('a pause is lifted by two in two roles', () => {
    const other = desk.cast.journal.addPerson('Lou Legal', 'legal');
    desk.act('publishing.paused', 'publishing', desk.cast.legal, {});
    desk.act('publishing.resumeProposed', 'publishing', desk.cast.legal, {});
    const resumed = desk.act('publishing.resumed', 'publishing', other, {});
    expect(desk.problems).toEqual([`${String(resumed)}: both who lift the pause act in one role`]);
  });

  it('invariant 7: an auditor changes nothing, whatever role they claim or are given', () => {
    const { journal, admin } = desk.cast;
    const auditor = journal.addPerson('Otto Auditor', 'auditor');
    const reply = desk.open();
    const own = desk.act('reply.claimed', reply.id, auditor, { person: null });
    const given = desk.act('person.rolesChanged', auditor.id, admin, { roles: ['auditor', 'agent'] });
    const claimed = desk.act('reply.claimed', reply.id, auditor, { person: null }, { role: 'agent' });
    expect(desk.problems).toEqual([
      `${String(own)}: bad-actor: the role auditor may not write it`,
      `${String(own)}: an auditor changes something`,
      `${String(given)}: it gives an auditor another role`,
      `${String(claimed)}: an auditor changes something`,
    ]);
  });

  it('invariant 8: no revision of a template that is not approved, has expired or is for another channel is submitted', () => {
    const draft = desk.template();
    const expired = desk.template({ validUntil: addMinutes(toTime(desk.cast.journal.now), 30) });
    const elsewhere = desk.template({ channels: [desk.id('channel')] });
    desk.approveTemplate(expired);
    desk.approveTemplate(elsewhere);
    desk.cast.journal.now += 3_600_000;
    const numbers = [draft, expired, elsewhere].map(({ id }) => {
      const reply = desk.open();
      desk.revise(reply, desk.cast.agent, {
        template: { template: id, version: 1 },
        deviation: { distance: 0, words: 2 },
      });
      return String(desk.submit(reply));
    });
    expect(desk.problems).toEqual([
      `${numbers[0] ?? ''}: it was made from a template version that is not approved but inReview`,
      `${numbers[1] ?? ''}: it was made from a template version that is not approved but expired`,
      `${numbers[2] ?? ''}: it was made from a template that is not for its channel`,
    ]);
  });

  it('a record for a reply that was never opened, and data of another form, are named and change nothing', () => {
    const reply = desk.open();
    const stray = desk.act('reply.claimed', desk.id('reply'), desk.cast.agent, { person: null });
    const odd = desk.act('reply.claimed', reply.id, desk.cast.agent, { person: 7 });
    expect(desk.problems).toEqual([
      `${String(stray)}: there is no such reply`,
      `${String(odd)}: its data does not have the form of reply.claimed`,
    ]);
  });

  it('say nothing of the sealed text, but note where an erasure took away what they would have looked at', () => {
    const policy = {
      ...DEFAULT_POLICY,
      rules: [{ id: 'R-1', when: { words: ['refund'] }, require: ['legal' as const], reason: 'Money' }],
    };
    desk.policy(policy);
    const [kept, erased] = [desk.open(), desk.open()];
    for (const reply of [kept, erased]) {
      desk.revise(reply);
      desk.submit(reply, desk.route(reply, policy, 1));
    }
    const submitted = desk.cast.journal.size - 1;
    desk.act('reply.recalled', erased.id, desk.cast.agent, { revision: 1 });
    desk.act('reply.withdrawn', erased.id, desk.cast.agent, {});
    desk.erase(erased.customer);
    const { problems, notes } = desk.judge();
    expect(problems).toEqual([]);
    expect(notes.map(({ code }) => code)).toEqual(['not-checkable']);
    expect(notes[0]?.message).toMatch(new RegExp(`record ${String(submitted)}$`));
  });
});
