import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { DeskHost } from '#main/core/desk-host.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { clientOf, removeFolder } from './base-workspace.ts';
import { whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';

/** The desk's folder, opened by a program on another machine, which does not know the key that it is sealed with. */
const elsewhere = async (desk: TestDesk): Promise<DeskHost> => {
  await desk.host.shutDown();
  const home = mkdtempSync(join(tmpdir(), 'countersign-elsewhere-'));
  const machine = fileMachineSecret(join(home, 'machine.key'), diskStorage);
  const logger = pino({ level: 'silent' });
  const host = new DeskHost({ home, machine, cost: PRACTICE_COST, clock: desk.clock, logger });
  onTestFinished(async () => {
    await host.shutDown();
    removeFolder(home);
  });
  await host.open(desk.folder);
  return host;
};

test('A folder from another machine is opened by an admin’s passphrase alone, and is known from then on', async () => {
  const host = await elsewhere(await deskForTest());
  const { folder } = host.status() as { folder: string };
  const { workspace } = clientOf(host, 'a window');
  expect(await workspace.status()).toMatchObject({ state: 'sealed', name: 'Test desk' });
  expect(await whyRefused(workspace.unlock({ passphrase: 'not the passphrase' }))).toBe(
    'UNAUTHENTICATED wrongPassphrase',
  );
  expect(await workspace.status()).toMatchObject({ state: 'sealed' });
  expect(await workspace.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'open', name: 'Test desk' });
  await host.close();
  await host.open(folder);
  expect(await workspace.status()).toMatchObject({ state: 'open' });
});

test('A wrong passphrase leaves the screen that asks for it as it is', async () => {
  const host = await elsewhere(await deskForTest());
  const told: unknown[] = [];
  host.changes.subscribe(
    (change) => told.push(change),
    () => undefined,
  );
  await whyRefused(clientOf(host, 'a window').workspace.unlock({ passphrase: 'not the passphrase' }));
  expect(told).toEqual([]);
});

test('Whoever guesses the passphrase of a folder waits after five wrong ones', async () => {
  const desk = await deskForTest();
  const host = await elsewhere(desk);
  const { workspace } = clientOf(host, 'a window');
  for (let guess = 0; guess < 5; guess += 1)
    expect(await whyRefused(workspace.unlock({ passphrase: `guess number ${String(guess)}` }))).toBe(
      'UNAUTHENTICATED wrongPassphrase',
    );
  expect(await whyRefused(workspace.unlock({ passphrase: PASSPHRASE }))).toBe('RATE_LIMITED tooManyAttempts');
  desk.clock.advance(60_000);
  expect(await workspace.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'open' });
});
