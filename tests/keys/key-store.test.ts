import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { KeyStore } from '#main/keys/key-store.ts';
import { fileMachineSecret, type MachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { generateSigningKey, signBase64 } from '#main/keys/person-key.ts';
import { diskStorage } from '#main/storage/storage.ts';

const ADA: PersonId = `person/${ulid()}`;
const BEN: PersonId = `person/${ulid()}`;
const ORIGIN = `countersign/${ulid()}`;
const PASSPHRASE = 'a long passphrase';
const MESSAGE = Buffer.from('message');

let root: string;
let folder: string;
let here: MachineSecret;
let store: KeyStore;

const machineNamed = (name: string): MachineSecret => fileMachineSecret(join(root, name, 'machine.key'), diskStorage);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  folder = join(root, 'keys');
  here = machineNamed('here');
  store = KeyStore.create(folder, here, diskStorage);
});

const save = async (person: PersonId, passphrase = PASSPHRASE) => {
  const key = generateSigningKey();
  store.storePersonKey(await store.wrapPersonKey(person, { key, origin: ORIGIN }, passphrase, PRACTICE_COST));
  return key;
};

const reopened = (machine = here): KeyStore | null => KeyStore.open(folder, machine, diskStorage);

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.reason;
    throw error;
  }
  return 'none';
};

describe('a person’s key', () => {
  test('opens by its person’s passphrase, and signs as before', async () => {
    const key = await save(ADA);
    const opened = await reopened()?.openPersonKey(ADA, PASSPHRASE);
    expect(opened?.id).toBe(key.id);
    expect(opened && signBase64(opened, MESSAGE)).toBe(signBase64(key, MESSAGE));
  });

  test('opens by no other passphrase, for nobody else, and not by the root key', async () => {
    await save(ADA);
    expect(await store.openPersonKey(ADA, 'another passphrase')).toBeNull();
    expect(await store.openPersonKey(BEN, PASSPHRASE)).toBeNull();
  });

  test('put in the place of another person’s does not open, though the passphrase is the same', async () => {
    await save(ADA);
    await save(BEN);
    const [one, other] = readdirSync(join(folder, 'people')).map((name) => join(folder, 'people', name));
    copyFileSync(one!, other!);
    const opened = [await store.openPersonKey(ADA, PASSPHRASE), await store.openPersonKey(BEN, PASSPHRASE)];
    expect(opened.filter((key) => key !== null)).toHaveLength(1);
  });

  test('is gone when it was removed', async () => {
    await save(ADA);
    store.removePersonKey(ADA);
    expect(store.personKey(ADA)).toBeNull();
    expect(await store.openPersonKey(ADA, PASSPHRASE)).toBeNull();
  });
});

describe('the root key', () => {
  test('opens on the machine that made it, and on no other', () => {
    expect(reopened()?.workspaceKey.kid).toBe(store.workspaceKey.kid);
    expect(reopened(machineNamed('elsewhere'))).toBeNull();
  });

  test('opens elsewhere by an admin’s passphrase, and from then on without', async () => {
    await store.trustAdmin(ADA, PASSPHRASE, PRACTICE_COST);
    const elsewhere = machineNamed('elsewhere');
    expect(await KeyStore.openAsAdmin(folder, 'a wrong passphrase', elsewhere, diskStorage)).toBeNull();
    const opened = await KeyStore.openAsAdmin(folder, PASSPHRASE, elsewhere, diskStorage);
    expect(opened?.workspaceKey.kid).toBe(store.workspaceKey.kid);
    expect(reopened(elsewhere)).toBeNull();
    opened?.trustMachine();
    expect(reopened(elsewhere)?.workspaceKey.kid).toBe(store.workspaceKey.kid);
    expect(reopened()?.workspaceKey.kid).toBe(store.workspaceKey.kid);
  });

  test('opens no longer by the passphrase of somebody who is no admin any more', async () => {
    await store.trustAdmin(ADA, PASSPHRASE, PRACTICE_COST);
    await store.trustAdmin(BEN, 'another long passphrase', PRACTICE_COST);
    store.distrustAdmin(ADA);
    expect([store.isTrustedAdmin(ADA), store.isTrustedAdmin(BEN)]).toEqual([false, true]);
    const elsewhere = machineNamed('elsewhere');
    expect(await KeyStore.openAsAdmin(folder, PASSPHRASE, elsewhere, diskStorage)).toBeNull();
    expect(await KeyStore.openAsAdmin(folder, 'another long passphrase', elsewhere, diskStorage)).not.toBeNull();
  });

  test('seals the checkpoint key, each customer’s and the credentials; none of them lies in the clear', () => {
    const checkpoint = generateSigningKey();
    store.saveCheckpointKey(checkpoint, ORIGIN);
    const customer = `customer/${ulid()}` as const;
    const { key, kid } = store.addCustomer(customer, 'network', 'sam.example');
    const channel = `channel/${ulid()}` as const;
    store.saveCredentials(channel, { appPassword: 'secr-etpa-sswo-rd42' });
    const again = reopened()!;
    expect(again.checkpointKey().id).toBe(checkpoint.id);
    expect(again.customerKey(customer)?.kid).toBe(kid);
    expect(again.customerOf('network', 'sam.example')).toBe(customer);
    expect(again.customerOf('another network', 'sam.example')).toBeNull();
    const credentials = z.strictObject({ appPassword: z.string() });
    expect(again.credentials(channel, credentials)).toEqual({ appPassword: 'secr-etpa-sswo-rd42' });
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      for (const secret of ['sam.example', 'secr-etpa', Buffer.from(key).toString('base64')]) {
        expect(text).not.toContain(secret);
      }
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }
  });

  test('does not take one sealed file for another', () => {
    const [one, other] = [`customer/${ulid()}`, `customer/${ulid()}`] as const;
    store.addCustomer(one, 'network', 'sam.example');
    store.addCustomer(other, 'network', 'ann.example');
    const file = (id: string): string => join(folder, 'customers', `${id.slice('customer/'.length)}.json`);
    copyFileSync(file(one), file(other));
    const again = reopened();
    expect(again?.customerKey(other)).toBeNull();
    expect(again?.customerKey(one)).not.toBeNull();
  });
});

describe('keys that cannot be read', () => {
  test.each([
    ['the root file is no JSON', 'root.json', '{'],
    ['the root file is of another shape', 'root.json', '{"machines":1}'],
    ['the checkpoint key is no JSON', 'checkpoint.json', '{'],
    ['the checkpoint key does not open', 'checkpoint.json', '{"box":"AAAA"}'],
  ])('are refused in words: %s', (_what, name, content) => {
    store.saveCheckpointKey(generateSigningKey(), ORIGIN);
    writeFileSync(join(folder, name), content);
    expect(reasonOf(() => reopened()?.checkpointKey())).toBe('keysDamaged');
  });

  test('are refused in words when the checkpoint key is missing', () => {
    expect(reasonOf(() => reopened()?.checkpointKey())).toBe('keysDamaged');
  });
});

describe('an invitation', () => {
  const EXPIRES = '2026-03-09T09:00:00.000Z';

  const invite = (command = ulid()): string => {
    store.invite(ADA, { command, expiresAt: EXPIRES });
    return store.invitationCode(ADA, command);
  };

  test('is found by its code as people read it aloud and type it, and by no other', () => {
    const code = invite();
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = [
      code.toLowerCase(),
      code.replaceAll('-', ''),
      ` ${code.replaceAll('-', ' ')} `,
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ];
    for (const spelling of typed) {
      expect(store.invitationByCode(spelling)).toMatchObject({ person: ADA, expiresAt: EXPIRES });
    }
    const wrong = `${code.slice(0, -1)}${code.endsWith('Z') ? 'Y' : 'Z'}`;
    for (const guess of ['', wrong, code.slice(0, -1)]) expect(store.invitationByCode(guess)).toBeNull();
  });

  test('has the same code whenever its command is asked again, and another for each command and person', () => {
    const command = ulid();
    const code = invite(command);
    expect(reopened()?.invitationCode(ADA, command)).toBe(code);
    expect(store.invitationCode(BEN, command)).not.toBe(code);
    expect(store.invitationCode(ADA, ulid())).not.toBe(code);
  });

  test('stores no code, and is worthless once it was redeemed or replaced', () => {
    const first = invite();
    const stored = readdirSync(join(folder, 'invitations')).map((name) =>
      readFileSync(join(folder, 'invitations', name), 'utf8'),
    );
    expect(stored).toHaveLength(1);
    expect(stored[0]).not.toContain(first);
    const second = invite();
    expect(store.invitationByCode(first)).toBeNull();
    expect(store.invitationByCode(second)).not.toBeNull();
    store.removeInvitation(ADA);
    expect(store.invitationByCode(second)).toBeNull();
  });
});
