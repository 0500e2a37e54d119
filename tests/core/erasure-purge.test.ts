import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ulidOf } from '#workflows/identifiers.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { systemError, watchedStorage } from '../journal/watched-storage.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { confirm, customerOf, dismissed, erase, erasureView, propose } from './erasure-flow.ts';
import { whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { text } from './wording.ts';

/** Long enough for a file of its own. */
const LONG = '€'.repeat(6_000);

/** A customer with a file, a draft and a post on the practice network, whom an admin proposes to erase. */
const proposed = async (desk: TestDesk) => {
  const reply = await desk.flow.captured();
  const draft = { document: text('Dear Sam'), template: null, language: 'en', note: '', basedOn: 0 };
  await desk.people.agnes.desk.reply.saveDraft({ reply, draft });
  await dismissed(desk, reply, LONG);
  const customer = await customerOf(desk, reply);
  await propose(desk, customer);
  return { reply, customer };
};

/** What is left of the customer in the folder. */
const leftovers = (desk: TestDesk): string[] =>
  ['drafts', 'evidence', 'keys/customers', 'keys/identities'].flatMap((name) => readdirSync(join(desk.folder, name)));

const OF_THE_PURGE = ['remove', 'flushFolder', 'open', 'write', 'flush', 'rename'];

/** What the disk is asked to do from when the records of the confirmation are durable. */
const stepsOfPurge = async (): Promise<number> => {
  const watched = watchedStorage();
  const desk = await deskForTest({ storage: watched.storage });
  const { customer } = await proposed(desk);
  const from = watched.calls.length;
  await confirm(desk, customer);
  const calls = watched.calls.slice(from).filter(({ operation }) => OF_THE_PURGE.includes(operation));
  expect(calls.filter(({ operation }) => operation === 'remove').length).toBeGreaterThanOrEqual(4);
  return calls.length;
};

test('a process that dies at any moment of an erasure leaves it undone or finishes it at the next start', async () => {
  const steps = await stepsOfPurge();
  const outcomes = { undone: 0, finishedAfterwards: 0 };
  for (let moment = 1; moment <= steps; moment += 1) {
    const watched = watchedStorage();
    const desk = await deskForTest({ storage: watched.storage, expectsFaults: true });
    const { customer } = await proposed(desk);
    let count = 0;
    watched.intercept = ({ operation }) => {
      if (!OF_THE_PURGE.includes(operation)) return undefined;
      count += 1;
      if (count >= moment) throw systemError('EIO');
      return undefined;
    };
    const answer = confirm(desk, customer);
    await answer.catch(() => undefined);
    await desk.restart(() => {
      watched.intercept = () => undefined;
    });
    const { state } = await erasureView(desk, customer);
    if (state === 'erased') {
      outcomes.finishedAfterwards += 1;
      expect([moment, leftovers(desk)]).toEqual([moment, []]);
      expect(desk.host.desk.network.posts).toEqual([]);
    } else {
      outcomes.undone += 1;
      expect((await erasureView(desk, customer)).handle).toBe('sam.example');
      await confirm(desk, customer);
      expect(leftovers(desk)).toEqual([]);
    }
    expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
  }
  expect(outcomes.undone).toBeGreaterThan(0);
  expect(outcomes.finishedAfterwards).toBeGreaterThan(4);
});

describe('a disk that lets nothing be removed', () => {
  const stubborn = async () => {
    const watched = watchedStorage();
    const desk = await deskForTest({ storage: watched.storage, expectsFaults: true });
    const { reply, customer } = await proposed(desk);
    watched.intercept = ({ operation }) => {
      if (operation === 'remove') throw systemError('EIO');
      return undefined;
    };
    return { watched, desk, reply, customer };
  };

  test('is told to whoever confirmed, and nothing of the customer is shown all the same', async () => {
    const { desk, reply, customer } = await stubborn();
    expect(await whyRefused(confirm(desk, customer))).toBe('UNAVAILABLE erasureIncomplete');
    expect(await erasureView(desk, customer)).toMatchObject({
      state: 'erased',
      handle: null,
      erased: { isComplete: false },
    });
    expect((await desk.flow.view(reply)).post).toBeNull();
    const again = await desk.flow.captured('It is me again.');
    expect(await customerOf(desk, again)).not.toBe(customer);
  });

  test('is asked again when the command is sent again, and somebody who came back keeps their new name', async () => {
    const { watched, desk, customer } = await stubborn();
    const { version } = await erasureView(desk, customer);
    const command = { commandId: desk.command(), customer, version, passphrase: PASSPHRASE };
    expect(await whyRefused(desk.people.leo.desk.erasure.confirm(command))).toBe('UNAVAILABLE erasureIncomplete');
    const again = await customerOf(desk, await desk.flow.captured('It is me again.'));
    watched.intercept = () => undefined;
    expect((await desk.people.leo.desk.erasure.confirm(command)).count).toBe(2);
    expect((await erasureView(desk, customer)).erased).toMatchObject({ isComplete: true });
    expect(await customerOf(desk, await desk.flow.captured('And once more.'))).toBe(again);
  });
});

test('what a crash left of keys, drafts and the network’s file goes, too', async () => {
  const desk = await deskForTest();
  const { reply, customer } = await proposed(desk);
  const identity = readdirSync(join(desk.folder, 'keys', 'identities'))[0] ?? '';
  const left = [
    join('keys', 'customers', `${ulidOf(customer)}.json.0.tmp`),
    join('keys', 'identities', `${identity}.0.tmp`),
    join('drafts', `${ulidOf(reply)}.${ulidOf(desk.people.ben.id)}.0.tmp`),
    join('practice', 'network.json.0.tmp'),
  ];
  for (const name of left) writeFileSync(join(desk.folder, name), 'left by a crash');
  await confirm(desk, customer);
  expect(left.filter((name) => existsSync(join(desk.folder, name)))).toEqual([]);
});

test('a customer’s key that was damaged since is destroyed like any other', async () => {
  const desk = await deskForTest();
  const { customer } = await proposed(desk);
  const path = join(desk.folder, 'keys', 'customers', `${ulidOf(customer)}.json`);
  await desk.restart(() => {
    writeFileSync(path, 'garbled');
  });
  await confirm(desk, customer);
  expect(existsSync(path)).toBe(false);
  expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
});

test('a key that comes back with an older copy of its folder is destroyed at the next start', async () => {
  const desk = await deskForTest();
  const reply = await desk.flow.captured();
  await dismissed(desk, reply);
  const customer = await customerOf(desk, reply);
  const path = join(desk.folder, 'keys', 'customers', `${ulidOf(customer)}.json`);
  const copy = `${desk.home}/copy.json`;
  copyFileSync(path, copy);
  await erase(desk, customer);
  await desk.restart(() => {
    copyFileSync(copy, path);
    rmSync(copy);
  });
  expect(existsSync(path)).toBe(false);
  expect((await desk.flow.view(reply)).post).toBeNull();
});

describe('a file of evidence', () => {
  test('that an erasure lists may be absent, and one that it does not list may not', async () => {
    const desk = await deskForTest({ expectsDamage: true });
    const { customer } = await proposed(desk);
    await dismissed(desk, await desk.flow.captured('Mine, too.', 'ann.example'), LONG);
    await confirm(desk, customer);
    expect((await verifyWorkspace(desk.folder)).problems).toEqual([]);
    const [left, ...more] = readdirSync(join(desk.folder, 'evidence'));
    expect(more).toEqual([]);
    diskStorage.remove(join(desk.folder, 'evidence', left ?? ''));
    expect((await verifyWorkspace(desk.folder)).problems).toMatchObject([{ code: 'missing-evidence' }]);
  });
});
