import { describe, expect, test } from 'vitest';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { outcomesOf } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { policyWith } from './wording.ts';
import { verifyWithRules } from '../journal/verify-with-rules.ts';

const onPerson = async (desk: TestDesk, { id }: Actor) => {
  const { people } = await desk.people.uma.desk.people.list();
  const version = people.find((person) => person.id === id)?.version ?? 0;
  return { commandId: desk.command(), person: id, version };
};

const problemsOf = async (desk: TestDesk): Promise<string[]> =>
  (await verifyWithRules(desk.folder)).problems.map(({ code, message }) => `${code}: ${message}`);

/** What was thrown where nobody catches it while something was done. Without this the program would have ended. */
const uncaughtDuring = async (work: () => Promise<unknown>): Promise<string[]> => {
  const usual = process.listeners('uncaughtException');
  const caught: string[] = [];
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => caught.push(error.message));
  try {
    await work();
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of usual) process.on('uncaughtException', listener);
  }
  return caught;
};

/** The answers to what was sent at once, as far as they come within a second. */
const answersOf = (works: readonly Promise<unknown>[]): Promise<string[] | null> =>
  Promise.race([outcomesOf(works), new Promise<null>((resolve) => setTimeout(resolve, 1_000, null))]);

describe('what is sent at the same moment leaves a journal that verifies', () => {
  test('when a person is removed while they act', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { ada, agnes } = desk.people;
    const [removal, claim] = [await onPerson(desk, agnes), await desk.flow.target(await desk.flow.captured())];
    await outcomesOf([ada.desk.people.remove(removal), agnes.desk.reply.claim(claim)]);
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('when a role is taken from a person while they act in it', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { ada, agnes } = desk.people;
    const change = { ...(await onPerson(desk, agnes)), roles: ['publisher' as const] };
    const claim = await desk.flow.target(await desk.flow.captured());
    await outcomesOf([ada.desk.people.changeRoles(change), agnes.desk.reply.claim(claim)]);
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('when a key is revoked while its owner signs with it', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { ada, agnes } = desk.people;
    const claim = await desk.flow.target(await desk.flow.captured());
    const revoke = { commandId: desk.command(), person: agnes.id };
    await outcomesOf([ada.desk.people.revokeKey(revoke), agnes.desk.reply.claim(claim)]);
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('when two admins remove each other, and one of them stays', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { ada, abe } = desk.people;
    const [ofAbe, ofAda] = [await onPerson(desk, abe), await onPerson(desk, ada)];
    await outcomesOf([ada.desk.people.remove(ofAbe), abe.desk.people.remove(ofAda)]);
    expect(await problemsOf(desk)).toEqual([]);
    const admins = [...desk.host.desk.tables.people.values()].filter(({ roles }) => roles.includes('admin'));
    expect(admins).toHaveLength(1);
  });

  test('when two admins give up being one, and one of them stays', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { ada, abe } = desk.people;
    const [first, second] = [await onPerson(desk, ada), await onPerson(desk, abe)];
    await outcomesOf([
      ada.desk.people.changeRoles({ ...first, roles: ['agent'] }),
      abe.desk.people.changeRoles({ ...second, roles: ['agent'] }),
    ]);
    expect(await problemsOf(desk)).toEqual([]);
    const admins = [...desk.host.desk.tables.people.values()].filter(({ roles }) => roles.includes('admin'));
    expect(admins).toHaveLength(1);
  });
});

describe('at the same moment', () => {
  test('two holds on one reply are one hold, and both are answered', async () => {
    const desk = await deskForTest({ expectsFaults: true });
    const { leo, lena } = desk.people;
    // Both have given their passphrase before, so that nothing holds one of them up.
    await desk.flow.approvedPolicy(policyWith({ passphraseMinutes: 10 }));
    const reply = await desk.flow.captured();
    const target = await desk.flow.target(reply);
    const place = async (by: Actor) => {
      await by.desk.reply.placeHold({ ...target, commandId: desk.command(), reason: 'A claim.' });
    };
    for (const { id, desk: window } of [leo, lena]) {
      await window.session.signIn({ person: id, passphrase: PASSPHRASE });
    }
    let answers: string[] | null = null;
    const uncaught = await uncaughtDuring(async () => {
      answers = await answersOf([place(leo), place(lena)]);
    });
    expect(uncaught).toEqual([]);
    expect(answers).toEqual(['done', 'ILLEGAL_TRANSITION notPossibleNow']);
  });

  test('two people of one name are not both added', async () => {
    const desk = await deskForTest();
    const { ada, abe } = desk.people;
    const add = (by: Actor) => by.desk.people.add({ commandId: desk.command(), name: 'Nora', roles: ['agent'] });
    expect((await outcomesOf([add(ada), add(abe)])).sort()).toEqual(['INVALID_INPUT nameTaken', 'done']);
  });

  test('a channel is not removed while a post on it is captured', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const { address } = await desk.flow.post();
    const { version } = (await ada.desk.channel.list()).channels[0]!;
    const outcomes = await outcomesOf([
      ada.desk.channel.remove({ commandId: desk.command(), channel: desk.channel, version }),
      agnes.desk.mention.capture({ commandId: desk.command(), address }),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  test('a revision and an approval of the one before do not both stand', async () => {
    const desk = await deskForTest();
    const { cleo, ben } = desk.people;
    const reply = await desk.flow.inReview('One');
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '' };
    await outcomesOf([desk.flow.write(reply, 'Two', { by: ben }), cleo.desk.reply.approve(decision)]);
    await desk.flow.submit(reply);
    const view = await desk.flow.view(reply);
    expect(view.route?.reviews.map(({ state }) => state)).toEqual(['deciding', 'deciding']);
  });
});
