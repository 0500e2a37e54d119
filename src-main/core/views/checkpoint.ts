import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import type { JournalStatement, KeyRotation } from '#workflows/journal/witness.ts';
import { readKnownRecord } from '#workflows/records.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { Desk } from '../desk.ts';

/** The newest signed checkpoint, and what pins the journal that it is of. */
export const checkpointView = (desk: Desk): { text: string; size: number; root: string; fingerprint: string } => {
  const text = desk.journal.checkpoint();
  const checkpoint = parseSignedCheckpoint(text)?.checkpoint;
  return {
    text,
    size: checkpoint ? Number(checkpoint.size) : 0,
    root: checkpoint ? toBase64(checkpoint.root) : '',
    fingerprint: toHex(nodeCrypto.sha256(desk.journal.readBytes(0))),
  };
};

/** Every change of the checkpoint key, the oldest first. */
const rotationsOf = ({ journal }: Desk): KeyRotation[] =>
  journal.placesOf('workspace').flatMap((seq) => {
    const reading = readKnownRecord(journal.read(seq));
    if (!reading.ok || reading.record.type !== 'workspace.keyRotated') return [];
    const { checkpointKey, proof } = reading.record.data;
    return [{ checkpointKey, proof }];
  });

/** What a client that keeps checkpoints judges the journal by. */
export const journalStatement = (desk: Desk, from: number | null): JournalStatement => {
  const { journal } = desk;
  const isEarlier = from !== null && from > 0 && from < journal.size;
  const { checkpoint, path } = isEarlier
    ? journal.proveConsistency(from)
    : { checkpoint: journal.checkpoint(), path: [] };
  const size = parseSignedCheckpoint(checkpoint)?.checkpoint.size ?? 0n;
  return {
    text: checkpoint,
    key: toBase64(journal.registry.checkpointKeyAt(size) ?? new Uint8Array()),
    rotations: rotationsOf(desk),
    proof: path.map(toHex),
  };
};
