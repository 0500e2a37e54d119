import { createHash } from 'node:crypto';
import { utf8, concatBytes } from '#workflows/journal/bytes.ts';

/** A key that seals data: a customer's, or the workspace's own. */
export interface DataKey {
  /** Names the key in a record, so that a ciphertext has one reading (JOURNAL.md, Sealed data and erasure). */
  readonly kid: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export const dataKey = (key: Uint8Array): DataKey => ({
  key,
  kid: createHash('sha256')
    .update(concatBytes(utf8('countersign/v1/kid\n'), key))
    .digest('hex'),
});
