import { concatBytes, equalBytes } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';

/** A SHA-256 value, 32 bytes. */
export type Hash = Uint8Array;

type Sha256 = Pick<CryptoPort, 'sha256'>;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** Where a leaf or a node is put together: hashing is over before the next one is, and nothing is left to be collected. A record is no longer. */
const leafInput = new Uint8Array(65_536);
const nodeInput = Uint8Array.of(1, ...new Uint8Array(64));

/** RFC 9162 section 2.1.1: SHA-256(0x00 || leaf). */
export const hashLeaf = (leaf: Uint8Array, { sha256 }: Sha256): Hash => {
  if (leaf.length >= leafInput.length) return sha256(concatBytes(LEAF_PREFIX, leaf));
  leafInput.set(leaf, 1);
  return sha256(leafInput.subarray(0, leaf.length + 1));
};

/** The same of a leaf whose bytes are the UTF-8 of a text. */
export const hashLeafText = (leaf: string, { sha256Text }: Pick<CryptoPort, 'sha256Text'>): Hash =>
  sha256Text(`\0${leaf}`);

/** RFC 9162 section 2.1.1: SHA-256(0x01 || left || right). */
export const hashNode = (left: Hash, right: Hash, { sha256 }: Sha256): Hash => {
  if (left.length !== 32 || right.length !== 32) return sha256(concatBytes(NODE_PREFIX, left, right));
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return sha256(nodeInput);
};

export interface InclusionClaim {
  readonly leafHash: Hash;
  /** From 0; 64-bit, hence BigInt. */
  readonly index: bigint;
  readonly size: bigint;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** Sizes and places are unsigned 64-bit numbers, as everywhere in C2SP. */
const MAX_SIZE = 0xffff_ffff_ffff_ffffn;

const isHash = (bytes: Uint8Array): boolean => bytes.length === 32;

/**
 * Whether the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2). Hostile input: a place outside the
 * tree, a hash that is not 32 bytes, and a proof that is too short or too long are `false`, never an exception.
 */
export const isIncluded = (claim: InclusionClaim, crypto: Sha256): boolean => {
  const { index, size, proof } = claim;
  if (index < 0n || index >= size || size > MAX_SIZE) return false;
  if (!isHash(claim.leafHash) || !isHash(claim.root) || !proof.every(isHash)) return false;
  let fn = index;
  let sn = size - 1n;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = hashNode(sibling, hash, crypto);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      hash = hashNode(hash, sibling, crypto);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equalBytes(hash, claim.root);
};

export interface ConsistencyClaim {
  /** 64-bit, hence BigInt. */
  readonly oldSize: bigint;
  readonly oldRoot: Hash;
  readonly size: bigint;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}

/**
 * Whether the proof shows that the tree over `size` leaves continues the one over `oldSize` (RFC 9162 section
 * 2.1.4.2). Hostile input, as in {@link isIncluded}. From size 0 it is `false`: every tree continues the empty one, so
 * such a proof would prove nothing. Equal sizes need an empty proof and equal roots, which are then compared as they
 * are: nothing is hashed, and whoever calls has read them from a checkpoint, whose root is 32 bytes.
 */
export const isConsistent = (claim: ConsistencyClaim, crypto: Sha256): boolean => {
  const { oldSize, oldRoot, size, root, proof } = claim;
  if (oldSize < 1n || oldSize > size || size > MAX_SIZE) return false;
  if (oldSize === size) return proof.length === 0 && root.length > 0 && equalBytes(oldRoot, root);
  if (!isHash(oldRoot) || !isHash(root) || !proof.every(isHash)) return false;
  let fn = oldSize - 1n;
  let sn = size - 1n;
  while ((fn & 1n) === 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  // fn is 0 exactly when the old size is a power of two: its tree is one of the new tree's subtrees.
  const [first, ...siblings] = fn === 0n ? [oldRoot, ...proof] : proof;
  if (!first) return false;
  let oldHash = first;
  let hash = first;
  for (const sibling of siblings) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      oldHash = hashNode(sibling, oldHash, crypto);
      hash = hashNode(sibling, hash, crypto);
      while ((fn & 1n) === 0n && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      hash = hashNode(hash, sibling, crypto);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equalBytes(oldHash, oldRoot) && equalBytes(hash, root);
};
