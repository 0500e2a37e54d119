import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM ciphertext with its tag behind it. */
export interface Sealed {
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** @param key 32 bytes */
export const encrypt = (key: Uint8Array, plain: Uint8Array, additionalData: string): Sealed => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(additionalData, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { iv, ciphertext };
};

/** The plain bytes; `null` when key, ciphertext and additional data do not belong together. */
export const decrypt = (key: Uint8Array, { iv, ciphertext }: Sealed, additionalData: string): Uint8Array | null => {
  if (iv.length !== IV_BYTES || ciphertext.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(additionalData, 'utf8'));
  decipher.setAuthTag(ciphertext.subarray(ciphertext.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, ciphertext.length - TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
};

/** One byte string: IV, ciphertext, tag. */
export const encryptToBytes = (key: Uint8Array, plain: Uint8Array, additionalData: string): Uint8Array => {
  const { iv, ciphertext } = encrypt(key, plain, additionalData);
  return Buffer.concat([iv, ciphertext]);
};

export const decryptBytes = (key: Uint8Array, bytes: Uint8Array, additionalData: string): Uint8Array | null =>
  decrypt(key, { iv: bytes.subarray(0, IV_BYTES), ciphertext: bytes.subarray(IV_BYTES) }, additionalData);
