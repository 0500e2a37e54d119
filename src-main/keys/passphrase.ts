import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';
import { decryptBytes, encryptToBytes } from './box.ts';

/** Cost of scrypt (RFC 7914): `2 ** costExponent` rounds over blocks of 1 KiB. */
export interface PassphraseCost {
  readonly costExponent: number;
}

/** OWASP's minimum for scrypt: N = 2^17, r = 8, p = 1; 128 MiB, a third of a second. */
export const STRONG_COST: PassphraseCost = { costExponent: 17 };

/** For secrets that are no secret, such as the sample's one passphrase. */
export const PRACTICE_COST: PassphraseCost = { costExponent: 12 };

const BLOCK_SIZE = 8;

/** A secret wrapped by a passphrase; base64 members. */
export const wrappedSecretSchema = z.strictObject({
  kdf: z.literal('scrypt'),
  costExponent: z.int().min(10).max(20),
  salt: z.string(),
  box: z.string(),
});
export type WrappedSecret = z.infer<typeof wrappedSecretSchema>;

const deriveKey = (passphrase: string, salt: Uint8Array, costExponent: number): Promise<Uint8Array> => {
  const cost = 2 ** costExponent;
  const options: ScryptOptions = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: cost * BLOCK_SIZE * 128 * 2 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
};

/** @param purpose bound to the wrapping, so that one secret cannot be put in another's place */
export const wrapSecret = async (
  secret: Uint8Array,
  passphrase: string,
  { costExponent }: PassphraseCost,
  purpose: string,
): Promise<WrappedSecret> => {
  const salt = randomBytes(16);
  const key = await deriveKey(passphrase, salt, costExponent);
  return {
    kdf: 'scrypt',
    costExponent,
    salt: salt.toString('base64'),
    box: Buffer.from(encryptToBytes(key, secret, purpose)).toString('base64'),
  };
};

/** The secret; `null` when the passphrase is wrong. */
export const unwrapSecret = async (
  wrapped: WrappedSecret,
  passphrase: string,
  purpose: string,
): Promise<Uint8Array | null> => {
  const key = await deriveKey(passphrase, Buffer.from(wrapped.salt, 'base64'), wrapped.costExponent);
  return decryptBytes(key, Buffer.from(wrapped.box, 'base64'), purpose);
};
