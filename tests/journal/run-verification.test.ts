import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { VerificationResult } from '#workflows/journal/verify.ts';
import { runVerification, type VerificationProgress } from '#main/journal/run-verification.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { honestJournal } from './honest-journal.ts';
import type { JournalBuilder } from './build-journal.ts';
import { segmentPath, temporaryFolder, workspaceOf } from './workspace-folder.ts';

let journal: JournalBuilder;
let folder: string;

beforeEach(() => {
  ({ journal } = honestJournal(60, 600));
  folder = workspaceOf(journal, { splits: [300] });
});

/** Everything that a verification in its thread says, to the end. */
const runToEnd = async (): Promise<{ steps: VerificationProgress[]; result: VerificationResult }> => {
  const running = runVerification(folder);
  const steps: VerificationProgress[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done) return { steps, result: step.value };
    steps.push(step.value);
  }
};

describe('a verification in a thread of its own', () => {
  it('comes to the same result as in this one, and tells how far it is', async () => {
    const { steps, result } = await runToEnd();
    expect(result).toEqual(await verifyWorkspace(folder));
    expect(result.ok).toBe(true);
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)).toMatchObject({ records: journal.size, problems: 0 });
    expect(steps.at(-1)?.bytes).toBe(steps.at(-1)?.totalBytes);
    for (const [index, { records }] of steps.entries()) {
      expect(records).toBeGreaterThanOrEqual(steps[index - 1]?.records ?? 0);
    }
  });

  it('names the same problems', async () => {
    writeFileSync(segmentPath(folder, 300), 'no record\n');
    const { result } = await runToEnd();
    expect(result.ok).toBe(false);
    expect(result).toEqual(await verifyWorkspace(folder));
  });

  it('fails where there is no workspace', async () => {
    folder = temporaryFolder();
    await expect(runToEnd()).rejects.toThrow('is not a workspace');
  });

  it('may be ended early', async () => {
    const running = runVerification(folder);
    await running.next();
    const empty: VerificationResult = { ok: false, size: 0, root: '', fingerprint: '', notes: [], problems: [] };
    expect(await running.return(empty)).toMatchObject({ done: true });
    expect(await running.next()).toMatchObject({ done: true });
  });
});
