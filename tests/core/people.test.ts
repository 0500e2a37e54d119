import { describe, expect, test } from 'vitest';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR } from './test-clock.ts';

const WEEK = 7 * 24 * HOUR;

const personOf = async (desk: TestDesk, id: PersonId) => {
  const { people } = await desk.people.uma.desk.people.list();
  const found = people.find((person) => person.id === id);
  if (!found) throw new Error('nobody of that id');
  return found;
};

const add = (desk: TestDesk, name: string, roles: Role[], by: Actor = desk.people.ada) =>
  by.desk.people.add({ commandId: desk.command(), name, roles });

const onPerson = async (desk: TestDesk, { id }: Actor) => ({
  commandId: desk.command(),
  person: id,
  version: (await personOf(desk, id)).version,
});

describe('a new person', () => {
  test('is invited by a code, chooses their passphrase, and counts once an admin has registered their key', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const { subject, code, expiresAt } = await add(desk, 'Nora', ['agent']);
    const nora = subject as PersonId;
    expect(expiresAt).toBe(new Date(desk.clock.now() + WEEK).toISOString());
    expect(await personOf(desk, nora)).toMatchObject({ keyState: 'invited', keyId: null });
    const window = desk.window('Nora’s window');
    expect(await window.session.acceptInvitation({ code, passphrase: 'Nora’s own words' })).toMatchObject({
      state: 'signedIn',
      keyState: 'awaitingRegistration',
    });
    expect(await personOf(desk, nora)).toMatchObject({ keyState: 'accepted' });
    const reply = await desk.flow.captured();
    expect(await refusalOf(window.reply.claim(await desk.flow.target(reply)))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'keyNotValid',
      values: { who: ['Abe', 'Ada'] },
    });
    await ada.desk.people.registerKey({ commandId: desk.command(), person: nora });
    await window.reply.claim(await desk.flow.target(reply));
    expect((await desk.flow.view(reply)).assignee?.name).toBe('Nora');
  });

  test('redeems a code once, in time, however it is typed', async () => {
    const desk = await deskForTest();
    const { code } = await add(desk, 'Nora', ['agent']);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    const accept = (text: string) =>
      desk.window('Nora’s window').session.acceptInvitation({ code: text, passphrase: PASSPHRASE });
    await accept(typed);
    expect(await whyRefused(accept(code))).toBe('UNAUTHENTICATED invitationUnknown');
    expect(await whyRefused(accept('0000-0000-0000-0000'))).toBe('UNAUTHENTICATED invitationUnknown');
    const late = await add(desk, 'Olga', ['agent']);
    desk.clock.advance(WEEK);
    expect(await whyRefused(accept(late.code))).toBe('UNAUTHENTICATED invitationExpired');
  });

  test('redeems a code once, also when two try at once', async () => {
    const desk = await deskForTest();
    const { code } = await add(desk, 'Nora', ['agent']);
    const outcomes = await outcomesOf(
      ['one', 'other'].map((name) =>
        desk.window(name).session.acceptInvitation({ code, passphrase: `${name} passphrase` }),
      ),
    );
    expect(outcomes.sort()).toEqual(['UNAUTHENTICATED invitationUnknown', 'done']);
  });

  test('has a name of their own', async () => {
    const desk = await deskForTest();
    expect(await refusalOf(add(desk, 'Cleo', ['agent']))).toMatchObject({
      code: 'INVALID_INPUT',
      reason: 'nameTaken',
      values: { name: 'Cleo' },
    });
  });

  test.each(['agnes', 'cleo', 'leo', 'pat', 'uma'] as const)('is not added by %s', async (who) => {
    const desk = await deskForTest();
    expect(await refusalOf(add(desk, 'Nora', ['agent'], desk.people[who]))).toMatchObject({
      code: 'FORBIDDEN',
      values: { who: ['Abe', 'Ada'] },
    });
  });
});

describe('roles', () => {
  test('are changed by an admin, and count from then on', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const reply = await desk.flow.captured();
    await ada.desk.people.changeRoles({ ...(await onPerson(desk, agnes)), roles: ['publisher'] });
    expect((await refusalOf(agnes.desk.reply.claim(await desk.flow.target(reply)))).code).toBe('FORBIDDEN');
    await desk.flow.pause(agnes);
    expect((await desk.people.leo.desk.publishing.status()).state).toBe('paused');
  });

  test('of an auditor stand alone', async () => {
    const desk = await deskForTest();
    const { ada, agnes, uma } = desk.people;
    expect(await whyRefused(add(desk, 'Nora', ['auditor', 'agent']))).toBe('INVALID_INPUT auditorAlone');
    for (const person of [agnes, uma]) {
      const roles: Role[] = ['agent', 'auditor'];
      expect(await whyRefused(ada.desk.people.changeRoles({ ...(await onPerson(desk, person)), roles }))).toBe(
        'INVALID_INPUT auditorAlone',
      );
    }
  });

  test('are never left without an admin', async () => {
    const desk = await deskForTest();
    const { ada, abe } = desk.people;
    await ada.desk.people.changeRoles({ ...(await onPerson(desk, abe)), roles: ['agent'] });
    expect(await whyRefused(ada.desk.people.changeRoles({ ...(await onPerson(desk, ada)), roles: ['agent'] }))).toBe(
      'INVALID_INPUT lastAdmin',
    );
    expect(await whyRefused(ada.desk.people.revokeKey({ commandId: desk.command(), person: ada.id }))).toBe(
      'INVALID_INPUT lastAdmin',
    );
  });

  test('listed twice are refused in words, not by a fault', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const roles: Role[] = ['agent', 'agent'];
    expect((await refusalOf(add(desk, 'Nora', roles))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(ada.desk.people.changeRoles({ ...(await onPerson(desk, agnes)), roles }))).code).toBe(
      'INVALID_INPUT',
    );
  });

  test('on a view that is out of date are refused', async () => {
    const desk = await deskForTest();
    const { ada, abe, agnes } = desk.people;
    const [one, other] = [await onPerson(desk, agnes), await onPerson(desk, agnes)];
    await ada.desk.people.changeRoles({ ...one, roles: ['comms'] });
    expect(await whyRefused(abe.desk.people.changeRoles({ ...other, roles: ['legal'] }))).toBe(
      'VERSION_CONFLICT changedElsewhere',
    );
  });
});

describe('removing a person', () => {
  test('ends their sessions, their key and their roles at once; what they did stays theirs', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const reply = await desk.flow.drafted();
    const otherWindow = desk.window('Agnes’ other window');
    await otherWindow.session.signIn({ person: agnes.id, passphrase: PASSPHRASE });
    await ada.desk.people.remove(await onPerson(desk, agnes));
    for (const window of [agnes.desk, otherWindow]) {
      expect(await window.session.current()).toMatchObject({ state: 'signedOut' });
      expect((await refusalOf(window.reply.get({ reply }))).code).toBe('UNAUTHENTICATED');
      expect(await whyRefused(window.session.signIn({ person: agnes.id, passphrase: PASSPHRASE }))).toBe(
        'NOT_FOUND personNotFound',
      );
    }
    const [revision] = (await desk.flow.view(reply, desk.people.ben)).revisions;
    expect(revision?.by.name).toBe('Agnes');
    await desk.restart();
    expect((await refusalOf(agnes.desk.reply.get({ reply }))).code).toBe('UNAUTHENTICATED');
  });

  test('takes nobody’s invitation along that was not theirs, and leaves theirs worthless', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const { subject, code } = await add(desk, 'Nora', ['agent']);
    const person = subject as PersonId;
    const { version } = await personOf(desk, person);
    await ada.desk.people.remove({ commandId: desk.command(), person, version });
    const work = desk.window('window').session.acceptInvitation({ code, passphrase: PASSPHRASE });
    expect(await whyRefused(work)).toBe('UNAUTHENTICATED invitationUnknown');
  });

  test('is not for oneself', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    expect(await whyRefused(ada.desk.people.remove(await onPerson(desk, ada)))).toBe('INVALID_INPUT cannotRemoveSelf');
  });

  test('frees the name, but not the key', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    await ada.desk.people.remove(await onPerson(desk, agnes));
    const { subject } = await add(desk, 'Agnes', ['agent']);
    expect(subject).not.toBe(agnes.id);
  });
});
