import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '#workflows/journal/bytes.ts';
import { isConsistent, isIncluded } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { claimOf, joined, leavesUpTo, sinceOf, treeOf } from './merkle-leaves.ts';
import { SlowMerkle } from './slow-merkle.ts';

describe('the tree agrees with the text of RFC 9162', () => {
  const leaves = leavesUpTo(300);
  const tree = treeOf(leaves);
  const slow = new SlowMerkle(leaves);

  it('on the root of every size from 0 to 300', () => {
    const growing = treeOf([]);
    for (let size = 0; ; size += 1) {
      expect(toHex(tree.root(size)), String(size)).toBe(slow.hash(0, size).toString('hex'));
      expect(toHex(growing.root()), String(size)).toBe(slow.hash(0, size).toString('hex'));
      if (size === 300) break;
      growing.append(tree.leaf(size));
    }
  });

  it('on every inclusion proof in every tree of 1 to 300 leaves, and each is accepted', () => {
    for (let size = 1; size <= 300; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const claim = claimOf(tree, index, size);
        const name = `${String(index)} of ${String(size)}`;
        if (joined(claim.proof) !== joined(slow.path(index, 0, size))) expect.fail(`another proof for ${name}`);
        if (!isIncluded(claim, nodeCrypto)) expect.fail(`the proof for ${name} is refused`);
      }
    }
  });

  it('on every consistency proof between any two of the sizes 1 to 300, and each is accepted', () => {
    for (let size = 1; size <= 300; size += 1) {
      for (let old = 1; old <= size; old += 1) {
        const claim = sinceOf(tree, old, size);
        const name = `${String(old)} to ${String(size)}`;
        if (joined(claim.proof) !== joined(slow.proof(old, size))) expect.fail(`another proof for ${name}`);
        if (!isConsistent(claim, nodeCrypto)) expect.fail(`the proof for ${name} is refused`);
      }
    }
  });

  it('on roots and proofs of random larger trees of random leaves', () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const random = fc.record({ size: fc.integer({ min: 301, max: 3000 }), place, salt: fc.string() });
    fc.assert(
      fc.property(random, ({ size, place, salt }) => {
        const many = leavesUpTo(size, salt);
        const large = treeOf(many);
        const reference = new SlowMerkle(many);
        const index = Math.floor(place * size);
        expect(toHex(large.root())).toBe(reference.hash(0, size).toString('hex'));
        expect(joined(large.inclusionProof(index))).toBe(joined(reference.path(index, 0, size)));
        expect(joined(large.consistencyProof(index + 1))).toBe(joined(reference.proof(index + 1, size)));
        expect(isIncluded(claimOf(large, index, size), nodeCrypto)).toBe(true);
        expect(isConsistent(sinceOf(large, index + 1, size), nodeCrypto)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what a tree does not have is a range error', () => {
  const tree = treeOf(leavesUpTo(21));

  it.each<[string, () => unknown]>([
    ['a leaf behind the last', () => tree.leaf(21)],
    ['a leaf before the first', () => tree.leaf(-1)],
    ['half a leaf', () => tree.leaf(1.5)],
    ['the root of a larger tree', () => tree.root(22)],
    ['the root of a negative size', () => tree.root(-1)],
    ['the root of half a size', () => tree.root(2.5)],
    ['the place of a leaf behind the last', () => tree.inclusionProof(21)],
    ['the place of a leaf before the first', () => tree.inclusionProof(-1)],
    ['the place of half a leaf', () => tree.inclusionProof(0.5)],
    ['the place of a leaf in a tree that ends before it', () => tree.inclusionProof(5, 5)],
    ['the place of a leaf in a larger tree', () => tree.inclusionProof(5, 22)],
    ['a continuation of the empty tree', () => tree.consistencyProof(0)],
    ['a continuation of a larger tree', () => tree.consistencyProof(6, 5)],
    ['a continuation into a larger tree', () => tree.consistencyProof(5, 22)],
    ['a continuation of a negative size', () => tree.consistencyProof(-1)],
    ['a continuation of half a size', () => tree.consistencyProof(1.5)],
  ])('%s', (_what, ask) => {
    expect(ask).toThrow(RangeError);
  });
});
