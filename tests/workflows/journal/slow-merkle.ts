import { createHash } from 'node:crypto';

/**
 * RFC 9162 section 2.1 written down word for word, with no thought of speed, to judge the program's own tree by. It
 * shares no code with it. `D` is the list of leaf inputs, as in the RFC.
 */
export class SlowMerkle {
  readonly #leaves: readonly Uint8Array[];
  /** Hashes by their range `k1:k2`; the words of the RFC with a memory. */
  readonly #known = new Map<string, Buffer>();

  constructor(leaves: readonly Uint8Array[]) {
    this.#leaves = leaves;
  }

  /** Section 2.1.1: `MTH(D_n)`, here of `D[k1:k2]`. */
  hash(k1: number, k2: number): Buffer {
    const name = `${String(k1)}:${String(k2)}`;
    const known = this.#known.get(name);
    if (known) return known;
    const n = k2 - k1;
    let hash: Buffer;
    if (n === 0) hash = createHash('sha256').digest();
    else if (n === 1) hash = createHash('sha256').update(Buffer.of(0)).update(this.#leaves[k1]!).digest();
    else {
      const k = largestPowerOfTwoBelow(n);
      hash = createHash('sha256')
        .update(Buffer.of(1))
        .update(this.hash(k1, k1 + k))
        .update(this.hash(k1 + k, k2))
        .digest();
    }
    this.#known.set(name, hash);
    return hash;
  }

  /** Section 2.1.3.1: `PATH(m, D_n)`, here of `D[k1:k2]`, with `m` counted from `k1`. */
  path(m: number, k1: number, k2: number): Buffer[] {
    const n = k2 - k1;
    if (n === 1) return [];
    const k = largestPowerOfTwoBelow(n);
    if (m < k) return [...this.path(m, k1, k1 + k), this.hash(k1 + k, k2)];
    return [...this.path(m - k, k1 + k, k2), this.hash(k1, k1 + k)];
  }

  /** Section 2.1.4.1: `PROOF(m, D_n)`, which is `SUBPROOF(m, D_n, true)`. */
  proof(m: number, n: number): Buffer[] {
    return this.#subproof(m, 0, n, true);
  }

  /** `SUBPROOF(m, D_n, b)`, here of `D[k1:k2]`, with `m` counted from `k1`. */
  #subproof(m: number, k1: number, k2: number, b: boolean): Buffer[] {
    const n = k2 - k1;
    if (m === n) return b ? [] : [this.hash(k1, k2)];
    const k = largestPowerOfTwoBelow(n);
    if (m <= k) return [...this.#subproof(m, k1, k1 + k, b), this.hash(k1 + k, k2)];
    return [...this.#subproof(m - k, k1 + k, k2, false), this.hash(k1, k1 + k)];
  }
}

/** "Let k be the largest power of two smaller than n (i.e., k < n <= 2k)." */
export const largestPowerOfTwoBelow = (n: number): number => {
  for (let k = 1; ; k *= 2) if (k < n && n <= 2 * k) return k;
};
