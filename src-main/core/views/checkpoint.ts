import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
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
