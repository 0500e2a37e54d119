import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HEX_256_PATTERN } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { JournalVerifier } from '#workflows/journal/verify.ts';

type Reporter = Pick<JournalVerifier, 'report'>;

/** Evidence files that records name, and those that an erasure lets be absent. It grows by the files, not by the records. */
export class EvidenceLedger {
  readonly #namedBy = new Map<string, number>();
  readonly #erased = new Set<string>();

  take(record: JournalRecord): void {
    const { evidence } = record.data;
    if (!Array.isArray(evidence)) return;
    for (const name of evidence) {
      if (typeof name !== 'string' || !HEX_256_PATTERN.test(name)) continue;
      if (record.type === 'subject.erased') this.#erased.add(name);
      else if (!this.#namedBy.has(name)) this.#namedBy.set(name, record.seq);
    }
  }

  /** Looks for every named file below `folder` and compares its bytes with its name. */
  async check(folder: string, reporter: Reporter, signal?: AbortSignal): Promise<void> {
    for (const [name, seq] of this.#namedBy) {
      signal?.throwIfAborted();
      const actual = await hashFile(join(folder, 'evidence', name));
      if (actual === null && !this.#erased.has(name)) {
        reporter.report('missing-evidence', seq, `evidence/${name} is absent`);
      } else if (actual !== null && actual !== name) {
        reporter.report('missing-evidence', seq, `evidence/${name} holds other bytes`);
      }
    }
  }
}

const hashFile = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return null;
  }
  return hash.digest('hex');
};
