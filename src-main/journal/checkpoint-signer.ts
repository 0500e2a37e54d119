import { sign, type KeyObject } from 'node:crypto';
import { utf8 } from '#workflows/journal/bytes.ts';
import { checkpointBody, type Checkpoint } from '#workflows/journal/checkpoint.ts';
import { formatSignedNote, noteKey } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from './node-crypto.ts';

/** Signs checkpoints with the workspace's checkpoint key. */
export interface CheckpointSigner {
  sign(checkpoint: Checkpoint): string;
}

/** @param publicKey raw, 32 bytes; of the same pair as `privateKey` */
export const checkpointSigner = (privateKey: KeyObject, publicKey: Uint8Array): CheckpointSigner => ({
  sign: (checkpoint) => {
    const text = checkpointBody(checkpoint);
    const { name, id } = noteKey(checkpoint.origin, publicKey, nodeCrypto);
    return formatSignedNote({ text, signatures: [{ name, id, signature: sign(null, utf8(text), privateKey) }] });
  },
});
