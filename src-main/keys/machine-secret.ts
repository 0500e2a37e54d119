import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { decryptBytes, encryptToBytes } from './box.ts';
import { isNotFound, replaceFile, type Storage } from '../storage/storage.ts';

/**
 * What this machine can open and another cannot: the operating system's key ring on the desktop, a file of mode 0600
 * outside the workspace elsewhere.
 */
export interface MachineSecret {
  /** `keyring` or `file`; a wrapping by one is not tried with the other. */
  readonly kind: string;
  seal(plain: Uint8Array): string;
  /** `null` when it was sealed on another machine. */
  open(sealed: string): Uint8Array | null;
}

const PURPOSE = 'countersign/v1/machine';

/** A machine secret in a file, made at first use. */
export const fileMachineSecret = (path: string, storage: Storage): MachineSecret => {
  let cached: Uint8Array | null = null;
  const key = (): Uint8Array => {
    if (cached) return cached;
    try {
      cached = readFileSync(path);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      storage.makeFolder(dirname(path));
      cached = randomBytes(32);
      replaceFile(storage, path, cached);
    }
    if (cached.length !== 32) throw new Error(`${path} is no machine secret`);
    return cached;
  };
  return {
    kind: 'file',
    seal: (plain) => Buffer.from(encryptToBytes(key(), plain, PURPOSE)).toString('base64'),
    open: (sealed) => decryptBytes(key(), Buffer.from(sealed, 'base64'), PURPOSE),
  };
};
