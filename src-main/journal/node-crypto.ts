import * as crypto from 'node:crypto';
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { toHex } from '#workflows/journal/bytes.ts';
import type { CryptoPort } from '#workflows/journal/crypto-port.ts';
import { isOfSmallOrder } from './small-order.ts';

/** DER prefix of an Ed25519 SubjectPublicKeyInfo (RFC 8410); the raw key follows. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Raw Ed25519 public key to Node's; `null` when Node refuses it. */
export const toPublicKeyObject = (publicKey: Uint8Array): KeyObject | null => {
  if (publicKey.length !== 32) return null;
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
};

const MAX_CACHED_KEYS = 1000;
const cachedKeys = new Map<string, KeyObject | null>();

const cachedKeyObject = (publicKey: Uint8Array): KeyObject | null => {
  const name = toHex(publicKey);
  const cached = cachedKeys.get(name);
  if (cached !== undefined) return cached;
  if (cachedKeys.size >= MAX_CACHED_KEYS) cachedKeys.clear();
  const key = publicKey.length === 32 && !isOfSmallOrder(publicKey) ? toPublicKeyObject(publicKey) : null;
  cachedKeys.set(name, key);
  return key;
};

/** One call costs less than an object for every hash. Node has it from 20.12 on; the exported verifier runs on older ones too. */
const { hash } = crypto as Partial<typeof crypto>;

/** A text of 32 characters costs much less than a buffer outside the heap, which its copy would leave to be collected. */
const fromBinary = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
};

const sha256 = (content: Uint8Array | string): Uint8Array<ArrayBuffer> =>
  fromBinary(hash ? hash('sha256', content, 'binary') : createHash('sha256').update(content).digest('binary'));

/** Hex SHA-256 of a text in UTF-8. Precondition: it has no lone surrogates. */
export const sha256Hex = (text: string): string =>
  hash ? hash('sha256', text, 'hex') : createHash('sha256').update(text, 'utf8').digest('hex');

export const nodeCrypto: CryptoPort = {
  sha256,
  sha256Text: sha256,
  verifyEd25519: (publicKey, message, signature) => {
    if (signature.length !== 64 || isOfSmallOrder(signature)) return false;
    const key = cachedKeyObject(publicKey);
    return key !== null && verify(null, message, key, signature);
  },
  isAcceptablePublicKey: (publicKey) => {
    if (publicKey.length !== 32) return false;
    try {
      return !ed25519.Point.fromBytes(publicKey, false).isSmallOrder();
    } catch {
      return false;
    }
  },
};
