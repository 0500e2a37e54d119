import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedTree, type LeafHashSource } from '#workflows/journal/bounded-tree.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import { isConsistent, isIncluded, type Hash } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { claimOf, hashesOf, joined, leavesUpTo, treeOf } from './merkle-leaves.ts';
import { SlowMerkle } from './slow-merkle.ts';

/** Leaves that count how many of them were read. */
class CountedLeaves implements LeafHashSource {
  readonly hashes: readonly Hash[];
  read = 0;
  largest = 0;

  constructor(hashes: readonly Hash[]) {
    this.hashes = hashes;
  }

  leafHashesAt(from: number, count: number): readonly Hash[] {
    this.read += count;
    this.largest = Math.max(this.largest, count);
    return this.hashes.slice(from, from + count);
  }
}

const boundedTreeOf = (source: CountedLeaves, options = {}, size = source.hashes.length): BoundedTree => {
  const tree = new BoundedTree(nodeCrypto, source, options);
  for (const hash of source.hashes.slice(0, size)) tree.append(hash);
  return tree;
};

/** Through the text that a file would hold. */
const restored = (state: unknown, source: LeafHashSource, options = {}): BoundedTree | null =>
  BoundedTree.restore(JSON.parse(JSON.stringify(state)), nodeCrypto, source, options);

describe('a tree with bounded memory agrees with the text of RFC 9162', () => {
  const leaves = leavesUpTo(300);
  const slow = new SlowMerkle(leaves);
  const sizes = Array.from({ length: 301 }, (_, size) => size);
  /** By size, then by place: the path of that leaf, and the proof from the tree that ends with it. */
  const paths = sizes.map((size) => sizes.slice(0, size).map((index) => joined(slow.path(index, 0, size))));
  const proofs = sizes.map((size) => sizes.slice(0, size).map((index) => joined(slow.proof(index + 1, size))));
  const source = new CountedLeaves(hashesOf(leaves));

  it('on the root of every size from 0 to 300, reading nothing', () => {
    const tree = new BoundedTree(nodeCrypto, source);
    for (let size = 0; ; size += 1) {
      expect(toHex(tree.root()), String(size)).toBe(slow.hash(0, size).toString('hex'));
      if (size === 300) break;
      tree.append(source.hashes[size]!);
    }
    expect(source.read).toBe(0);
  });

  it.each([
    ['that has kept its last leaves', (): BoundedTree => boundedTreeOf(source)],
    ['that was saved and restored', (): BoundedTree => restored(boundedTreeOf(source).save(), source)!],
  ])('on every earlier root, inclusion and consistency proof of sizes 0 to 300, in a tree %s', (_which, make) => {
    const tree = make();
    for (const size of sizes) {
      if (toHex(tree.root(size)) !== slow.hash(0, size).toString('hex')) expect.fail(`root ${String(size)}`);
      for (let other = 0; other < size; other += 1) {
        const name = `${String(other)} of ${String(size)}`;
        if (joined(tree.inclusionProof(other, size)) !== paths[size]![other]) expect.fail(name);
        if (joined(tree.consistencyProof(other + 1, size)) !== proofs[size]![other]) expect.fail(name);
      }
    }
  });

  it('on random larger trees, whatever its caches hold, and when it was restored half-way', () => {
    const random = fc.record({
      size: fc.integer({ min: 301, max: 5000 }),
      cachedTiles: fc.integer({ min: 1, max: 8 }),
      cachedSubtrees: fc.integer({ min: 1, max: 20 }),
      saved: fc.integer({ min: 0, max: 5 }),
      places: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(random, ({ size, places, saved, ...options }) => {
        const many = leavesUpTo(size);
        const reference = new SlowMerkle(many);
        const counted = new CountedLeaves(hashesOf(many));
        const half = Math.floor(places[0]! * size);
        const tree = restored(boundedTreeOf(counted, options, half).save(saved), counted, options)!;
        for (const hash of counted.hashes.slice(half)) tree.append(hash);
        for (const place of places) {
          const earlier = 1 + Math.floor(place * size);
          const index = Math.floor(place * earlier);
          expect(toHex(tree.root(earlier))).toBe(reference.hash(0, earlier).toString('hex'));
          expect(joined(tree.inclusionProof(index, earlier))).toBe(joined(reference.path(index, 0, earlier)));
          expect(joined(tree.consistencyProof(earlier))).toBe(joined(reference.proof(earlier, size)));
          expect(toHex(tree.leaf(index))).toBe(toHex(counted.hashes[index]!));
        }
        expect(counted.largest).toBeLessThanOrEqual(256);
      }),
      { numRuns: 15 },
    );
  });
});

describe('what a tree with bounded memory reads', () => {
  const source = new CountedLeaves(hashesOf(leavesUpTo(5000)));
  const readBy = (tree: BoundedTree, act: (tree: BoundedTree) => unknown): number => {
    const before = source.read;
    act(tree);
    return source.read - before;
  };

  it('is nothing for the newest records', () => {
    const tree = boundedTreeOf(source);
    expect(readBy(tree, () => tree.inclusionProof(4999))).toBe(0);
    expect(readBy(tree, () => tree.consistencyProof(4990))).toBe(0);
  });

  it('is one tile for an old record, and nothing for its neighbours afterwards', () => {
    const tree = boundedTreeOf(source, { cachedTiles: 2 });
    expect(readBy(tree, () => tree.inclusionProof(700))).toBe(256);
    expect(readBy(tree, () => tree.inclusionProof(701))).toBe(0);
    expect(readBy(tree, () => tree.root(767))).toBe(0);
  });

  it('is every leaf but once when nothing is kept, and no more than a tile at a time', () => {
    const tree = restored(boundedTreeOf(source).save(), source)!;
    expect(readBy(tree, () => tree.inclusionProof(0))).toBeLessThan(5000);
    expect(readBy(tree, () => tree.inclusionProof(1))).toBe(0);
    expect(source.largest).toBe(256);
  });

  it('is little after a restart when the costliest subtrees were saved', () => {
    const kept = restored(boundedTreeOf(source).save(20), source)!;
    const bare = restored(boundedTreeOf(source).save(), source)!;
    expect(readBy(bare, () => bare.inclusionProof(0))).toBeGreaterThan(4000);
    expect(readBy(kept, () => kept.inclusionProof(0))).toBeLessThanOrEqual(2 * 256);
    expect(kept.root(4096)).toEqual(bare.root(4096));
  });

  it('is refused when it is not what was asked for', () => {
    const state = boundedTreeOf(source).save();
    const answers: readonly Hash[][] = [[], source.hashes.slice(0, 255), source.hashes.slice(0, 257)];
    for (const answer of [...answers, Array.from({ length: 256 }, () => new Uint8Array(31))]) {
      expect(() => restored(state, { leafHashesAt: () => answer })!.inclusionProof(0)).toThrow(RangeError);
    }
  });

  it('leads to a proof that is refused when a leaf on the disk was changed', () => {
    const changed = source.hashes.with(3, source.hashes[4]!);
    const tree = restored(boundedTreeOf(source).save(), new CountedLeaves(changed))!;
    expect(tree.root()).toEqual(boundedTreeOf(source).root());
    expect(isIncluded(claimOf(tree, 2, 5000), nodeCrypto)).toBe(false);
    const honest = boundedTreeOf(source);
    expect(isIncluded(claimOf(honest, 2, 5000), nodeCrypto)).toBe(true);
    const claim = { oldSize: 3n, oldRoot: honest.root(3), size: 5000n, root: tree.root() };
    expect(isConsistent({ ...claim, proof: tree.consistencyProof(3) }, nodeCrypto)).toBe(false);
    expect(isConsistent({ ...claim, proof: honest.consistencyProof(3) }, nodeCrypto)).toBe(true);
  });
});

describe('the memory of a tree', () => {
  it('holds no more subtrees than its cache may, however many leaves are appended', () => {
    const tree = new BoundedTree(nodeCrypto, new CountedLeaves([]), { cachedSubtrees: 10 });
    const hash = treeOf(leavesUpTo(1)).root();
    for (let leaf = 0; leaf < 20_000; leaf += 1) tree.append(hash);
    const { hashes, subtrees = [] } = tree.save(1000);
    expect(hashes).toHaveLength([...(20_000).toString(2)].filter((digit) => digit === '1').length);
    expect(subtrees.length).toBeLessThanOrEqual(10);
    expect(subtrees[0]).toMatchObject({ level: 14, index: 0 });
  });
});

describe('a saved tree', () => {
  const source = new CountedLeaves(hashesOf(leavesUpTo(1030)));
  const state = boundedTreeOf(source).save(10);

  it('goes on as if it had not been interrupted', () => {
    for (const size of [0, 1, 2, 255, 256, 257, 511, 1024, 1029]) {
      const tree = restored(boundedTreeOf(source, {}, size).save(), source)!;
      expect(tree.size).toBe(size);
      for (const hash of source.hashes.slice(size)) tree.append(hash);
      expect(toHex(tree.root()), String(size)).toBe(toHex(boundedTreeOf(source).root()));
    }
  });

  const hash = state.hashes[0]!;
  it.each<[string, object]>([
    ['has a size that is no number', { size: '1030' }],
    ['has a negative size', { size: -1, hashes: [] }],
    ['has a fractional size', { size: 1030.5 }],
    ['has a size beyond 2^53', { size: 2 ** 53 }],
    ['has no hashes', { hashes: null }],
    ['has a hash too few', { hashes: state.hashes.slice(1) }],
    ['has a hash too many', { hashes: [...state.hashes, hash] }],
    ['has hashes though it is empty', { size: 0 }],
    ['has a hash that is no text', { hashes: [1, hash] }],
    ['has a hash of another length', { hashes: ['AAAA', hash] }],
    ['has a hash that is no base64', { hashes: [hash, 'hash'] }],
    ['has a subtree beyond its size', { subtrees: [{ level: 9, index: 2, hash }] }],
    ['has a subtree before its first leaf', { subtrees: [{ level: 9, index: -1, hash }] }],
    ['has a subtree of a fractional place', { subtrees: [{ level: 9, index: 0.5, hash }] }],
    ['has a subtree that is none', { subtrees: [null] }],
    ['has a member that nobody knows', { more: 1 }],
    ['has a subtree of a fractional level', { subtrees: [{ level: 9.5, index: 0, hash }] }],
    ['has a subtree as small as a tile', { subtrees: [{ level: 8, index: 0, hash }] }],
    ['has a subtree whose hash is no hash', { subtrees: [{ level: 9, index: 0, hash: 'AAAA' }] }],
  ])('is refused when it %s', (_why, change) => {
    expect(restored(state, source)).not.toBeNull();
    expect(restored({ ...state, ...change }, source)).toBeNull();
  });
});
