import { fromBase64 } from '#workflows/journal/bytes.ts';
import type { Hash } from '#workflows/journal/merkle.ts';
import { readSharedText, sharedFiles } from '../../journal/shared-data.ts';

/** A published claim and whether it must be refused. Which members it has depends on its kind. */
export interface MerkleProbe {
  readonly name: string;
  readonly wantErr: boolean;
  readonly proof: readonly Hash[];
  readonly number: (member: string) => bigint;
  readonly hash: (member: string) => Hash;
}

const bytesOf = (base64: string): Hash => {
  const bytes = fromBase64(base64);
  if (!bytes) throw new Error(`no base64: ${base64}`);
  return bytes;
};

/** All probes of a kind, in the shared data. */
export const merkleProbes = (kind: string): MerkleProbe[] =>
  sharedFiles('.json', 'vectors', 'merkle', kind).map((name) => {
    // Sizes are 64 bits wide: they are made texts before JSON.parse could round them.
    const text = readSharedText('vectors', 'merkle', kind, name).replaceAll(/: (\d+)(?=[,\n])/g, ': "$1"');
    const probe = JSON.parse(text) as Record<string, string> & { wantErr: boolean; proof: string[] | null };
    return {
      name,
      wantErr: probe.wantErr,
      proof: (probe.proof ?? []).map(bytesOf),
      number: (member) => BigInt(probe[member]!),
      hash: (member) => bytesOf(probe[member]!),
    };
  });
