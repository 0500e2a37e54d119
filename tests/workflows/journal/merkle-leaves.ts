import { MerkleTree, type RecordTree } from '#workflows/journal/merkle-tree.ts';
import { hashLeaf, type ConsistencyClaim, type Hash, type InclusionClaim } from '#workflows/journal/merkle.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';

export const leavesUpTo = (count: number, salt = 'leaf'): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`${salt} ${String(index)}`));

export const hashesOf = (leaves: readonly Uint8Array[]): Hash[] => leaves.map((leaf) => hashLeaf(leaf, nodeCrypto));

export const treeOf = (leaves: readonly Uint8Array[]): MerkleTree => {
  const tree = new MerkleTree(nodeCrypto);
  for (const hash of hashesOf(leaves)) tree.append(hash);
  return tree;
};

export const claimOf = (tree: RecordTree, index: number, size: number): InclusionClaim => ({
  leafHash: tree.leaf(index),
  index: BigInt(index),
  size: BigInt(size),
  proof: tree.inclusionProof(index, size),
  root: tree.root(size),
});

/** The hashes one after the other, to be compared at once. */
export const joined = (hashes: readonly Uint8Array[]): string => hashes.map((hash) => toHex(hash)).join(' ');

/** The claim that the tree of `size` leaves continues the one of `oldSize`. */
export const sinceOf = (tree: RecordTree, oldSize: number, size: number): ConsistencyClaim => ({
  oldSize: BigInt(oldSize),
  oldRoot: tree.root(oldSize),
  size: BigInt(size),
  root: tree.root(size),
  proof: tree.consistencyProof(oldSize, size),
});
