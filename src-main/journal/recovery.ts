import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile, type Storage } from '../storage/storage.ts';
import type { CutPoint } from './opening.ts';
import type { SegmentFile } from './segment-files.ts';

/** What a recovery cut off. */
export interface CutBytes {
  /** Hex SHA-256 of them; of nothing when nothing was cut. */
  readonly hash: string;
  readonly bytes: number;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const NOTHING_CUT: CutBytes = { hash: hashOf(new Uint8Array()), bytes: 0 };

/**
 * Keeps the bytes from `cut` on in `recovered/`, then cuts them off the segments. A crash in between leaves them in both
 * places, and the next start cuts again.
 */
export const cutOff = (folder: string, segments: readonly SegmentFile[], cut: CutPoint, storage: Storage): CutBytes => {
  const target = segments[cut.segment];
  if (!target) return NOTHING_CUT;
  const later = segments.slice(cut.segment + 1);
  const bytes = Buffer.concat([
    readFileSync(target.path).subarray(cut.offset),
    ...later.map(({ path }) => readFileSync(path)),
  ]);
  const hash = hashOf(bytes);
  if (bytes.length > 0) {
    storage.makeFolder(join(folder, 'recovered'));
    storage.flushFolder(folder);
    replaceFile(storage, join(folder, 'recovered', `${String(target.firstSeq)}-${hash.slice(0, 16)}`), bytes);
  }
  for (const { path } of later) storage.remove(path);
  if (statSync(target.path).size > cut.offset) {
    const file = storage.open(target.path, 'existing');
    try {
      storage.truncate(file, cut.offset);
      storage.flush(file);
    } finally {
      storage.close(file);
    }
  }
  storage.flushFolder(dirname(target.path));
  return { hash, bytes: bytes.length };
};
