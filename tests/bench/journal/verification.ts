import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { CryptoPort } from '#workflows/journal/crypto-port.ts';
import { sizeOfCheckpoint } from '#workflows/journal/judge-checkpoint.ts';
import { KeptRoots } from '#workflows/journal/kept-roots.ts';
import { hashLeaf, isIncluded } from '#workflows/journal/merkle.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { JournalVerifier } from '#workflows/journal/verify.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { listSegments, readSegmentLines } from '#main/journal/segment-files.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { processorTime, timed } from '../control.ts';
import { workspaceIn } from './generate-journal.ts';

/** Every so many records, one's inclusion is proved and checked. */
const PROVED = 100;

export interface Rate {
  readonly records: number;
  /** Records per second. */
  readonly rate: number;
  /** Records per second of processor time. */
  readonly perProcessor: number;
}

export interface VerificationRates {
  readonly hashesAndProofs: Rate;
  readonly formsAndRules: Rate;
}

async function* leavesIn(root: string): AsyncGenerator<Uint8Array> {
  for (const { path } of await listSegments(join(workspaceIn(root), 'journal'))) {
    for await (const { bytes } of readSegmentLines(path)) yield bytes;
  }
}

const readCheckpoint = (root: string): string => readFileSync(join(workspaceIn(root), 'journal', 'checkpoint'), 'utf8');

/** Leaf hashes, the tree, its root against the checkpoint, and proofs of inclusion. */
const hashAndProve = async (root: string): Promise<number> => {
  const tree = new MerkleTree(nodeCrypto);
  for await (const leaf of leavesIn(root)) tree.append(hashLeaf(leaf, nodeCrypto));
  const checkpoint = parseSignedCheckpoint(readCheckpoint(root))?.checkpoint;
  if (!checkpoint || !equalBytes(checkpoint.root, tree.root())) throw new Error('the root is not the checkpoint’s');
  const size = tree.size;
  for (let seq = 0; seq < size; seq += PROVED) {
    const claim = {
      leafHash: tree.leaf(seq),
      index: BigInt(seq),
      size: BigInt(size),
      proof: tree.inclusionProof(seq, size),
      root: checkpoint.root,
    };
    if (!isIncluded(claim, nodeCrypto)) throw new Error(`record ${String(seq)} is not proved`);
  }
  return size;
};

/** Everything that `verify --rules` judges but the signatures. */
const judgeForms = async (root: string): Promise<number> => {
  const withoutSignatures: CryptoPort = { ...nodeCrypto, verifyEd25519: () => true };
  const checkpoint = readCheckpoint(root);
  const size = sizeOfCheckpoint(checkpoint);
  const verifier = new JournalVerifier(
    withoutSignatures,
    new KeptRoots(withoutSignatures, size === null ? [] : [size]),
    new JournalRules(withoutSignatures),
  );
  for await (const leaf of leavesIn(root)) verifier.add(leaf);
  const vkey = readFileSync(join(workspaceIn(root), 'keys', 'workspace.vkey'), 'utf8');
  const { ok, problems } = verifier.finish(checkpoint, vkey);
  if (!ok) throw new Error(`the generated journal is not honest: ${JSON.stringify(problems.slice(0, 3))}`);
  return verifier.size;
};

const rateOf = async (work: () => Promise<number>): Promise<Rate> => {
  let records = 0;
  let took = 0;
  const processor = await processorTime(async () => {
    took = await timed(async () => {
      records = await work();
    });
  });
  return { records, rate: (records * 1000) / took, perProcessor: (records * 1000) / processor };
};

/** How fast a journal is judged from its files, reading them included. */
export const measureVerification = async ({ root }: { root: string }): Promise<VerificationRates> => ({
  hashesAndProofs: await rateOf(() => hashAndProve(root)),
  formsAndRules: await rateOf(() => judgeForms(root)),
});

/** How fast the program verifies a workspace as a whole, every signature included. */
export const measureFullVerification = ({ root }: { root: string }): Promise<Rate> =>
  rateOf(async () => {
    const { ok, problems, size } = await verifyWorkspace(workspaceIn(root));
    if (!ok) throw new Error(`the generated journal is not honest: ${JSON.stringify(problems.slice(0, 3))}`);
    return size;
  });
