import type { CryptoPort } from './crypto-port.ts';
import { Frontier } from './frontier.ts';
import type { Hash } from './merkle.ts';

/**
 * A tree that gives the root at its own size and at the sizes that were asked for beforehand, and keeps no more than its
 * frontier for that: what a reader needs who goes through a journal once.
 */
export class KeptRoots {
  readonly #frontier: Frontier;
  readonly #kept = new Map<number, Hash>();
  readonly #wanted: ReadonlySet<number>;

  /** @param wanted sizes whose roots are kept while the tree grows past them, besides that of size 0 */
  constructor(crypto: Pick<CryptoPort, 'sha256'>, wanted: Iterable<number> = []) {
    this.#frontier = new Frontier(crypto);
    this.#wanted = new Set(wanted);
    this.#kept.set(0, this.#frontier.root());
  }

  /** Number of leaves. */
  get size(): number {
    return this.#frontier.size;
  }

  append(leafHash: Hash): void {
    this.#frontier.append(leafHash);
    const { size } = this.#frontier;
    if (this.#wanted.has(size)) this.#kept.set(size, this.#frontier.root());
  }

  /** @throws RangeError for a size that is neither the tree's own nor was asked for when it was made */
  root(size = this.size): Hash {
    const kept = this.#kept.get(size);
    if (kept) return kept;
    if (size !== this.size) throw new RangeError(`the root at size ${String(size)} was not kept`);
    return this.#frontier.root();
  }
}
