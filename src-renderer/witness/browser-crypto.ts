import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CryptoPort } from '#workflows/journal/crypto-port.ts';

/**
 * What judging a journal needs, in plain code: the same on every browser, whether or not its own cryptography knows
 * Ed25519. Loaded only when a journal is judged.
 */
export const browserCrypto: Pick<CryptoPort, 'sha256' | 'verifyEd25519'> = {
  sha256: (bytes) => new Uint8Array(sha256(bytes)),
  verifyEd25519: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      // What is no point of the curve is no signature.
      return false;
    }
  },
};
