import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HEX_256_PATTERN } from '#workflows/identifiers.ts';
import { fromHex, toHex } from '#workflows/journal/bytes.ts';
import { CompactTable } from '#workflows/journal/compact-table.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { JournalVerifier } from '#workflows/journal/verify.ts';

type Reporter = Pick<JournalVerifier, 'report'>;

const SEQ_BYTES = 8;
const IS_NAMED = SEQ_BYTES;
const MAY_BE_ABSENT = SEQ_BYTES + 1;

/**
 * Evidence files that records name, and those that an erasure lets be absent. It grows by the files, not by the records: 50
 * bytes for each.
 */
export class EvidenceLedger {
  /** By name: the first record that names it, whether one does, and whether it was erased. */
  readonly #files = new CompactTable(32, SEQ_BYTES + 2);

  take(record: JournalRecord): void {
    const { evidence } = record.data;
    if (!Array.isArray(evidence)) return;
    for (const name of evidence) {
      if (typeof name !== 'string' || !HEX_256_PATTERN.test(name)) continue;
      const file = this.#files.findOrAdd(fromHex(name));
      if (record.type === 'subject.erased') file[MAY_BE_ABSENT] = 1;
      else if (file[IS_NAMED] === 0) {
        file[IS_NAMED] = 1;
        numbersIn(file).setFloat64(0, record.seq);
      }
    }
  }

  /** Looks for every named file below `folder` and compares its bytes with its name. */
  async check(folder: string, reporter: Reporter, signal?: AbortSignal): Promise<void> {
    for (const { key, value } of this.#files.rows()) {
      if (value[IS_NAMED] === 0) continue;
      signal?.throwIfAborted();
      const [name, seq] = [toHex(key), numbersIn(value).getFloat64(0)];
      const actual = await hashFile(join(folder, 'evidence', name));
      if (actual === null && value[MAY_BE_ABSENT] === 0) {
        reporter.report('missing-evidence', seq, `evidence/${name} is absent`);
      } else if (actual !== null && actual !== name) {
        reporter.report('missing-evidence', seq, `evidence/${name} holds other bytes`);
      }
    }
  }
}

const numbersIn = (row: Uint8Array): DataView => new DataView(row.buffer, row.byteOffset, row.length);

const hashFile = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return null;
  }
  return hash.digest('hex');
};
