import { describe, expect, it } from 'vitest';
import { hashNode, isIncluded } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { claimOf, leavesUpTo, treeOf } from './merkle-leaves.ts';

describe('an inclusion proof', () => {
  const tree = treeOf(leavesUpTo(21));

  it('is refused for any other place, size, leaf or root', () => {
    for (let index = 0; index < 21; index += 1) {
      const claim = claimOf(tree, index, 21);
      for (let other = 0; other < 24; other += 1) {
        if (other === index) continue;
        expect(isIncluded({ ...claim, index: BigInt(other) }, nodeCrypto)).toBe(false);
        if (other < 21) expect(isIncluded({ ...claim, leafHash: tree.leaf(other) }, nodeCrypto)).toBe(false);
        if (other < 21) expect(isIncluded({ ...claim, root: tree.root(other) }, nodeCrypto)).toBe(false);
      }
    }
  });

  it('is refused with any bit of it flipped', () => {
    const claim = claimOf(tree, 13, 21);
    for (const [part, hash] of claim.proof.entries()) {
      for (let bit = 0; bit < 256; bit += 1) {
        const changed = hash.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const proof = claim.proof.with(part, changed);
        expect(isIncluded({ ...claim, proof }, nodeCrypto)).toBe(false);
      }
    }
  });

  it('is refused when it is too short, too long, or holds hashes of another length', () => {
    const claim = claimOf(tree, 13, 21);
    const extra = tree.leaf(0);
    for (let part = 0; part < claim.proof.length; part += 1) {
      expect(isIncluded({ ...claim, proof: claim.proof.toSpliced(part, 1) }, nodeCrypto)).toBe(false);
      expect(isIncluded({ ...claim, proof: claim.proof.with(part, new Uint8Array(31)) }, nodeCrypto)).toBe(false);
    }
    for (let part = 0; part <= claim.proof.length; part += 1) {
      expect(isIncluded({ ...claim, proof: claim.proof.toSpliced(part, 0, extra) }, nodeCrypto)).toBe(false);
    }
  });

  it('is refused when it is longer than the size allows, even where its hashes lead to the root', () => {
    const claim = { leafHash: tree.leaf(1), index: 0n, size: 1n, proof: [tree.leaf(0)], root: tree.root(2) };
    expect(hashNode(tree.leaf(0), tree.leaf(1), nodeCrypto)).toEqual(tree.root(2));
    expect(isIncluded(claim, nodeCrypto)).toBe(false);
    expect(isIncluded({ ...claim, index: 1n, size: 2n }, nodeCrypto)).toBe(true);
  });

  it('is refused for a place behind the last, even where nothing needs to be hashed', () => {
    const claim = { leafHash: tree.leaf(0), index: 0n, size: 1n, proof: [], root: tree.root(1) };
    expect(isIncluded(claim, nodeCrypto)).toBe(true);
    expect(isIncluded({ ...claim, index: 1n }, nodeCrypto)).toBe(false);
    expect(isIncluded({ ...claim, index: 0n, size: 0n }, nodeCrypto)).toBe(false);
  });

  it('is refused with a sibling that is no hash, even where its bytes lead to the root', () => {
    for (const length of [0, 31, 33, 64]) {
      const sibling = new Uint8Array(length).fill(9);
      const root = hashNode(sibling, tree.leaf(1), nodeCrypto);
      const claim = { leafHash: tree.leaf(1), index: 1n, size: 2n, proof: [sibling], root };
      expect(isIncluded(claim, nodeCrypto), String(length)).toBe(false);
    }
  });

  it('takes sizes beyond 2^53 without rounding', () => {
    const leafHash = tree.leaf(0);
    const proof = Array.from({ length: 60 }, () => tree.leaf(1));
    const root = proof.reduce((hash, sibling) => hashNode(hash, sibling, nodeCrypto), leafHash);
    expect(isIncluded({ leafHash, index: 0n, size: 2n ** 60n, proof, root }, nodeCrypto)).toBe(true);
    expect(isIncluded({ leafHash, index: 1n, size: 2n ** 60n, proof, root }, nodeCrypto)).toBe(false);
    expect(isIncluded({ leafHash, index: 0n, size: 2n ** 59n, proof, root }, nodeCrypto)).toBe(false);
    expect(isIncluded({ leafHash, index: -1n, size: 2n ** 60n, proof, root }, nodeCrypto)).toBe(false);
  });

  it('of a leaf or a size that the tree does not have is a range error', () => {
    expect(() => tree.inclusionProof(21)).toThrow(RangeError);
    expect(() => tree.inclusionProof(-1)).toThrow(RangeError);
    expect(() => tree.inclusionProof(5, 5)).toThrow(RangeError);
    expect(() => tree.inclusionProof(5, 22)).toThrow(RangeError);
    expect(() => tree.root(22)).toThrow(RangeError);
    expect(() => tree.leaf(21)).toThrow(RangeError);
  });
});
