import { beforeEach, describe, expect, test } from 'vitest';
import { Sessions } from '#main/core/sessions.ts';
import { generateSigningKey } from '#main/keys/person-key.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { MINUTE, TestClock } from '../core/test-clock.ts';

const CLEO: PersonId = 'person/01KJPZV280FJSB2WEF85J2R618';

let clock: TestClock;
let sessions: Sessions;
let told: string[];

beforeEach(() => {
  clock = new TestClock();
  sessions = new Sessions(clock);
  told = [];
  sessions.onChange((id) => told.push(id));
  sessions.signIn('window', CLEO, generateSigningKey());
});

describe('a window that is left alone', () => {
  test('forgets the key and the given passphrase when its minutes are over, keeps its person, and says so', () => {
    clock.advance(10 * MINUTE - 1);
    sessions.lockIdle(() => 10);
    expect(sessions.get('window').key).not.toBeNull();
    clock.advance(1);
    sessions.lockIdle(() => 10);
    expect(sessions.get('window')).toMatchObject({ person: CLEO, key: null, confirmedAt: null });
    expect(told).toEqual(['window', 'window']);
  });

  test('is told of once, however often it is looked at', () => {
    clock.advance(60 * MINUTE);
    for (let look = 0; look < 3; look += 1) sessions.lockIdle(() => 10);
    expect(told).toEqual(['window', 'window']);
  });

  test('counts from the last sign of life', () => {
    clock.advance(9 * MINUTE);
    sessions.touch('window');
    clock.advance(9 * MINUTE);
    sessions.lockIdle(() => 10);
    expect(sessions.get('window').key).not.toBeNull();
  });

  test('leaves others alone, whose minutes are their own', () => {
    const BEN: PersonId = 'person/01KJPZV280FJSB2WEF85J2R619';
    sessions.signIn('another', BEN, generateSigningKey());
    clock.advance(10 * MINUTE);
    sessions.lockIdle((person) => (person === CLEO ? 10 : 11));
    expect([sessions.get('window').key === null, sessions.get('another').key === null]).toEqual([true, false]);
  });
});

test('signing out forgets the person too, and signing everybody out forgets them all', () => {
  sessions.signIn('another', CLEO, generateSigningKey());
  sessions.signOut('window');
  expect(sessions.get('window')).toMatchObject({ person: null, key: null, confirmedAt: null });
  expect(sessions.get('another').person).toBe(CLEO);
  sessions.signOutAll();
  expect(sessions.get('another')).toMatchObject({ person: null, key: null });
});
