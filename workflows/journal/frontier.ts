import { z } from 'zod';
import { fromBase64, toBase64 } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import type { SubtreePlace } from './merkle-paths.ts';
import { hashNode, type Hash } from './merkle.ts';

type Sha256 = Pick<CryptoPort, 'sha256'>;

/** What a tree can go on from, as JSON. */
export const frontierStateSchema = z.strictObject({
  size: z.int().min(0),
  /** Base64 of the complete subtrees that make up the tree, the largest first: one for each 1 in `size` in binary. */
  hashes: z.array(z.string()).readonly(),
});
export type FrontierState = Readonly<z.infer<typeof frontierStateSchema>>;

/** Told of every complete subtree as it becomes complete, leaves left out. */
export type SubtreeListener = (place: SubtreePlace, hash: Hash) => void;

const onesIn = (size: number): number => [...size.toString(2)].filter((digit) => digit === '1').length;

/**
 * The right edge of a Merkle tree (RFC 9162 section 2.1): its complete subtrees, at most 53 hashes. Enough to append
 * and to tell the root of the present size, whatever the size.
 */
export class Frontier {
  readonly #crypto: Sha256;
  /** The largest first. */
  readonly #subtrees: { level: number; hash: Hash }[] = [];
  #size = 0;

  constructor(crypto: Sha256) {
    this.#crypto = crypto;
  }

  /** Goes on from a state; `null` when it does not hold together. */
  static restore({ size, hashes }: FrontierState, crypto: Sha256): Frontier | null {
    if (hashes.length !== onesIn(size)) return null;
    const frontier = new Frontier(crypto);
    frontier.#size = size;
    let left = size;
    for (const text of hashes) {
      const hash = fromBase64(text);
      if (hash?.length !== 32) return null;
      const level = left.toString(2).length - 1;
      frontier.#subtrees.push({ level, hash });
      left -= 2 ** level;
    }
    return frontier;
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  append(leafHash: Hash, onComplete?: SubtreeListener): void {
    this.#size += 1;
    let level = 0;
    let hash = leafHash;
    for (let last = this.#subtrees.at(-1); last?.level === level; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      hash = hashNode(last.hash, hash, this.#crypto);
      level += 1;
      onComplete?.({ level, index: this.#size / 2 ** level - 1 }, hash);
    }
    this.#subtrees.push({ level, hash });
  }

  /** The root over all leaves; SHA-256 of nothing when there is none. */
  root(): Hash {
    if (this.#size === 0) return this.#crypto.sha256(new Uint8Array());
    return this.#subtrees.map(({ hash }) => hash).reduceRight((right, left) => hashNode(left, right, this.#crypto));
  }

  /** The hash of a subtree that is part of the frontier; `null` for any other. */
  subtree({ level, index }: SubtreePlace): Hash | null {
    const known = this.#subtrees.find((one) => one.level === level);
    return known && Math.floor(this.#size / 2 ** level) - 1 === index ? known.hash : null;
  }

  /** What {@link Frontier.restore} takes. */
  save(): FrontierState {
    return { size: this.#size, hashes: this.#subtrees.map(({ hash }) => toBase64(hash)) };
  }
}
