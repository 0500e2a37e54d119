import type { SubtreePlace } from './merkle-paths.ts';
import type { Hash } from './merkle.ts';

/**
 * A bounded store of subtree hashes. When it is full, the smallest subtrees go first, those least used lately before
 * others: a subtree twice as high takes twice as many leaves to work out anew.
 */
export class SubtreeCache {
  readonly #capacity: number;
  /** By level, then by index; the most lately used last. */
  readonly #levels: Map<number, Hash>[] = [];
  #count = 0;

  /** @param capacity how many hashes are kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get count(): number {
    return this.#count;
  }

  get({ level, index }: SubtreePlace): Hash | undefined {
    const known = this.#levels[level];
    const hash = known?.get(index);
    if (!known || !hash) return undefined;
    known.delete(index);
    known.set(index, hash);
    return hash;
  }

  set({ level, index }: SubtreePlace, hash: Hash): void {
    const known = this.#levelAt(level);
    if (!known.delete(index)) this.#count += 1;
    known.set(index, hash);
    if (this.#count > this.#capacity) this.#dropOne();
  }

  /** The highest subtrees, at most `count` of them. */
  *highest(count: number): Generator<SubtreePlace & { readonly hash: Hash }> {
    let left = count;
    for (let level = this.#levels.length - 1; level >= 0; level -= 1) {
      for (const [index, hash] of this.#levelAt(level)) {
        if (left === 0) return;
        left -= 1;
        yield { level, index, hash };
      }
    }
  }

  #levelAt(level: number): Map<number, Hash> {
    while (this.#levels.length <= level) this.#levels.push(new Map());
    return this.#levels[level] as Map<number, Hash>;
  }

  #dropOne(): void {
    for (const known of this.#levels) {
      for (const index of known.keys()) {
        known.delete(index);
        this.#count -= 1;
        return;
      }
    }
  }
}
