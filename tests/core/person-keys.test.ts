import { describe, expect, test } from 'vitest';
import { deskForTest, type TestDesk } from './desk.fixture.ts';

const NEXT = 'a passphrase chosen anew';

const keysOf = async (desk: TestDesk, who: 'agnes' | 'ada') => {
  const { people } = await desk.people.uma.desk.people.list();
  return people.find(({ id }) => id === desk.people[who].id)!;
};

/** Ada invites Agnes again, who accepts; the new key is registered and waits. */
const replaceKey = async (desk: TestDesk): Promise<void> => {
  const { ada, agnes } = desk.people;
  const { code } = await ada.desk.people.invite({ commandId: desk.command(), person: agnes.id });
  await agnes.desk.session.acceptInvitation({ code, passphrase: NEXT });
  await ada.desk.people.registerKey({ commandId: desk.command(), person: agnes.id });
};

describe('the keys of a person', () => {
  test('are told with who registered them; the first counts at once', async () => {
    const desk = await deskForTest();
    const { keyId, keys } = await keysOf(desk, 'agnes');
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatchObject({
      id: keyId,
      registeredBy: { name: 'Ada' },
      confirmedBy: null,
      endedAt: null,
      cause: null,
    });
    expect(keys[0]!.validFrom).toBe(keys[0]!.registeredAt);
  });

  test('begin for the founder with the one that record 0 brought', async () => {
    const desk = await deskForTest();
    const { keyId, keys } = await keysOf(desk, 'ada');
    expect(keys.map(({ id }) => id)).toEqual([keyId]);
    expect(keys[0]!.validFrom).not.toBeNull();
  });

  test('tell that one was lost, and that the next counts only from its confirmation by a second person', async () => {
    const desk = await deskForTest();
    const { keyId: before } = await keysOf(desk, 'agnes');
    await replaceKey(desk);
    const waiting = await keysOf(desk, 'agnes');
    expect(waiting.keys.map(({ id }) => id)).toEqual([waiting.keyId, before]);
    expect(waiting.keys[0]).toMatchObject({ validFrom: null, confirmedBy: null, endedAt: null });
    expect(waiting.keys[1]).toMatchObject({ cause: 'lost' });
    expect(waiting.keys[1]!.endedAt).not.toBeNull();
    const { leo, agnes } = desk.people;
    await leo.desk.people.confirmKey({ commandId: desk.command(), person: agnes.id, key: waiting.keyId ?? '' });
    const [now] = (await keysOf(desk, 'agnes')).keys;
    expect(now).toMatchObject({ confirmedBy: { name: 'Leo' }, endedAt: null });
    expect(now!.validFrom).not.toBeNull();
  });

  test('end when their owner is removed, and say so', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const { version } = await keysOf(desk, 'agnes');
    await ada.desk.people.remove({ commandId: desk.command(), person: agnes.id, version });
    const removed = await keysOf(desk, 'agnes');
    expect(removed.removedAt).not.toBeNull();
    expect(removed.keys[0]).toMatchObject({ cause: 'removed', endedAt: removed.removedAt });
  });
});
