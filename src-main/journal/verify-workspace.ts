import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import { KeptRoots } from '#workflows/journal/kept-roots.ts';
import { sizeOfCheckpoint } from '#workflows/journal/judge-checkpoint.ts';
import { JournalVerifier, type RecordRules, type VerificationResult } from '#workflows/journal/verify.ts';
import { EvidenceLedger } from './evidence-ledger.ts';
import { nodeCrypto } from './node-crypto.ts';
import { listSegments, readSegmentChunks, type SegmentFile } from './segment-files.ts';

/** How far a verification has come. */
export interface VerifyProgress {
  readonly records: number;
  readonly problems: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface VerifyOptions {
  /** Fingerprint of record 0 that the journal must have. */
  readonly key?: string;
  /** Path of an older checkpoint that the journal must extend. */
  readonly checkpoint?: string;
  /** What judges the meaning of the records, where that is asked for; a fresh one for each verification. */
  readonly rules?: RecordRules;
  /** Called now and then, and at the end of the records. */
  readonly onProgress?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
}

/** Thrown when the path is no workspace, or cannot be opened. */
export class NotAWorkspaceError extends Error {
  override name = 'NotAWorkspaceError';
}

/** Records between two reports of progress. */
const RECORDS_PER_REPORT = 500;

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

type Verifier = JournalVerifier<KeptRoots>;

/**
 * Verifies the journal of a workspace from its files alone (JOURNAL.md, Verification), in one pass. What it keeps in memory
 * is a chunk of a file, the tree's frontier, the people, the names of evidence files, and what `JournalState` says.
 * @throws NotAWorkspaceError when `workspace` has no journal folder
 */
export const verifyWorkspace = async (workspace: string, options: VerifyOptions = {}): Promise<VerificationResult> => {
  const segments = await openFolder(workspace);
  // Read before the records: where the desk is open, they may only grow beyond it.
  const checkpoint = await readTextOrNull(join(workspace, 'journal', 'checkpoint'));
  const kept = options.checkpoint === undefined ? undefined : await readTextOrNull(options.checkpoint);
  const sizes = [checkpoint, kept].map((text) => (text ? sizeOfCheckpoint(text) : null));
  const verifier: Verifier = new JournalVerifier(
    nodeCrypto,
    new KeptRoots(
      nodeCrypto,
      sizes.filter((size) => size !== null),
    ),
    options.rules,
  );
  const evidence = new EvidenceLedger();

  await new SegmentsReading(verifier, evidence, options).readAll(segments);
  await evidence.check(workspace, verifier, options.signal);
  if (kept === null) verifier.report('unreadable', null, 'the kept checkpoint cannot be read');
  const vkey = await readTextOrNull(join(workspace, 'keys', 'workspace.vkey'));
  const result = verifier.finish(checkpoint, vkey, kept ?? undefined);
  return options.key === undefined ? result : withPinnedKey(result, options.key);
};

class SegmentsReading {
  readonly #verifier: Verifier;
  readonly #evidence: EvidenceLedger;
  readonly #options: VerifyOptions;
  #bytes = 0;
  #totalBytes = 0;

  constructor(verifier: Verifier, evidence: EvidenceLedger, options: VerifyOptions) {
    this.#verifier = verifier;
    this.#evidence = evidence;
    this.#options = options;
  }

  async readAll(segments: readonly SegmentFile[]): Promise<void> {
    const sizes = await Promise.all(segments.map(async ({ path }) => (await stat(path)).size));
    this.#totalBytes = sizes.reduce((total, size) => total + size, 0);
    for (const [index, { path, firstSeq }] of segments.entries()) {
      const { size } = this.#verifier;
      if (firstSeq !== size) {
        const message = `a segment begins with record ${String(firstSeq)} where ${String(size)} is due`;
        this.#verifier.report('bad-seq', size, message);
      }
      const isLast = index === segments.length - 1;
      try {
        const end = await this.#readSegment(path, isLast);
        if (!isLast && end < (sizes[index] ?? 0)) {
          this.#verifier.report(
            'not-canonical',
            this.#verifier.size,
            'a segment that is not the last ends in NUL bytes',
          );
        }
      } catch (error) {
        this.#options.signal?.throwIfAborted();
        const message = `the segment cannot be read: ${(error as Error).message}`;
        this.#verifier.report('unreadable', this.#verifier.size, message);
      }
    }
    this.#report();
  }

  /** @returns where the last line of the segment ended */
  async #readSegment(path: string, isLast: boolean): Promise<number> {
    let end = 0;
    for await (const lines of readSegmentChunks(path, { signal: this.#options.signal })) {
      this.#options.signal?.throwIfAborted();
      for (const { bytes, offset, isWhole } of lines) {
        end = offset + bytes.length + 1;
        if (!isWhole) {
          this.#judgeFragment(bytes, isLast);
          return end;
        }
        const record = this.#verifier.add(bytes);
        if (record) this.#evidence.take(record);
        this.#bytes += bytes.length + 1;
        if (this.#verifier.size % RECORDS_PER_REPORT === 0) this.#report();
      }
    }
    return end;
  }

  /** A torn last write is a note as long as the checkpoint does not cover it; elsewhere it is damage. */
  #judgeFragment(bytes: Uint8Array, isLastSegment: boolean): void {
    if (isLastSegment) {
      this.#verifier.note('uncovered-tail', `the last ${String(bytes.length)} bytes are an incomplete record`);
    } else this.#verifier.report('not-canonical', this.#verifier.size, 'a segment ends inside a record');
  }

  #report(): void {
    const { size: records, problemCount: problems } = this.#verifier;
    this.#options.onProgress?.({ records, problems, bytes: this.#bytes, totalBytes: this.#totalBytes });
  }
}

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
