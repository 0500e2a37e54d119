import { concatBytes, equalBytes } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';

/** A SHA-256 value, 32 bytes. */
export type Hash = Uint8Array;

type Sha256 = Pick<CryptoPort, 'sha256'>;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** RFC 9162 section 2.1.1: SHA-256(0x00 || leaf). */
export const hashLeaf = (leaf: Uint8Array, { sha256 }: Sha256): Hash => sha256(concatBytes(LEAF_PREFIX, leaf));

/** RFC 9162 section 2.1.1: SHA-256(0x01 || left || right). */
export const hashNode = (left: Hash, right: Hash, { sha256 }: Sha256): Hash =>
  sha256(concatBytes(NODE_PREFIX, left, right));

/** Hashes of one level of the tree, kept side by side in one growing buffer. */
class Level {
  #bytes = new Uint8Array(32 * 16);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  push(hash: Hash): void {
    if ((this.#count + 1) * 32 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, this.#count * 32);
    this.#count += 1;
  }

  at(index: number): Hash {
    if (index < 0 || index >= this.#count) throw new RangeError(`no hash ${String(index)} on this level`);
    return this.#bytes.slice(index * 32, index * 32 + 32);
  }
}

/** Largest power of two smaller than `size`. Precondition: `size` ≥ 2. */
const splitPoint = (size: number): number => {
  let point = 1;
  while (point * 2 < size) point *= 2;
  return point;
};

/**
 * The Merkle tree of RFC 9162 section 2.1 over the journal's records, appended to one leaf at a time.
 * Every complete subtree's hash is kept (64 bytes a record), so roots of any earlier size and proofs cost O(log n).
 */
export class MerkleTree {
  readonly #levels: Level[] = [new Level()];
  readonly #crypto: Sha256;

  constructor(crypto: Sha256) {
    this.#crypto = crypto;
  }

  /** Number of leaves. */
  get size(): number {
    return this.#levels[0]?.count ?? 0;
  }

  append(leafHash: Hash): void {
    let hash = leafHash;
    for (let depth = 0; ; depth += 1) {
      const level = (this.#levels[depth] ??= new Level());
      level.push(hash);
      if (level.count % 2 === 1) return;
      hash = hashNode(level.at(level.count - 2), level.at(level.count - 1), this.#crypto);
    }
  }

  leaf(index: number): Hash {
    return (this.#levels[0] as Level).at(index);
  }

  /** The root over the first `size` leaves; SHA-256 of nothing for 0. */
  root(size = this.size): Hash {
    if (size > this.size) throw new RangeError(`the tree has only ${String(this.size)} leaves`);
    return size === 0 ? this.#crypto.sha256(new Uint8Array()) : this.#range(0, size);
  }

  /**
   * RFC 9162 section 2.1.3.1, the path from leaf `index` to the root over the first `size` leaves.
   * Precondition: 0 ≤ index < size ≤ this.size.
   */
  inclusionProof(index: number, size = this.size): Hash[] {
    if (index < 0 || index >= size || size > this.size) throw new RangeError('no such leaf in a tree of that size');
    const proof: Hash[] = [];
    let start = 0;
    let length = size;
    while (length > 1) {
      const left = splitPoint(length);
      if (index - start < left) {
        proof.unshift(this.#range(start + left, length - left));
        length = left;
      } else {
        proof.unshift(this.#range(start, left));
        start += left;
        length -= left;
      }
    }
    return proof;
  }

  /** Hash of the subtree over `length` leaves from `start`. Precondition: the range is one that RFC 9162's splitting makes. */
  #range(start: number, length: number): Hash {
    const depth = Math.log2(length);
    if (Number.isInteger(depth) && start % length === 0) return (this.#levels[depth] as Level).at(start / length);
    const left = splitPoint(length);
    return hashNode(this.#range(start, left), this.#range(start + left, length - left), this.#crypto);
  }
}

export interface InclusionClaim {
  readonly leafHash: Hash;
  /** From 0; 64-bit, hence BigInt. */
  readonly index: bigint;
  readonly size: bigint;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** RFC 9162 section 2.1.3.2: whether the proof leads from the leaf to the root. Hostile input. */
export const isIncluded = (claim: InclusionClaim, crypto: Sha256): boolean => {
  const { index, size, proof } = claim;
  if (index < 0n || index >= size || claim.leafHash.length !== 32 || claim.root.length !== 32) return false;
  let fn = index;
  let sn = size - 1n;
  let hash = claim.leafHash;
  for (const sibling of proof) {
    if (sn === 0n || sibling.length !== 32) return false;
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
