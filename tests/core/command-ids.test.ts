import { describe, expect, test } from 'vitest';
import type { PersonId } from '#workflows/identifiers.ts';
import { recordsOfProcedure } from '#main/core/procedure-records.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { callByName, PROCEDURES } from './contract-procedures.ts';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { policyWith } from './wording.ts';

const takesCommand = ({ input }: (typeof PROCEDURES)[number]): boolean => {
  const shape = (input?.def as { shape?: object } | undefined)?.shape;
  return shape !== undefined && 'commandId' in shape;
};

describe('the id of a command', () => {
  test.each(PROCEDURES.filter(takesCommand).map(({ name }) => name))(
    'of %s is bound to the records it writes',
    (name) => {
      expect(recordsOfProcedure(name).length).toBeGreaterThan(0);
    },
  );

  test('stands for one input, also while the first is still under way', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const commandId = desk.command();
    const [one, other] = [await desk.flow.post('One', 'ann'), await desk.flow.post('Two', 'bob')];
    const outcomes = await outcomesOf(
      [one, other].map(({ address }) => agnes.desk.mention.capture({ commandId, address })),
    );
    expect(outcomes.sort()).toEqual(['INVALID_INPUT commandReused', 'done']);
    expect((await agnes.desk.reply.list({ queue: 'open' })).total).toBe(1);
  });

  test('stands for one subject, also after the program was started anew', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const claim = await desk.flow.target(await desk.flow.captured());
    await agnes.desk.reply.claim(claim);
    const other = await desk.flow.target(await desk.flow.captured('Another matter', 'ann.example'));
    await desk.restart();
    expect(await whyRefused(agnes.desk.reply.claim({ ...other, commandId: claim.commandId }))).toBe(
      'INVALID_INPUT commandReused',
    );
    expect((await agnes.desk.reply.claim(claim)).subject).toBe(claim.reply);
  });

  test('of a hold that was lifted is answered again after a restart, though its record names no reply', async () => {
    const desk = await deskForTest();
    const { leo } = desk.people;
    const reply = await desk.flow.captured();
    const signed = { passphrase: PASSPHRASE };
    await leo.desk.reply.placeHold({ ...(await desk.flow.target(reply)), ...signed, reason: 'A claim.' });
    const lift = { ...(await desk.flow.target(reply)), ...signed };
    const { seq } = await leo.desk.reply.liftHold(lift);
    await desk.restart();
    expect((await leo.desk.reply.liftHold(lift)).seq).toBe(seq);
  });

  test('that was refused may be sent again with what was wrong put right', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const commandId = desk.command();
    expect((await refusalOf(ada.desk.people.add({ commandId, name: 'Cleo', roles: ['agent'] }))).reason).toBe(
      'nameTaken',
    );
    await ada.desk.people.add({ commandId, name: 'Nora', roles: ['agent'] });
  });

  test('gives the same code for an invitation, however often and whenever it is sent', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const command = { commandId: desk.command(), name: 'Nora', roles: ['agent' as const] };
    const first = await ada.desk.people.add(command);
    await desk.restart();
    desk.clock.advance(60_000);
    expect(await ada.desk.people.add(command)).toEqual(first);
    const window = desk.window('Nora’s window');
    await window.session.acceptInvitation({ code: first.code, passphrase: PASSPHRASE });
    await desk.restart();
    expect(await ada.desk.people.add(command)).toEqual(first);
    expect(desk.host.desk.keys.invitationOf(first.subject as PersonId)).toBeNull();
    expect(await whyRefused(window.session.acceptInvitation({ code: first.code, passphrase: PASSPHRASE }))).toBe(
      'UNAUTHENTICATED invitationUnknown',
    );
  });
});

describe('commands that come together', () => {
  test('share one flush where they are about different replies', async () => {
    let flushes = 0;
    const storage: Storage = {
      ...diskStorage,
      flush: (file) => {
        flushes += 1;
        diskStorage.flush(file);
      },
    };
    const desk = await deskForTest({ storage });
    await desk.flow.approvedPolicy(policyWith({ passphraseMinutes: 10 }));
    const claims: unknown[] = [];
    for (let index = 0; index < 8; index += 1) {
      claims.push(
        await desk.flow.target(await desk.flow.captured(`Post ${String(index)}`, `customer-${String(index)}`)),
      );
    }
    flushes = 0;
    await Promise.all(claims.map((claim) => callByName(desk.people.agnes.desk, 'reply.claim', claim)));
    // The checkpoint is written by its own clock, and may fall between.
    expect(flushes).toBeLessThanOrEqual(2);
  });
});
