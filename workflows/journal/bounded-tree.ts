import { z } from 'zod';
import { fromBase64, toBase64 } from './bytes.ts';
import type { CryptoPort } from './crypto-port.ts';
import { Frontier, frontierStateSchema } from './frontier.ts';
import { MerkleTree, RecordTree } from './merkle-tree.ts';
import { hashNode, type Hash } from './merkle.ts';
import { SubtreeCache } from './subtree-cache.ts';

type Sha256 = Pick<CryptoPort, 'sha256'>;

/** Where a tree that keeps no leaves finds them again, such as the segments of a journal. */
export interface LeafHashSource {
  /**
   * The hashes of the leaves `from` to `from + count - 1`, as they were appended. `count` is at most 256, and all of
   * these leaves are in the tree.
   */
  leafHashesAt(from: number, count: number): readonly Hash[];
}

export interface BoundedTreeOptions {
  /** How many groups of 256 leaves are kept, 24 kB each. */
  readonly cachedTiles?: number;
  /** How many hashes of larger subtrees are kept, about 150 bytes each. */
  readonly cachedSubtrees?: number;
}

/** Leaves of a tile are 2^8, as in C2SP tlog-tiles. */
const TILE_LEVEL = 8;
const TILE_LEAVES = 2 ** TILE_LEVEL;

/** What a {@link BoundedTree} can go on from, as JSON. */
export const boundedTreeStateSchema = frontierStateSchema.extend({
  /** Subtrees that would be costly to work out anew. They spare reading, and may be absent. */
  subtrees: z
    .array(
      z
        .strictObject({
          level: z
            .int()
            .min(TILE_LEVEL + 1)
            .max(53),
          index: z.int().min(0),
          hash: z.string(),
        })
        .readonly(),
    )
    .readonly()
    .optional(),
});
export type BoundedTreeState = Readonly<z.infer<typeof boundedTreeStateSchema>>;

/** A group of up to 256 leaves. Inner nodes are worked out when they are asked for. */
class Tile {
  readonly #tree: MerkleTree;
  #pending: Hash[] = [];

  constructor(crypto: Sha256) {
    this.#tree = new MerkleTree(crypto);
  }

  append(leafHash: Hash): void {
    this.#pending.push(leafHash);
  }

  /** Precondition: the tile has all leaves of it. */
  subtree(level: number, index: number): Hash {
    for (const leafHash of this.#pending) this.#tree.append(leafHash);
    this.#pending = [];
    return this.#tree.subtree(level, index);
  }
}

/**
 * A Merkle tree whose memory is bounded by its frontier and two caches, not by its length. Appending and the root of
 * the present size read nothing; earlier roots and all proofs read leaf hashes from the source where the caches do not
 * hold them. A source that gives other hashes than were appended leads to proofs that do not verify, not to wrong
 * roots of the present size.
 */
export class BoundedTree extends RecordTree {
  readonly #source: LeafHashSource;
  readonly #frontier: Frontier;
  readonly #subtrees: SubtreeCache;
  readonly #cachedTiles: number;
  /** By number, each with all the leaves that it has by now; the most lately used last. */
  readonly #tiles = new Map<number, Tile>();

  constructor(crypto: Sha256, source: LeafHashSource, options: BoundedTreeOptions = {}, frontier?: Frontier) {
    super(crypto);
    this.#source = source;
    this.#frontier = frontier ?? new Frontier(crypto);
    this.#cachedTiles = options.cachedTiles ?? 16;
    this.#subtrees = new SubtreeCache(options.cachedSubtrees ?? 4096);
  }

  /**
   * Goes on from a state that may come from a damaged file; `null` when it is no state of a tree. Whether its root is
   * the journal's is for the caller to compare.
   */
  static restore(
    state: unknown,
    crypto: Sha256,
    source: LeafHashSource,
    options: BoundedTreeOptions = {},
  ): BoundedTree | null {
    const { data } = boundedTreeStateSchema.safeParse(state);
    const frontier = data ? Frontier.restore(data, crypto) : null;
    if (!data || !frontier) return null;
    const tree = new BoundedTree(crypto, source, options, frontier);
    for (const { level, index, hash: text } of data.subtrees ?? []) {
      const hash = fromBase64(text);
      if (hash?.length !== 32 || (index + 1) * 2 ** level > frontier.size) return null;
      tree.#subtrees.set({ level, index }, hash);
    }
    return tree;
  }

  get size(): number {
    return this.#frontier.size;
  }

  append(leafHash: Hash): void {
    const place = this.size;
    this.#frontier.append(leafHash, (subtree, hash) => {
      if (subtree.level >= TILE_LEVEL) this.#subtrees.set(subtree, hash);
    });
    const number = Math.floor(place / TILE_LEAVES);
    if (place % TILE_LEAVES === 0) this.#keep(number, new Tile(this.crypto));
    this.#tiles.get(number)?.append(leafHash);
  }

  override root(size = this.size): Hash {
    return size === this.size ? this.#frontier.root() : super.root(size);
  }

  /**
   * What {@link BoundedTree.restore} takes.
   * @param subtrees how many of the costliest subtrees to save with it, 70 bytes each
   */
  save(subtrees = 0): BoundedTreeState {
    const costly = [...this.#subtrees.highest(subtrees)]
      .filter(({ level }) => level > TILE_LEVEL)
      .map(({ level, index, hash }) => ({ level, index, hash: toBase64(hash) }));
    return { ...this.#frontier.save(), ...(costly.length === 0 ? {} : { subtrees: costly }) };
  }

  protected subtree(level: number, index: number): Hash {
    const place = { level, index };
    const known = this.#frontier.subtree(place) ?? (level < TILE_LEVEL ? undefined : this.#subtrees.get(place));
    if (known) return known;
    if (level < TILE_LEVEL) {
      const perTile = 2 ** (TILE_LEVEL - level);
      return this.#tile(Math.floor(index / perTile)).subtree(level, index % perTile);
    }
    const hash =
      level === TILE_LEVEL
        ? (this.#tiles.get(index) ?? this.#read(index)).subtree(level, 0)
        : hashNode(this.subtree(level - 1, index * 2), this.subtree(level - 1, index * 2 + 1), this.crypto);
    this.#subtrees.set(place, hash);
    return hash;
  }

  #tile(number: number): Tile {
    return this.#keep(number, this.#tiles.get(number) ?? this.#read(number));
  }

  #read(number: number): Tile {
    const from = number * TILE_LEAVES;
    const count = Math.min(TILE_LEAVES, this.size - from);
    const hashes = this.#source.leafHashesAt(from, count);
    if (hashes.length !== count || hashes.some(({ length }) => length !== 32)) {
      throw new RangeError(`the source does not give the hashes of ${String(count)} leaves from ${String(from)}`);
    }
    const tile = new Tile(this.crypto);
    for (const hash of hashes) tile.append(hash);
    return tile;
  }

  #keep(number: number, tile: Tile): Tile {
    this.#tiles.delete(number);
    this.#tiles.set(number, tile);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= this.#cachedTiles) break;
      this.#tiles.delete(oldest);
    }
    return tile;
  }
}
