import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { decryptBytes, encryptToBytes } from '../keys/box.ts';
import { fileMachineSecret, type MachineSecret } from '../keys/machine-secret.ts';
import { isNotFound, replaceFile, type Storage } from '../storage/storage.ts';

/** The operating system's key ring, as far as it is used here. Its backend can be asked for on Linux alone. */
export type KeyRing = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'> &
  Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>;

/** Why the machine's secret is less well kept than it should be. */
export type KeyRingTrouble =
  /** There is no key ring: what Electron calls encryption would be plain text (Linux). */
  | 'plainText'
  /** There is one, and it cannot be used now. */
  | 'unavailable'
  /** It works, but has lost the key; a new one took its place, and what the old one sealed needs an admin's passphrase. */
  | 'keyLost';

export interface FoundSecret {
  readonly machine: MachineSecret;
  readonly trouble: KeyRingTrouble | null;
}

const PURPOSE = 'countersign/v1/keyring';
const KEY_BYTES = 32;

const secretOf = (key: Uint8Array): MachineSecret => ({
  kind: 'keyring',
  seal: (plain) => Buffer.from(encryptToBytes(key, plain, PURPOSE)).toString('base64'),
  open: (sealed) => decryptBytes(key, Buffer.from(sealed, 'base64'), PURPOSE),
});

const readSealedKey = (path: string): Buffer | null => {
  try {
    return Buffer.from(readFileSync(path, 'utf8'), 'base64');
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
};

/** The key ring's calls are asynchronous, so it seals one key, and that key, in memory, seals the rest. */
class KeyInRing {
  readonly #ring: KeyRing;
  readonly #path: string;
  readonly #storage: Storage;

  constructor(ring: KeyRing, path: string, storage: Storage) {
    this.#ring = ring;
    this.#path = path;
    this.#storage = storage;
  }

  /** `null` when there is none yet. @throws whatever the key ring throws, and Error when what it opened is no key */
  async read(): Promise<Uint8Array | null> {
    const sealed = readSealedKey(this.#path);
    if (!sealed) return null;
    const { result, shouldReEncrypt } = await this.#ring.decryptStringAsync(sealed);
    const key = Buffer.from(result, 'base64');
    if (key.length !== KEY_BYTES) throw new Error('the key ring opened something that is no key');
    if (shouldReEncrypt) await this.#write(key);
    return key;
  }

  /** A new key in place of none, or of one that is lost and is kept beside it. */
  async make(): Promise<Uint8Array> {
    const key = randomBytes(KEY_BYTES);
    if (readSealedKey(this.#path)) this.#storage.rename(this.#path, `${this.#path}.lost-${String(Date.now())}`);
    await this.#write(key);
    return key;
  }

  /** Whether the key ring gives back what it is given. */
  async works(): Promise<boolean> {
    try {
      const probe = randomBytes(KEY_BYTES).toString('base64');
      const { result } = await this.#ring.decryptStringAsync(await this.#ring.encryptStringAsync(probe));
      return result === probe;
    } catch {
      return false;
    }
  }

  async #write(key: Uint8Array): Promise<void> {
    const sealed = await this.#ring.encryptStringAsync(Buffer.from(key).toString('base64'));
    replaceFile(this.#storage, this.#path, Buffer.from(sealed.toString('base64'), 'utf8'));
  }
}

const isPlainText = (ring: KeyRing): boolean => {
  const backend = ring.getSelectedStorageBackend?.();
  return backend === 'basic_text' || backend === 'unknown';
};

/**
 * The machine's secret from the operating system's key ring; from a file of mode 0600 where there is none to trust, with
 * the reason. Precondition: the app is ready.
 */
export const findMachineSecret = async (
  ring: KeyRing,
  { home, storage }: { home: string; storage: Storage },
): Promise<FoundSecret> => {
  const inFile = (trouble: KeyRingTrouble): FoundSecret => ({
    machine: fileMachineSecret(join(home, 'machine.key'), storage),
    trouble,
  });
  if (isPlainText(ring)) return inFile('plainText');
  const held = new KeyInRing(ring, join(home, 'machine.keyring'), storage);
  if (!(await ring.isAsyncEncryptionAvailable()) || !(await held.works())) return inFile('unavailable');
  try {
    return { machine: secretOf((await held.read()) ?? (await held.make())), trouble: null };
  } catch {
    return { machine: secretOf(await held.make()), trouble: 'keyLost' };
  }
};
