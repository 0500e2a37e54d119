import type { CryptoPort } from './crypto-port.ts';
import { completeSubtrees, consistencyPath, inclusionPath, type LeafRange } from './merkle-paths.ts';
import { hashNode, type Hash } from './merkle.ts';

type Sha256 = Pick<CryptoPort, 'sha256'>;

/** The Merkle tree of RFC 9162 section 2.1 over the journal's records, appended to one leaf at a time. */
export abstract class RecordTree {
  protected readonly crypto: Sha256;

  constructor(crypto: Sha256) {
    this.crypto = crypto;
  }

  /** Number of leaves. */
  abstract get size(): number;

  /** Precondition: 32 bytes, by `hashLeaf`. */
  abstract append(leafHash: Hash): void;

  /** The hash of a complete subtree. Precondition: (index + 1) × 2^level ≤ size. */
  protected abstract subtree(level: number, index: number): Hash;

  /** The hash of leaf `index`. @throws RangeError when there is none */
  leaf(index: number): Hash {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(`the tree has no leaf ${String(index)}`);
    }
    return this.subtree(0, index);
  }

  /**
   * The root over the first `size` leaves (RFC 9162 section 2.1.1); SHA-256 of nothing for 0.
   * @throws RangeError when the tree is smaller
   */
  root(size = this.size): Hash {
    this.#requireSize(size);
    return size === 0 ? this.crypto.sha256(new Uint8Array()) : this.#hashOf({ start: 0, length: size });
  }

  /**
   * The path from leaf `index` to the root over the first `size` leaves (RFC 9162 section 2.1.3.1).
   * @throws RangeError unless 0 ≤ index < size ≤ this.size
   */
  inclusionProof(index: number, size = this.size): Hash[] {
    this.#requireSize(size);
    return inclusionPath(index, size).map((range) => this.#hashOf(range));
  }

  /**
   * The proof that the tree over the first `size` leaves continues the one over `oldSize` (RFC 9162 section 2.1.4.1).
   * @throws RangeError unless 1 ≤ oldSize ≤ size ≤ this.size
   */
  consistencyProof(oldSize: number, size = this.size): Hash[] {
    this.#requireSize(size);
    return consistencyPath(oldSize, size).map((range) => this.#hashOf(range));
  }

  #requireSize(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the tree has ${String(this.size)} leaves, not ${String(size)}`);
    }
  }

  #hashOf(range: LeafRange): Hash {
    return completeSubtrees(range)
      .map(({ level, index }) => this.subtree(level, index))
      .reduceRight((right, left) => hashNode(left, right, this.crypto));
  }
}

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
    return this.#bytes.slice(index * 32, index * 32 + 32);
  }
}

/** A tree that keeps the hash of every complete subtree (64 bytes a record): any root or proof costs O(log n). */
export class MerkleTree extends RecordTree {
  readonly #levels: Level[] = [new Level()];

  get size(): number {
    return this.#levels[0]?.count ?? 0;
  }

  append(leafHash: Hash): void {
    let hash = leafHash;
    for (let depth = 0; ; depth += 1) {
      const level = (this.#levels[depth] ??= new Level());
      level.push(hash);
      if (level.count % 2 === 1) return;
      hash = hashNode(level.at(level.count - 2), level.at(level.count - 1), this.crypto);
    }
  }

  subtree(level: number, index: number): Hash {
    return (this.#levels[level] as Level).at(index);
  }
}
