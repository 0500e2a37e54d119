import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findMachineSecret, type KeyRing } from '#main/electron/keyring-secret.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

interface Faults {
  readonly backend?: 'basic_text' | 'unknown' | 'gnome_libsecret';
  readonly isAvailable?: boolean;
  readonly refuses?: boolean;
}

/** A key ring that marks what it seals with its own name; it opens nothing of another's. */
const keyRing = (name: string, { backend = 'gnome_libsecret', isAvailable = true, refuses = false }: Faults = {}) => {
  const ring: KeyRing = {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) =>
      refuses ? Promise.reject(new Error('refused')) : Promise.resolve(Buffer.from(`${name}:${text}`)),
    decryptStringAsync: (bytes) => {
      const text = bytes.toString();
      if (refuses || !text.startsWith(`${name}:`)) return Promise.reject(new Error('not mine'));
      return Promise.resolve({ result: text.slice(name.length + 1), shouldReEncrypt: false });
    },
  };
  return ring;
};

const find = (ring: KeyRing, home: string) => findMachineSecret(ring, { home, storage: diskStorage });

const SECRET = Buffer.from([1, 2, 3]);

describe('the machine’s secret', () => {
  it('is kept by the key ring, and the next start opens what it sealed', async () => {
    const home = temporaryFolder();
    const first = await find(keyRing('a'), home);
    expect(first.trouble).toBeNull();
    const sealed = first.machine.seal(SECRET);
    const second = await find(keyRing('a'), home);
    expect(second.machine.open(sealed)).toEqual(SECRET);
    expect(readdirSync(home)).toEqual(['machine.keyring']);
  });

  it.each([
    ['plainText', { backend: 'basic_text' }],
    ['plainText', { backend: 'unknown' }],
    ['unavailable', { isAvailable: false }],
    ['unavailable', { refuses: true }],
  ] as const)('is kept in a file of its owner’s, and called %s, where %j', async (trouble, faults) => {
    const home = temporaryFolder();
    const found = await find(keyRing('a', faults), home);
    expect(found.trouble).toBe(trouble);
    expect(found.machine.open(found.machine.seal(SECRET))).toEqual(SECRET);
    expect(readdirSync(home)).toEqual(['machine.key']);
    expect(statSync(join(home, 'machine.key')).mode & 0o777).toBe(0o600);
  });

  it('is made anew where the key ring has lost its key, and the old one is kept beside it', async () => {
    const home = temporaryFolder();
    const sealed = (await find(keyRing('a'), home)).machine.seal(SECRET);
    const old = readFileSync(join(home, 'machine.keyring'), 'utf8');
    const found = await find(keyRing('b'), home);
    expect(found.trouble).toBe('keyLost');
    expect(found.machine.open(found.machine.seal(SECRET))).toEqual(SECRET);
    expect(found.machine.open(sealed)).toBeNull();
    const lost = readdirSync(home).filter((name) => name.startsWith('machine.keyring.lost-'));
    expect(lost).toHaveLength(1);
    expect(readFileSync(join(home, lost[0] ?? ''), 'utf8')).toBe(old);
  });
});
