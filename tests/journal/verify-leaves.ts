import { JournalVerifier, type VerificationResult } from '#workflows/journal/verify.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import type { JournalBuilder } from './build-journal.ts';

export interface Verified {
  readonly leaves?: readonly Uint8Array[];
  readonly checkpoint?: string | null;
  readonly vkey?: string | null;
  /** A checkpoint that somebody kept elsewhere. */
  readonly kept?: string;
}

/** Verifies a built journal in memory, with its own leaves, newest checkpoint and key unless told otherwise. */
export const verifyJournal = (
  journal: JournalBuilder,
  { leaves = journal.leaves, checkpoint = journal.checkpoint(), vkey = journal.vkey, kept }: Verified = {},
): VerificationResult => {
  const verifier = new JournalVerifier(nodeCrypto);
  for (const leaf of leaves) verifier.add(leaf);
  return verifier.finish(checkpoint, vkey, kept);
};

/** The problems as `code@seq`, in order; `-` for the whole journal. */
export const problemsOf = ({ problems }: VerificationResult): string[] =>
  problems.map(({ code, seq }) => `${code}@${seq === null ? '-' : String(seq)}`);
