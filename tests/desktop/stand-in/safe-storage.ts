import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from './app.ts';

/** Which key ring this machine pretends to have: one, unless Chromium's own switch asks for none. */
const kind = process.argv.includes('--password-store=basic') ? 'basic_text' : 'present';

/** The pretended key ring is a file in the data folder, so that it outlasts a restart. It keeps nothing secret. */
const key = (): Buffer => {
  const path = join(app.getPath('userData'), 'stand-in.keyring');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32));
  return readFileSync(path);
};

const requireKeyRing = (): void => {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
};

const encrypt = (text: string): Buffer => {
  requireKeyRing();
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
};

const decrypt = (bytes: Buffer): string => {
  requireKeyRing();
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
};

export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(app.isReady()),
  getSelectedStorageBackend: () => {
    if (!app.isReady()) return 'unknown';
    return kind === 'basic_text' ? 'basic_text' : 'gnome_libsecret';
  },
  encryptStringAsync: async (text: string) => Promise.resolve(encrypt(text)),
  decryptStringAsync: async (bytes: Buffer) => Promise.resolve({ result: decrypt(bytes), shouldReEncrypt: false }),
};
