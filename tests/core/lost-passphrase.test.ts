import { describe, expect, test } from 'vitest';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';

const NEXT = 'a passphrase chosen anew';

/** Ada invites Agnes again; Agnes accepts with a new passphrase. */
const replaceKey = async (desk: TestDesk): Promise<void> => {
  const { ada, agnes } = desk.people;
  const { code } = await ada.desk.people.invite({ commandId: desk.command(), person: agnes.id });
  await agnes.desk.session.acceptInvitation({ code, passphrase: NEXT });
};

const keyOf = async (desk: TestDesk, who: 'agnes' | 'ada') => {
  const { people } = await desk.people.uma.desk.people.list();
  const person = people.find(({ id }) => id === desk.people[who].id);
  return { key: person?.keyId ?? '', keyState: person?.keyState };
};

describe('a lost passphrase', () => {
  test('is replaced by two people: one invites and registers, another confirms', async () => {
    const desk = await deskForTest();
    const { ada, abe, agnes } = desk.people;
    const before = await keyOf(desk, 'agnes');
    await replaceKey(desk);
    await ada.desk.people.registerKey({ commandId: desk.command(), person: agnes.id });
    const { key, keyState } = await keyOf(desk, 'agnes');
    expect(keyState).toBe('unconfirmed');
    expect(key).not.toBe(before.key);
    expect(await agnes.desk.session.current()).toMatchObject({ keyState: 'awaitingConfirmation' });
    const reply = await desk.flow.captured().catch(() => null);
    expect(reply).toBeNull();
    const confirm = { commandId: desk.command(), person: agnes.id, key };
    expect(await refusalOf(ada.desk.people.confirmKey(confirm))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'confirmNeedsAnother',
      values: { who: expect.arrayContaining(['Abe', 'Leo', 'Lena']) },
    });
    await abe.desk.people.confirmKey(confirm);
    expect((await keyOf(desk, 'agnes')).keyState).toBe('valid');
    await desk.flow.captured();
    expect(desk.records().at(-1)).toMatchObject({ type: 'reply.opened', sig: { key } });
  });

  test('may be confirmed by legal, and by nobody who has neither role', async () => {
    const desk = await deskForTest();
    const { ada, agnes, leo, cleo, uma } = desk.people;
    await replaceKey(desk);
    await ada.desk.people.registerKey({ commandId: desk.command(), person: agnes.id });
    const { key } = await keyOf(desk, 'agnes');
    for (const { desk: window } of [cleo, uma]) {
      const work = window.people.confirmKey({ commandId: desk.command(), person: agnes.id, key });
      expect((await refusalOf(work)).code).toBe('FORBIDDEN');
    }
    await leo.desk.people.confirmKey({ commandId: desk.command(), person: agnes.id, key });
    expect((await keyOf(desk, 'agnes')).keyState).toBe('valid');
  });

  test('leaves the old key and passphrase worthless at once', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const reply = await desk.flow.drafted();
    const target = await desk.flow.target(reply);
    await ada.desk.people.invite({ commandId: desk.command(), person: agnes.id });
    expect(await whyRefused(agnes.desk.reply.claim(target))).toBe('FORBIDDEN keyNotValid');
    const signIn = desk.window('window').session.signIn({ person: agnes.id, passphrase: PASSPHRASE });
    expect(await whyRefused(signIn)).toBe('UNAUTHENTICATED wrongPassphrase');
    await desk.restart();
    const again = desk.window('window').session.signIn({ person: agnes.id, passphrase: PASSPHRASE });
    expect((await refusalOf(again)).code).toBe('UNAUTHENTICATED');
  });

  test('is nobody’s to replace for themselves', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const work = ada.desk.people.invite({ commandId: desk.command(), person: ada.id });
    expect(await whyRefused(work)).toBe('INVALID_INPUT cannotInviteSelf');
  });

  test('of an admin does not open the workspace elsewhere any more', async () => {
    const desk = await deskForTest();
    const { ada, abe } = desk.people;
    const { code } = await abe.desk.people.invite({ commandId: desk.command(), person: ada.id });
    expect(desk.host.desk.keys.isTrustedAdmin(ada.id)).toBe(false);
    await ada.desk.session.acceptInvitation({ code, passphrase: NEXT });
    await abe.desk.people.registerKey({ commandId: desk.command(), person: ada.id });
    const { key } = await keyOf(desk, 'ada');
    await desk.people.leo.desk.people.confirmKey({ commandId: desk.command(), person: ada.id, key });
    await ada.desk.session.signIn({ person: ada.id, passphrase: NEXT });
    expect(desk.host.desk.keys.isTrustedAdmin(ada.id)).toBe(true);
  });

  test('takes the drafts along, which only the old key opened', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.captured();
    const draft = {
      document: { lines: [[{ type: 'text' as const, text: 'Mine' }]] },
      template: null,
      language: 'en',
      note: '',
      basedOn: 0,
    };
    await agnes.desk.reply.saveDraft({ reply, draft });
    await replaceKey(desk);
    expect((await agnes.desk.reply.getDraft({ reply })).draft).toBeNull();
  });
});

describe('a key', () => {
  test('is revoked by its owner or an admin, and by nobody else', async () => {
    const desk = await deskForTest();
    const { ada, agnes, ben, cleo } = desk.people;
    for (const { desk: window } of [ben, cleo]) {
      const work = window.people.revokeKey({ commandId: desk.command(), person: agnes.id });
      expect((await refusalOf(work)).code).toBe('FORBIDDEN');
    }
    await agnes.desk.people.revokeKey({ commandId: desk.command(), person: agnes.id });
    await ada.desk.people.revokeKey({ commandId: desk.command(), person: ben.id });
    for (const { id } of [agnes, ben]) {
      const { people } = await desk.people.uma.desk.people.list();
      expect(people.find((person) => person.id === id)?.keyState).toBe('none');
    }
  });

  test('that nobody waits for is neither registered nor confirmed', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const { key } = await keyOf(desk, 'agnes');
    const register = ada.desk.people.registerKey({ commandId: desk.command(), person: agnes.id });
    expect(await whyRefused(register)).toBe('ILLEGAL_TRANSITION noKeyWaits');
    const confirm = ada.desk.people.confirmKey({ commandId: desk.command(), person: agnes.id, key });
    expect(await whyRefused(confirm)).toBe('ILLEGAL_TRANSITION noKeyWaits');
  });
});
