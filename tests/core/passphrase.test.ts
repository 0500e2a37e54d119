import { describe, expect, test } from 'vitest';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR, MINUTE } from './test-clock.ts';
import { policyWith } from './wording.ts';

const signInAs = (desk: TestDesk, passphrase: string) => {
  const { cleo } = desk.people;
  return desk.window('another window').session.signIn({ person: cleo.id, passphrase });
};

describe('a decision', () => {
  test('asks for the passphrase, and takes none but the right one', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const reply = await desk.flow.inReview();
    const { passphrase: _known, ...decision } = await desk.flow.decision(reply, 'comms');
    const approve = (passphrase?: string) =>
      cleo.desk.reply.approve({ ...decision, comment: '', ...(passphrase === undefined ? {} : { passphrase }) });
    expect(await whyRefused(approve())).toBe('UNAUTHENTICATED passphraseNeeded');
    expect(await whyRefused(approve('guessed'))).toBe('UNAUTHENTICATED wrongPassphrase');
    expect(desk.typesFrom(0)).not.toContain('reply.approved');
    await approve(PASSPHRASE);
    expect(desk.typesFrom(0)).toContain('reply.approved');
  });

  test('takes no other person’s passphrase', async () => {
    const desk = await deskForTest();
    const { cleo, carl } = desk.people;
    await carl.desk.session.changePassphrase({ current: PASSPHRASE, next: 'only Carl knows it' });
    const reply = await desk.flow.inReview();
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '', passphrase: 'only Carl knows it' };
    expect(await whyRefused(cleo.desk.reply.approve(decision))).toBe('UNAUTHENTICATED wrongPassphrase');
  });

  test('remembers it for as many minutes as the policy says, and no longer', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    await desk.flow.approvedPolicy(policyWith({ passphraseMinutes: 10, approvalValidityHours: 48 }));
    const replies = [
      await desk.flow.inReview('One'),
      await desk.flow.inReview('Two'),
      await desk.flow.inReview('Three'),
    ];
    const approve = async (index: number, passphrase?: string) => {
      const { passphrase: _known, ...decision } = await desk.flow.decision(replies[index]!, 'comms');
      await cleo.desk.reply.approve({ ...decision, comment: '', ...(passphrase === undefined ? {} : { passphrase }) });
    };
    await desk.pass(HOUR);
    expect(await whyRefused(approve(0))).toBe('UNAUTHENTICATED passphraseNeeded');
    await approve(0, PASSPHRASE);
    await desk.pass(10 * MINUTE - 1);
    await approve(1);
    await desk.pass(1);
    expect(await whyRefused(approve(2))).toBe('UNAUTHENTICATED passphraseNeeded');
  });

  test('is not made by a locked desk, nor after signing out', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const reply = await desk.flow.inReview();
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '' };
    await cleo.desk.session.lock();
    expect(await whyRefused(cleo.desk.reply.approve(decision))).toBe('UNAUTHENTICATED locked');
    expect(await whyRefused(cleo.desk.reply.get({ reply }))).toBe('UNAUTHENTICATED locked');
    await cleo.desk.session.unlock({ passphrase: PASSPHRASE });
    await cleo.desk.session.signOut();
    expect(await whyRefused(cleo.desk.reply.approve(decision))).toBe('UNAUTHENTICATED signedOut');
  });
});

describe('whoever guesses a passphrase', () => {
  test('waits after five wrong ones, twice as long each time, and then gets in with the right one', async () => {
    const desk = await deskForTest();
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await whyRefused(signInAs(desk, `guess ${String(guess)}`))).toBe('UNAUTHENTICATED wrongPassphrase');
    }
    expect(await refusalOf(signInAs(desk, PASSPHRASE))).toMatchObject({
      code: 'RATE_LIMITED',
      reason: 'tooManyAttempts',
      values: { seconds: 1 },
      retryable: true,
    });
    desk.clock.advance(1_000);
    expect(await whyRefused(signInAs(desk, 'guess again'))).toBe('UNAUTHENTICATED wrongPassphrase');
    expect(await refusalOf(signInAs(desk, PASSPHRASE))).toMatchObject({ values: { seconds: 2 } });
    desk.clock.advance(2_000);
    expect(await signInAs(desk, PASSPHRASE)).toMatchObject({ state: 'signedIn' });
  });

  test('is slowed by the same count at the sign-in, at a decision, at unlocking and at changing it', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const reply = await desk.flow.inReview();
    const wrong = { ...(await desk.flow.decision(reply, 'comms')), comment: '', passphrase: 'wrong' };
    await whyRefused(cleo.desk.reply.approve(wrong));
    await whyRefused(cleo.desk.session.unlock({ passphrase: 'wrong' }));
    await whyRefused(cleo.desk.session.changePassphrase({ current: 'wrong', next: 'a new long one' }));
    await whyRefused(signInAs(desk, 'wrong'));
    await whyRefused(signInAs(desk, 'wrong'));
    for (const work of [
      cleo.desk.reply.approve({ ...wrong, passphrase: PASSPHRASE }),
      cleo.desk.session.unlock({ passphrase: PASSPHRASE }),
      cleo.desk.session.changePassphrase({ current: PASSPHRASE, next: 'a new long one' }),
      signInAs(desk, PASSPHRASE),
    ]) {
      expect(await whyRefused(work)).toBe('RATE_LIMITED tooManyAttempts');
    }
  });

  test('gains nothing by guessing fifty times at once', async () => {
    const desk = await deskForTest();
    const guesses = Array.from({ length: 50 }, (_, guess) => signInAs(desk, `guess ${String(guess)}`));
    const outcomes = await outcomesOf(guesses);
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED wrongPassphrase')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED tooManyAttempts')).toHaveLength(45);
  });

  test('gains nothing by starting the program anew', async () => {
    const desk = await deskForTest();
    await outcomesOf(Array.from({ length: 5 }, () => signInAs(desk, 'wrong')));
    await desk.restart();
    expect(await whyRefused(signInAs(desk, PASSPHRASE))).toBe('RATE_LIMITED tooManyAttempts');
  });

  test('keeps nobody else out', async () => {
    const desk = await deskForTest();
    await outcomesOf(Array.from({ length: 9 }, () => signInAs(desk, 'wrong')));
    const other = desk.window('yet another').session.signIn({ person: desk.people.carl.id, passphrase: PASSPHRASE });
    expect(await other).toMatchObject({ state: 'signedIn' });
  });

  test('never waits longer than five minutes', async () => {
    const desk = await deskForTest();
    for (let guess = 0; guess < 20; guess += 1) {
      await whyRefused(signInAs(desk, 'wrong'));
      desk.clock.advance(5 * MINUTE);
    }
    await whyRefused(signInAs(desk, 'wrong'));
    desk.clock.advance(5 * MINUTE - 1_000);
    expect(await refusalOf(signInAs(desk, PASSPHRASE))).toMatchObject({ values: { seconds: 1 } });
    desk.clock.advance(1_000);
    expect(await signInAs(desk, PASSPHRASE)).toMatchObject({ state: 'signedIn' });
  });
});

describe('changing the passphrase', () => {
  test('leaves the old one worthless and the key the same', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    await cleo.desk.session.changePassphrase({ current: PASSPHRASE, next: 'quite another one' });
    expect(await whyRefused(signInAs(desk, PASSPHRASE))).toBe('UNAUTHENTICATED wrongPassphrase');
    expect(await signInAs(desk, 'quite another one')).toMatchObject({ state: 'signedIn', keyState: 'valid' });
  });

  test('to one of fewer than ten characters is refused', async () => {
    const desk = await deskForTest();
    const work = desk.people.cleo.desk.session.changePassphrase({ current: PASSPHRASE, next: 'too short' });
    expect((await refusalOf(work)).code).toBe('INVALID_INPUT');
  });
});

describe('a desk left alone', () => {
  test('locks when the policy’s minutes are over, and not for whoever is there', async () => {
    const desk = await deskForTest();
    const { cleo, carl } = desk.people;
    const check = () => desk.host.sessions.lockIdle((person) => desk.host.idleMinutes(person));
    desk.clock.advance(14 * MINUTE);
    await carl.desk.session.touch();
    desk.clock.advance(MINUTE);
    check();
    expect(await cleo.desk.session.current()).toMatchObject({ state: 'locked', person: { name: 'Cleo' } });
    expect(await carl.desk.session.current()).toMatchObject({ state: 'signedIn' });
  });

  test('locks sooner where its person wants it, never later than the policy says', async () => {
    const desk = await deskForTest();
    const { cleo, carl } = desk.people;
    await cleo.desk.preferences.set({ idleLockMinutes: 2 });
    await carl.desk.preferences.set({ idleLockMinutes: 400 });
    expect(desk.host.idleMinutes(cleo.id)).toBe(2);
    expect(desk.host.idleMinutes(carl.id)).toBe(15);
  });
});
