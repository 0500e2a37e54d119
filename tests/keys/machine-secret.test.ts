import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { diskStorage } from '#main/storage/storage.ts';

let path: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-machine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  path = join(folder, 'home', 'machine.key');
});

const secret = (at = path) => fileMachineSecret(at, diskStorage);

test('what a machine has sealed it opens again after a new start', () => {
  const plain = Buffer.from('a root key');
  const sealed = secret().seal(plain);
  expect(secret().open(sealed)).toEqual(plain);
  expect(sealed).not.toContain(plain.toString('base64').slice(0, 8));
});

test('another machine does not open it', () => {
  const sealed = secret().seal(Buffer.from('a root key'));
  expect(secret(`${path}-of-another`).open(sealed)).toBeNull();
});

test('what was changed, cut or is no ciphertext at all does not open', () => {
  const machine = secret();
  const sealed = machine.seal(Buffer.from('a root key'));
  const changed = Buffer.from(sealed, 'base64');
  changed[0] = (changed[0] ?? 0) ^ 1;
  for (const wrong of [changed.toString('base64'), sealed.slice(0, -8), '', 'not base64 …']) {
    expect(machine.open(wrong)).toBeNull();
  }
});

test('the secret is 32 bytes in a file for its owner alone, made when it is first needed', () => {
  const machine = secret();
  expect(() => statSync(path)).toThrow();
  machine.seal(Buffer.from('x'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path)).toHaveLength(32);
});

test('a file of another length is no secret, and is not replaced', () => {
  secret().seal(Buffer.from('x'));
  writeFileSync(path, 'too short');
  expect(() => secret().seal(Buffer.from('x'))).toThrow('is no machine secret');
  expect(readFileSync(path, 'utf8')).toBe('too short');
});
