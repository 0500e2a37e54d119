import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, sign, type KeyObject } from 'node:crypto';
import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';

/** An Ed25519 key pair that is open in memory. */
export interface SigningKey {
  /** Hex SHA-256 of the public key, as `sig.key` names it. */
  readonly id: string;
  /** Raw public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const rawPublicKey = (privateKey: KeyObject): Uint8Array => {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return new Uint8Array(Buffer.from(x ?? '', 'base64url'));
};

const toSigningKey = (privateKey: KeyObject): SigningKey => {
  const publicKey = rawPublicKey(privateKey);
  return { id: toHex(nodeCrypto.sha256(publicKey)), publicKey, privateKey };
};

export const generateSigningKey = (): SigningKey => toSigningKey(generateKeyPairSync('ed25519').privateKey);

/** PKCS #8, DER. */
export const exportSigningKey = ({ privateKey }: SigningKey): Uint8Array =>
  privateKey.export({ format: 'der', type: 'pkcs8' });

export const importSigningKey = (der: Uint8Array): SigningKey =>
  toSigningKey(createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }));

/** Base64 signature, 64 bytes. */
export const signBase64 = ({ privateKey }: SigningKey, message: Uint8Array): string =>
  toBase64(sign(null, message, privateKey));

/** A key for the person's private drafts that only their open key gives. */
export const draftKeyOf = (key: SigningKey): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', exportSigningKey(key), '', 'countersign/v1/drafts', 32));
