import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import type { RecordTree } from '#workflows/journal/merkle-tree.ts';
import { noteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import type { Problem } from '#workflows/journal/verify.ts';
import { nodeCrypto } from './node-crypto.ts';

export interface CheckpointOnDisk {
  readonly text: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** What a checkpoint is judged by. */
export interface JournalSoFar {
  readonly registry: KeyRegistry;
  readonly tree: Pick<RecordTree, 'size' | 'root'>;
  /** Whether a record is followed by another of the same command. */
  readonly isContinued: (seq: number) => boolean;
}

export const damage = (seq: number | null, code: Problem['code'], message: string): Problem => ({ seq, code, message });

/** `journal/checkpoint` as it is; nothing is verified yet. */
export const readCheckpoint = (folder: string): CheckpointOnDisk | Problem => {
  let text: string;
  try {
    text = readFileSync(join(folder, 'journal', 'checkpoint'), 'utf8');
  } catch {
    return damage(null, 'unreadable', 'journal/checkpoint is missing or cannot be read');
  }
  const parsed = parseSignedCheckpoint(text);
  return parsed
    ? { text, size: Number(parsed.checkpoint.size), root: toBase64(parsed.checkpoint.root) }
    : damage(null, 'bad-checkpoint-signature', 'journal/checkpoint is no signed checkpoint');
};

export const isProblem = (value: CheckpointOnDisk | Problem): value is Problem => 'code' in value;

/** The checkpoint must be signed by the key that the journal itself names, and give the journal's root. */
export const judgeCheckpoint = (
  checkpoint: CheckpointOnDisk,
  { registry, tree, isContinued }: JournalSoFar,
): Problem | null => {
  const parsed = parseSignedCheckpoint(checkpoint.text);
  if (tree.size === 0) return damage(0, 'size-mismatch', 'there are no records');
  const key = registry.checkpointKeyAt(checkpoint.size);
  if (!parsed || !key || !registry.origin || parsed.checkpoint.origin !== registry.origin) {
    return damage(null, 'wrong-checkpoint-key', 'the checkpoint is not of this journal');
  }
  if (verifyNote(parsed.note, noteKey(registry.origin, key, nodeCrypto), nodeCrypto) !== 'verified') {
    return damage(null, 'bad-checkpoint-signature', 'the checkpoint is not signed by the workspace’s key');
  }
  if (checkpoint.size > tree.size) {
    return damage(
      tree.size,
      'size-mismatch',
      `the checkpoint covers ${String(checkpoint.size)} records, fewer are here`,
    );
  }
  if (isContinued(checkpoint.size - 1)) {
    return damage(checkpoint.size - 1, 'bad-command', 'the checkpoint ends inside a command');
  }
  return toBase64(tree.root(checkpoint.size)) === checkpoint.root
    ? null
    : damage(null, 'root-mismatch', 'the records give another root than the checkpoint');
};
