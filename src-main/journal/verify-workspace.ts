import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HEX_256_PATTERN } from '#workflows/identifiers.ts';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { JournalVerifier, type VerificationResult } from '#workflows/journal/verify.ts';
import { nodeCrypto } from './node-crypto.ts';
import { listSegments, readSegmentLines, type SegmentFile } from './segment-files.ts';

export interface VerifyOptions {
  /** Fingerprint of record 0 that the journal must have. */
  readonly key?: string;
  /** Called now and then with the number of records judged and of problems found. */
  readonly onProgress?: (progress: { records: number; problems: number; bytes: number; totalBytes: number }) => void;
  readonly signal?: AbortSignal;
}

/** Thrown when the path is no workspace, or cannot be opened. */
export class NotAWorkspaceError extends Error {
  override name = 'NotAWorkspaceError';
}

const readTextOrNull = async (path: string): Promise<string | null> => {
  try {
    // Not decoded leniently: another byte must not become the same text.
    return fromUtf8(await readFile(path)) ?? '\0';
  } catch {
    return null;
  }
};

const openFolder = async (workspace: string): Promise<SegmentFile[]> => {
  try {
    const folder = join(workspace, 'journal');
    if (!(await stat(folder)).isDirectory()) throw new Error('not a folder');
    return await listSegments(folder);
  } catch (cause) {
    throw new NotAWorkspaceError(`${workspace} is not a workspace: it has no journal folder`, { cause });
  }
};

/** Evidence files that records name, and those that an erasure lets be absent. */
class EvidenceLedger {
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

  async check(workspace: string, verifier: JournalVerifier): Promise<void> {
    for (const [name, seq] of this.#namedBy) {
      const actual = await hashFile(join(workspace, 'evidence', name));
      if (actual === null && !this.#erased.has(name)) {
        verifier.report('missing-evidence', seq, `evidence/${name} is absent`);
      } else if (actual !== null && actual !== name) {
        verifier.report('missing-evidence', seq, `evidence/${name} holds other bytes`);
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

/**
 * Verifies the journal of a workspace from its files alone (JOURNAL.md, Verification).
 * @throws NotAWorkspaceError when `workspace` has no journal folder
 */
export const verifyWorkspace = async (workspace: string, options: VerifyOptions = {}): Promise<VerificationResult> => {
  const segments = await openFolder(workspace);
  const verifier = new JournalVerifier(nodeCrypto);
  const evidence = new EvidenceLedger();
  const sizes = await Promise.all(segments.map(async ({ path }) => (await stat(path)).size));
  const totalBytes = sizes.reduce((total, size) => total + size, 0);
  let bytes = 0;
  const report = (): void => {
    options.onProgress?.({ records: verifier.size, problems: verifier.problemCount, bytes, totalBytes });
  };

  for (const [index, segment] of segments.entries()) {
    if (segment.firstSeq !== verifier.size) {
      const message = `a segment begins with record ${String(segment.firstSeq)} where ${String(verifier.size)} is due`;
      verifier.report('bad-seq', verifier.size, message);
    }
    let end = 0;
    try {
      for await (const line of readSegmentLines(segment.path)) {
        options.signal?.throwIfAborted();
        end = line.offset + line.bytes.length + 1;
        if (!line.isWhole) {
          judgeFragment(verifier, line.bytes, index === segments.length - 1);
          break;
        }
        const record = verifier.add(line.bytes);
        if (record) evidence.take(record);
        bytes += line.bytes.length + 1;
        if (verifier.size % 500 === 0) report();
      }
      if (index < segments.length - 1 && end < (sizes[index] ?? 0)) {
        verifier.report('not-canonical', verifier.size, 'a segment that is not the last ends in NUL bytes');
      }
    } catch (error) {
      if (options.signal?.aborted) throw error;
      verifier.report('unreadable', verifier.size, `the segment cannot be read: ${(error as Error).message}`);
    }
  }
  report();

  await evidence.check(workspace, verifier);
  const result = verifier.finish(
    await readTextOrNull(join(workspace, 'journal', 'checkpoint')),
    await readTextOrNull(join(workspace, 'keys', 'workspace.vkey')),
  );
  return options.key === undefined ? result : withPinnedKey(result, options.key);
};

/** A torn last write is a note as long as the checkpoint does not cover it; elsewhere it is damage. */
const judgeFragment = (verifier: JournalVerifier, bytes: Uint8Array, isLastSegment: boolean): void => {
  if (isLastSegment) verifier.note('uncovered-tail', `the last ${String(bytes.length)} bytes are an incomplete record`);
  else verifier.report('not-canonical', verifier.size, 'a segment ends inside a record');
};

const withPinnedKey = (result: VerificationResult, key: string): VerificationResult =>
  result.fingerprint === key.toLowerCase()
    ? result
    : {
        ...result,
        ok: false,
        problems: [
          {
            seq: 0,
            code: 'bad-key',
            message: `record 0 has the fingerprint ${result.fingerprint}, not the pinned one`,
          },
          ...result.problems,
        ],
      };
