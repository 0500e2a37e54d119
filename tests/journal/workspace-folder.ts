import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { concatBytes } from '#workflows/journal/bytes.ts';
import { segmentName } from '#main/journal/segment-files.ts';
import type { JournalBuilder } from './build-journal.ts';

const LF = Uint8Array.of(10);

/** A new folder that is removed when the test ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

/** A copy of a folder that the test may write to. */
export const copyOf = (folder: string): string => {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
};

export const segmentPath = (folder: string, firstSeq = 0): string => join(folder, 'journal', segmentName(firstSeq));
export const checkpointPath = (folder: string): string => join(folder, 'journal', 'checkpoint');

/** The bytes of a segment: each leaf and its LF. */
export const segmentOf = (leaves: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  concatBytes(...leaves.flatMap((leaf) => [leaf, LF]));

export interface WorkspaceContent {
  /** Records that the checkpoint covers; all where absent. */
  readonly covered?: number;
  /** The first `seq` of every segment after the first. */
  readonly splits?: readonly number[];
  /** What is written in place of the journal's own leaves. */
  readonly leaves?: readonly Uint8Array[];
}

/** Writes a built journal to `folder` as a workspace. */
export const writeWorkspace = (
  folder: string,
  journal: JournalBuilder,
  { covered, splits = [], leaves = journal.leaves }: WorkspaceContent = {},
): void => {
  mkdirSync(join(folder, 'journal'), { recursive: true });
  mkdirSync(join(folder, 'keys'), { recursive: true });
  const starts = [0, ...splits];
  for (const [index, start] of starts.entries()) {
    writeFileSync(segmentPath(folder, start), segmentOf(leaves.slice(start, starts[index + 1])));
  }
  writeFileSync(checkpointPath(folder), journal.checkpoint(covered));
  writeFileSync(join(folder, 'keys', 'workspace.vkey'), journal.vkey);
};

/** A temporary workspace holding a built journal. */
export const workspaceOf = (journal: JournalBuilder, content: WorkspaceContent = {}): string => {
  const folder = temporaryFolder();
  writeWorkspace(folder, journal, content);
  return folder;
};

/** Every file under a folder with the hash of its content, and every folder, to see that nothing was touched. */
export const listingOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return `${name}/`;
      return `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
