import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { hashLeaf, hashNode, isIncluded, type InclusionClaim } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { ifShared, readSharedJson, readSharedText, sharedFiles, sharedIsAbsent } from '../../journal/shared-data.ts';
import { SlowMerkle } from './slow-merkle.ts';

const treeOf = (leaves: readonly Uint8Array[]): MerkleTree => {
  const tree = new MerkleTree(nodeCrypto);
  for (const leaf of leaves) tree.append(hashLeaf(leaf, nodeCrypto));
  return tree;
};

const claimOf = (tree: MerkleTree, index: number, size: number): InclusionClaim => ({
  leafHash: tree.leaf(index),
  index: BigInt(index),
  size: BigInt(size),
  proof: tree.inclusionProof(index, size),
  root: tree.root(size),
});

const leavesUpTo = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`leaf ${String(index)}`));

/** The hashes one after the other, to be compared at once. */
const joined = (hashes: readonly Uint8Array[]): string => hashes.map((hash) => toHex(hash)).join(' ');

describe('the tree agrees with the text of RFC 9162', () => {
  const leaves = leavesUpTo(300);
  const tree = treeOf(leaves);
  const slow = new SlowMerkle(leaves);

  it('on the root of every size from 0 to 300', () => {
    for (let size = 0; size <= 300; size += 1) {
      expect(toHex(tree.root(size)), String(size)).toBe(slow.hash(0, size).toString('hex'));
      expect(toHex(treeOf(leaves.slice(0, size)).root()), String(size)).toBe(slow.hash(0, size).toString('hex'));
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

  it('on roots and proofs of random larger trees of random leaves', () => {
    const random = fc.record({
      size: fc.integer({ min: 301, max: 3000 }),
      position: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      salt: fc.string(),
    });
    fc.assert(
      fc.property(random, ({ size, position, salt }) => {
        const many = Array.from({ length: size }, (_, index) => Buffer.from(`${salt} ${String(index)}`));
        const large = treeOf(many);
        const reference = new SlowMerkle(many);
        const index = Math.floor(position * size);
        expect(toHex(large.root())).toBe(reference.hash(0, size).toString('hex'));
        expect(joined(large.inclusionProof(index))).toBe(joined(reference.path(index, 0, size)));
        expect(isIncluded(claimOf(large, index, size), nodeCrypto)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

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

describe.skipIf(sharedIsAbsent)(`published Merkle vectors${ifShared}`, () => {
  it('every inclusion probe gets the verdict that its author expects', () => {
    const names = sharedFiles('.json', 'vectors', 'merkle', 'inclusion');
    expect(names.length).toBeGreaterThan(40);
    const wrong = names.filter((name) => {
      const text = readSharedText('vectors', 'merkle', 'inclusion', name);
      const probe = JSON.parse(text) as { root: string; leafHash: string; proof: string[] | null; wantErr: boolean };
      // Sizes are 64 bits wide: they are taken from the text, before JSON.parse rounds them.
      const number = (member: string): bigint => BigInt(new RegExp(`"${member}": *(\\d+)`).exec(text)![1]!);
      const bytes = (base64: string): Uint8Array => fromBase64(base64)!;
      const claim = {
        leafHash: bytes(probe.leafHash),
        index: number('leafIdx'),
        size: number('treeSize'),
        proof: (probe.proof ?? []).map((hash) => bytes(hash)),
        root: bytes(probe.root),
      };
      return isIncluded(claim, nodeCrypto) === probe.wantErr;
    });
    expect(wrong).toEqual([]);
  });

  it('the tree of eight leaves has the known roots at every size', () => {
    const known = readSharedJson('vectors', 'merkle', 'known-answer', 'rfc6962-8-leaves.json') as {
      leavesHex: string[];
      rootsHexBySize: string[];
    };
    const tree = treeOf(known.leavesHex.map((leaf) => fromHex(leaf)));
    expect(known.rootsHexBySize.map((_, size) => toHex(tree.root(size)))).toEqual(known.rootsHexBySize);
  });

  it('the tree over the entries of another program has the roots that its checkpoints name', () => {
    const entries = readSharedJson('vectors', 'merkle', 'tessera-log', 'entries.json') as string[];
    const tree = treeOf(entries.map((entry) => utf8(entry)));
    const names = sharedFiles('', 'vectors', 'note', 'tessera-log').filter((name) => name.startsWith('checkpoint'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const { checkpoint } = parseSignedCheckpoint(readSharedText('vectors', 'note', 'tessera-log', name))!;
      expect(toBase64(tree.root(Number(checkpoint.size))), name).toBe(toBase64(checkpoint.root));
    }
  });
});
