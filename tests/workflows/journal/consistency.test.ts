import { describe, expect, it } from 'vitest';
import { hashNode, isConsistent, type ConsistencyClaim, type Hash } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { leavesUpTo, sinceOf, treeOf } from './merkle-leaves.ts';

const tree = treeOf(leavesUpTo(21));
const holds = (claim: ConsistencyClaim): boolean => isConsistent(claim, nodeCrypto);

/** Two proofs of either kind: from a power of two, whose root the proof leaves out, and from another size. */
const claims = [
  ['from 8 to 21', sinceOf(tree, 8, 21)],
  ['from 13 to 21', sinceOf(tree, 13, 21)],
  ['from 1 to 2', sinceOf(tree, 1, 2)],
  ['from 20 to 21', sinceOf(tree, 20, 21)],
] as const;

describe('a consistency proof', () => {
  it.each(claims)('%s is refused for another earlier size, and for any other root', (_name, claim) => {
    expect(holds(claim)).toBe(true);
    for (let other = 0; other < 24; other += 1) {
      const size = BigInt(other);
      if (size !== claim.oldSize) expect(holds({ ...claim, oldSize: size }), `old ${String(other)}`).toBe(false);
      if (other > 21) continue;
      const root = tree.root(other);
      if (size !== claim.oldSize) expect(holds({ ...claim, oldRoot: root }), `old root ${String(other)}`).toBe(false);
      if (size !== claim.size) expect(holds({ ...claim, root }), `new root ${String(other)}`).toBe(false);
    }
  });

  it.each(claims)('%s is refused with any bit of it or of a root flipped', (_name, claim) => {
    const flipped = (hash: Hash, bit: number): Hash => {
      const changed = hash.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      return changed;
    };
    for (let bit = 0; bit < 256; bit += 1) {
      expect(holds({ ...claim, root: flipped(claim.root, bit) })).toBe(false);
      expect(holds({ ...claim, oldRoot: flipped(claim.oldRoot, bit) })).toBe(false);
      for (const [part, hash] of claim.proof.entries()) {
        expect(holds({ ...claim, proof: claim.proof.with(part, flipped(hash, bit)) })).toBe(false);
      }
    }
  });

  it.each(claims)('%s is refused when it is too short or too long, wherever', (_name, claim) => {
    for (let part = 0; part < claim.proof.length; part += 1) {
      expect(holds({ ...claim, proof: claim.proof.toSpliced(part, 1) }), `without ${String(part)}`).toBe(false);
    }
    for (let part = 0; part <= claim.proof.length; part += 1) {
      for (const extra of [tree.leaf(0), claim.root, claim.oldRoot]) {
        expect(holds({ ...claim, proof: claim.proof.toSpliced(part, 0, extra) }), `at ${String(part)}`).toBe(false);
      }
    }
    expect(holds({ ...claim, proof: [] })).toBe(false);
  });

  it.each(claims)('%s is refused with its roots exchanged', (_name, claim) => {
    expect(holds({ ...claim, oldRoot: claim.root, root: claim.oldRoot })).toBe(false);
    expect(holds({ ...claim, oldSize: claim.size, size: claim.oldSize })).toBe(false);
  });

  it('from size 0 is refused, whatever it says: every tree continues the empty one', () => {
    const oldRoot = tree.root(0);
    for (const size of [0, 1, 2, 8, 21]) {
      for (const proof of [[], [oldRoot], [tree.root(size)], tree.inclusionProof(0, Math.max(size, 1))]) {
        expect(holds({ oldSize: 0n, oldRoot, size: BigInt(size), root: tree.root(size), proof })).toBe(false);
      }
    }
  });

  it('between equal sizes needs equal roots and no hashes', () => {
    for (const size of [1, 2, 13, 16, 21]) {
      const same = sinceOf(tree, size, size);
      expect(same.proof).toEqual([]);
      expect(holds(same)).toBe(true);
      expect(holds({ ...same, root: tree.root(size - 1) })).toBe(false);
      expect(holds({ ...same, proof: [same.root] })).toBe(false);
      expect(holds({ ...same, proof: [new Uint8Array()] })).toBe(false);
      expect(holds({ ...same, oldRoot: new Uint8Array(), root: new Uint8Array() })).toBe(false);
    }
  });

  it.each([0, 31, 33, 64])('is refused with a hash of %i bytes, even where its bytes lead to the roots', (length) => {
    const odd = new Uint8Array(length).fill(9);
    const root = hashNode(tree.leaf(0), odd, nodeCrypto);
    expect(holds({ oldSize: 1n, oldRoot: tree.leaf(0), size: 2n, root, proof: [odd] })).toBe(false);
    const withOddRoot = hashNode(odd, tree.leaf(0), nodeCrypto);
    expect(holds({ oldSize: 1n, oldRoot: odd, size: 2n, root: withOddRoot, proof: [tree.leaf(0)] })).toBe(false);
    expect(holds({ ...sinceOf(tree, 8, 21), root: odd })).toBe(false);
  });

  it('takes sizes up to 2^64 - 1 without rounding, and none beyond', () => {
    const oldRoot = tree.root(16);
    const hashes = (count: number): Hash[] => Array.from({ length: count }, () => tree.leaf(1));
    const rootOver = (proof: readonly Hash[]): Hash =>
      proof.reduce((hash, sibling) => hashNode(hash, sibling, nodeCrypto), oldRoot);
    const claim = (oldSize: bigint, size: bigint, proof: readonly Hash[]): ConsistencyClaim => ({
      oldSize,
      oldRoot,
      size,
      root: rootOver(proof),
      proof,
    });
    expect(holds(claim(2n ** 54n, 2n ** 60n, hashes(6)))).toBe(true);
    expect(holds(claim(2n ** 54n + 1n, 2n ** 60n, hashes(6)))).toBe(false);
    expect(holds(claim(2n ** 63n, 2n ** 64n - 1n, hashes(1)))).toBe(true);
    expect(holds(claim(2n ** 63n, 2n ** 64n, hashes(1)))).toBe(false);
    expect(holds(claim(-1n, 2n ** 60n, hashes(6)))).toBe(false);
  });
});
