/**
 * The cryptography that the pure code needs, given by the host (Node's own).
 * All are synchronous, because a machine's step and a verification are.
 */
export interface CryptoPort {
  /** SHA-256 (FIPS 180-4); 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  /** The same of a text's UTF-8 bytes, without making them. Precondition: the text has no lone surrogate. */
  sha256Text(text: string): Uint8Array<ArrayBuffer>;
  /**
   * Ed25519 (RFC 8032), without the cofactor. `publicKey` is 32 bytes, `signature` 64; any other length, a key that is
   * no point of the curve, and a key or a point of the signature that is of small order, is `false`, never an exception.
   */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** Whether 32 bytes are a canonical encoding of a point that is not of low order (JOURNAL.md, Signatures and keys). */
  isAcceptablePublicKey(publicKey: Uint8Array): boolean;
}
