import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { PassphraseGuard } from '#main/core/sessions.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR, MINUTE, MORNING } from './test-clock.ts';

const DAY = 24 * HOUR;

describe('when the clock leaps forward by more than a day', () => {
  test('no timer fires until a person has confirmed the time', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    const from = desk.clock.time();
    desk.clock.leap(DAY + 1);
    await desk.settle();
    expect(desk.records().at(-1)).toMatchObject({ type: 'clock.jumped', data: { from, to: desk.clock.time() } });
    const { agnes } = desk.people;
    expect((await agnes.desk.desk.overview()).clockJump).toEqual({ from, to: desk.clock.time() });
    await desk.pass(HOUR);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    await agnes.desk.desk.confirmClock({ commandId: desk.command() });
    expect(desk.records().at(-1)).toMatchObject({ type: 'clock.confirmed', actor: { person: agnes.id } });
    await desk.settle();
    expect((await desk.flow.view(reply)).serviceLevel).toBe('breached');
    expect((await agnes.desk.desk.overview()).clockJump).toBeNull();
  });

  test('nothing that was scheduled or released is sent until then', async () => {
    const desk = await deskForTest();
    const scheduled = await desk.flow.approved('Scheduled.');
    await desk.flow.schedule(scheduled, new Date(desk.clock.now() + DAY + 5 * MINUTE).toISOString());
    await desk.settle();
    desk.clock.leap(DAY + 5 * MINUTE);
    await desk.settle();
    await desk.people.agnes.desk.reply.retryNow({ reply: scheduled });
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('it still waits for a person after the program was started anew', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    desk.clock.leap(3 * DAY);
    await desk.settle();
    await desk.restart();
    await desk.pass(HOUR);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    expect((await desk.people.uma.desk.desk.overview()).clockJump).not.toBeNull();
  });

  test('a day in which the computer slept or worked is no leap', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.settle();
    await desk.pass(3 * DAY);
    desk.clock.leap(DAY);
    await desk.settle();
    expect(desk.typesFrom(0)).not.toContain('clock.jumped');
    expect((await desk.flow.view(reply)).serviceLevel).toBe('breached');
  });

  test('confirming a clock that did not leap records nothing', async () => {
    const desk = await deskForTest();
    const before = desk.size;
    await desk.people.agnes.desk.desk.confirmClock({ commandId: desk.command() });
    expect(desk.size).toBe(before);
  });
});

describe('when the clock is set back', () => {
  test('by a little, the records keep their order in time', async () => {
    const desk = await deskForTest();
    await desk.flow.captured();
    desk.clock.leap(-4 * MINUTE);
    await desk.flow.drafted();
    const times = desk.records().map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  test('by more than five minutes, commands are refused in words and nothing is recorded', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const target = await desk.flow.target(reply);
    const before = desk.size;
    desk.clock.leap(-6 * MINUTE);
    expect(await refusalOf(desk.people.agnes.desk.reply.claim(target))).toMatchObject({
      code: 'UNAVAILABLE',
      reason: 'clockBehind',
      values: { newest: desk.records().at(-1)?.at, now: desk.clock.time() },
    });
    expect(desk.size).toBe(before);
    desk.clock.leap(6 * MINUTE);
    await desk.people.agnes.desk.reply.claim(target);
  });
});

const YEARS = Date.parse('2099-03-03T10:00:00.000Z') - MORNING;

/** The clock stood in 2099 while something was recorded, and was set right again; gives what came of the meantime. */
const wasIn2099 = async <Result>(
  desk: TestDesk,
  meanwhile: () => Promise<Result> | undefined = () => undefined,
): Promise<Result | undefined> => {
  desk.clock.leap(YEARS);
  await desk.settle();
  const result = await meanwhile();
  desk.clock.leap(-YEARS);
  await desk.settle();
  return result;
};

const correct = async (desk: TestDesk, by: Actor = desk.people.ada): Promise<CommandReceipt> => {
  const newest = desk.records().at(-1)?.at ?? '';
  const command = { commandId: desk.command(), newest, reason: 'The battery was empty.', passphrase: PASSPHRASE };
  const receipt = await by.desk.desk.correctClock(command);
  await desk.settle();
  return receipt;
};

const problemsOf = async (desk: TestDesk): Promise<unknown> =>
  (await verifyWorkspace(desk.folder, { rules: new JournalRules(nodeCrypto) })).problems;

describe('when something was recorded by a clock that stood in 2099', () => {
  test('everybody is told what the newest record and this computer say, and who can correct it', async () => {
    const desk = await deskForTest();
    await wasIn2099(desk);
    const { clockBehind } = await desk.people.agnes.desk.desk.overview();
    expect(clockBehind).toEqual({
      newest: desk.records().at(-1)?.at,
      now: desk.clock.time(),
      mayCorrect: false,
      canCorrect: ['Abe', 'Ada'],
    });
    expect(clockBehind?.newest).toMatch(/^2099-03-03T/);
    expect((await desk.people.ada.desk.desk.overview()).clockBehind).toMatchObject({ mayCorrect: true });
  });

  test('an admin’s signed correction lets time go back, work goes on, and verification takes it', async () => {
    const desk = await deskForTest();
    await wasIn2099(desk);
    const newest = desk.records().at(-1)?.at;
    const receipt = await correct(desk);
    expect(receipt.count).toBe(1);
    expect(desk.records().at(receipt.seq ?? 0)).toMatchObject({
      type: 'clock.corrected',
      at: desk.clock.time(),
      actor: { person: desk.people.ada.id, role: 'admin' },
      data: { from: newest, to: desk.clock.time() },
    });
    const overview = await desk.people.agnes.desk.desk.overview();
    expect([overview.clockBehind, overview.clockJump]).toEqual([null, null]);
    const reply = await desk.flow.published('As ever.');
    expect(desk.records().at(-1)?.at).toBe(desk.clock.time());
    expect((await desk.flow.view(reply)).serviceLevel).toBe('met');
    expect(await problemsOf(desk)).toEqual([]);
    await desk.restart();
    expect(desk.host.desk.journal.readOnly).toBeNull();
    await desk.flow.captured('After a restart.');
  });

  test('its reason is sealed, and shown with the record', async () => {
    const desk = await deskForTest();
    await wasIn2099(desk);
    const { seq } = await correct(desk);
    const record = desk.records().at(seq ?? 0);
    expect(JSON.stringify(record)).not.toContain('battery');
    expect((await desk.people.uma.desk.journal.record({ seq: seq ?? 0 })).text).toBe('The battery was empty.');
  });

  test('nobody but an admin corrects it, nobody without the passphrase, and nobody when it is not behind', async () => {
    const desk = await deskForTest();
    await wasIn2099(desk);
    const before = desk.size;
    expect(await whyRefused(correct(desk, desk.people.leo))).toBe('FORBIDDEN roleMayNot');
    const newest = desk.records().at(-1)?.at ?? '';
    const command = { commandId: desk.command(), newest, reason: 'Why.', passphrase: 'not the passphrase' };
    expect(await whyRefused(desk.people.ada.desk.desk.correctClock(command))).toBe('UNAUTHENTICATED wrongPassphrase');
    const older = { ...command, newest: desk.records()[0]?.at ?? '', passphrase: PASSPHRASE };
    expect(await whyRefused(desk.people.ada.desk.desk.correctClock(older))).toBe('VERSION_CONFLICT changedElsewhere');
    expect(desk.size).toBe(before);
    await correct(desk);
    expect(await whyRefused(correct(desk))).toBe('ILLEGAL_TRANSITION clockNotBehind');
  });

  test('an approval that was signed then does not count: the reviewers decide again', async () => {
    const desk = await deskForTest();
    const reply = await wasIn2099(desk, async () => {
      await desk.people.agnes.desk.desk.confirmClock({ commandId: desk.command() });
      return desk.flow.approved('Approved in 2099.');
    });
    if (!reply) throw new Error('nothing was approved');
    await correct(desk);
    expect((await desk.flow.view(reply)).state).toBe('inReview');
    expect(desk.typesFrom(0)).toContain('reply.approvalExpired');
    await desk.flow.approve(reply, desk.people.cleo, 'comms');
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('what became due by the false time is due as long after the right one', async () => {
    const desk = await deskForTest();
    const taken = await wasIn2099(desk, async () => {
      await desk.people.agnes.desk.desk.confirmClock({ commandId: desk.command() });
      const waiting = await desk.flow.captured('Posted in 2099.');
      const { dueAt, post } = await desk.flow.view(waiting);
      const promise = Date.parse(dueAt) - Date.parse(post?.at ?? '');
      const watched = await desk.flow.captured('To be watched.', 'ann.example');
      const until = new Date(desk.clock.now() + 2 * DAY).toISOString();
      const triage = {
        ...(await desk.flow.target(watched)),
        outcome: 'monitoring' as const,
        reason: 'Wait.',
        until,
        into: null,
      };
      await desk.people.agnes.desk.reply.triage(triage);
      return { waiting, watched, promise };
    });
    if (!taken) throw new Error('nothing was taken in');
    const { waiting, watched, promise } = taken;
    const now = desk.clock.now();
    await correct(desk);
    expect(Date.parse((await desk.flow.view(waiting)).dueAt)).toBe(now + promise);
    await desk.pass(2 * DAY - HOUR);
    expect((await desk.flow.view(watched)).state).toBe('monitoring');
    await desk.pass(2 * HOUR);
    expect((await desk.flow.view(watched)).state).toBe('triage');
    expect(desk.typesFrom(0).filter((type) => type === 'reply.recounted')).toHaveLength(2);
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('nobody waits until then for another try at a passphrase', async () => {
    const desk = await deskForTest();
    const guard = new PassphraseGuard(desk.home, desk.clock, diskStorage);
    desk.clock.leap(YEARS);
    for (let failure = 0; failure < 6; failure += 1) guard.failed('somebody');
    desk.clock.leap(-YEARS);
    const check = (): void => {
      guard.check('somebody');
    };
    expect(check).toThrow();
    desk.clock.advance(MINUTE);
    expect(check).not.toThrow();
  });

  test('an invitation that was made then does not hold for years', async () => {
    const desk = await deskForTest();
    const code = await wasIn2099(desk, async () => {
      const { ada } = desk.people;
      const added = await ada.desk.people.add({ commandId: desk.command(), name: 'Nora', roles: ['agent'] });
      return added.code;
    });
    await correct(desk);
    const { ben } = desk.people;
    const redeemed = ben.desk.session.acceptInvitation({ code: code ?? '', passphrase: PASSPHRASE });
    expect(await whyRefused(redeemed)).toBe('UNAUTHENTICATED invitationExpired');
  });
});

describe('when the program starts in another time', () => {
  test('more than a month after the newest record, nothing is due before somebody has confirmed the time', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.restart(() => {
      desk.clock.leap(YEARS);
    });
    await desk.settle();
    expect(desk.records().at(-1)?.type).toBe('clock.jumped');
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    desk.clock.leap(-YEARS);
    await correct(desk);
    expect((await desk.flow.view(reply)).serviceLevel).toBe('onTime');
    expect(await problemsOf(desk)).toEqual([]);
  });

  test('nor when the first thing that it records is what a crash left', async () => {
    const desk = await deskForTest({ expectsFaults: true });
    await desk.flow.captured();
    await desk.restart(() => {
      appendFileSync(join(desk.folder, 'journal', '00000000000000000000.jsonl'), '{"half":');
      desk.clock.leap(YEARS);
    });
    await desk.settle();
    expect(desk.typesFrom(0).slice(-2)).toEqual(['journal.recovered', 'clock.jumped']);
  });

  test('after a weekend it just goes on', async () => {
    const desk = await deskForTest();
    await desk.flow.captured();
    await desk.restart(() => {
      desk.clock.leap(4 * DAY);
    });
    await desk.settle();
    expect(desk.typesFrom(0)).not.toContain('clock.jumped');
  });
});

describe('when the computer’s own clock was set back by hours', () => {
  test('setting it right is enough: nothing is corrected and nothing lost', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    desk.clock.leap(-3 * HOUR);
    await desk.settle();
    expect((await desk.people.ada.desk.desk.overview()).clockBehind).not.toBeNull();
    desk.clock.leap(3 * HOUR);
    expect((await desk.people.ada.desk.desk.overview()).clockBehind).toBeNull();
    await desk.people.agnes.desk.reply.claim(await desk.flow.target(reply));
    expect(desk.typesFrom(0)).not.toContain('clock.corrected');
  });

  test('and that is the right time, an admin corrects it and due times that were right stay', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const { dueAt } = await desk.flow.view(reply);
    await desk.pass(MINUTE);
    desk.clock.leap(-10 * MINUTE);
    await correct(desk);
    await desk.people.agnes.desk.reply.claim(await desk.flow.target(reply));
    expect(Date.parse((await desk.flow.view(reply)).dueAt)).toBeLessThanOrEqual(Date.parse(dueAt));
    expect(await problemsOf(desk)).toEqual([]);
  });
});

describe('a tick of the timers', () => {
  test('records everything that has become due, not one thing of each reply', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved();
    desk.clock.advance(DAY);
    await desk.tick();
    const types = desk
      .records()
      .filter(({ subject }) => subject === reply)
      .slice(-2)
      .map(({ type }) => type);
    expect(types.sort()).toEqual(['reply.approvalExpired', 'reply.breached']);
  });
});
