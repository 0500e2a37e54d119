import { describe, expect, it } from 'vitest';
import { KeptRoots } from '#workflows/journal/kept-roots.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';
import { SlowMerkle } from './slow-merkle.ts';

const random = new SeededRandom(5);
const leaves = Array.from({ length: 300 }, () => random.bytes(20));
const slow = new SlowMerkle(leaves);
const slowRoot = (size: number): Uint8Array => new Uint8Array(slow.hash(0, size));

describe('a tree that keeps the roots that are asked for', () => {
  it('has the root of RFC 9162 at every size, and keeps those that it was asked for', () => {
    const wanted = [1, 2, 3, 100, 128, 255, 256, 257];
    const tree = new KeptRoots(nodeCrypto, wanted);
    expect(tree.root()).toEqual(slowRoot(0));
    for (const [index, leaf] of leaves.entries()) {
      tree.append(hashLeaf(leaf, nodeCrypto));
      expect(tree.size).toBe(index + 1);
      expect(tree.root(), String(index + 1)).toEqual(slowRoot(index + 1));
    }
    for (const size of wanted) expect(tree.root(size), String(size)).toEqual(slowRoot(size));
    expect(tree.root(0)).toEqual(slowRoot(0));
  });

  it('gives no root for a size that it has gone past without being asked, or not reached', () => {
    const tree = new KeptRoots(nodeCrypto, [3, 9]);
    for (const leaf of leaves.slice(0, 5)) tree.append(hashLeaf(leaf, nodeCrypto));
    for (const size of [1, 2, 4, 6, 9]) expect(() => tree.root(size), String(size)).toThrow(RangeError);
  });
});
