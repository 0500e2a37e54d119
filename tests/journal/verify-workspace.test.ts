import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { NotAWorkspaceError, verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { journalWithCast, type Cast, type JournalBuilder } from './build-journal.ts';
import { problemsOf } from './verify-leaves.ts';
import { checkpointPath, segmentOf, segmentPath, temporaryFolder, workspaceOf } from './workspace-folder.ts';

let cast: Cast;
let journal: JournalBuilder;

beforeEach(() => {
  cast = journalWithCast(11);
  ({ journal } = cast);
});

const problemsIn = async (folder: string): Promise<string[]> => problemsOf(await verifyWorkspace(folder));

const nul = (length: number): Uint8Array => new Uint8Array(length);

describe('a path', () => {
  it('that is no workspace is told apart from a bad journal', async () => {
    const folder = temporaryFolder();
    await expect(verifyWorkspace(folder)).rejects.toThrow(NotAWorkspaceError);
    await expect(verifyWorkspace(join(folder, 'absent'))).rejects.toThrow(NotAWorkspaceError);
    writeFileSync(join(folder, 'journal'), 'a file');
    await expect(verifyWorkspace(folder)).rejects.toThrow(NotAWorkspaceError);
  });

  it('with a journal that has no records is a bad journal', async () => {
    const folder = workspaceOf(journal);
    rmSync(segmentPath(folder));
    expect(await problemsIn(folder)).not.toEqual([]);
  });
});

describe('segments', () => {
  it('hold wherever they are cut, an empty last one too', async () => {
    const folder = workspaceOf(journal, { splits: [1, 5, 6] });
    writeFileSync(segmentPath(folder, 9), '');
    expect(await verifyWorkspace(folder)).toMatchObject({ ok: true, size: 9, notes: [] });
  });

  it('are missed when one is gone', async () => {
    for (const gone of [0, 3, 6]) {
      const folder = workspaceOf(journal, { splits: [3, 6] });
      rmSync(segmentPath(folder, gone));
      expect((await verifyWorkspace(folder)).ok).toBe(false);
    }
  });

  it('have the name of their first record', async () => {
    const folder = workspaceOf(journal, { splits: [3] });
    renameSync(segmentPath(folder, 3), segmentPath(folder, 4));
    expect(await problemsIn(folder)).toContain('bad-seq@3');
  });

  it('do not take part in each other’s places', async () => {
    const folder = workspaceOf(journal, { splits: [3, 6] });
    const [second, third] = [readFileSync(segmentPath(folder, 3)), readFileSync(segmentPath(folder, 6))];
    writeFileSync(segmentPath(folder, 3), third);
    writeFileSync(segmentPath(folder, 6), second);
    expect(await problemsIn(folder)).toContain('bad-seq@3');
  });

  it('are told from other files in the folder', async () => {
    const folder = workspaceOf(journal);
    for (const name of ['checkpoint.17-1.tmp', '1.jsonl', '00000000000000000000.jsonl.bak', 'notes.txt']) {
      writeFileSync(join(folder, 'journal', name), 'something');
    }
    expect(await verifyWorkspace(folder)).toMatchObject({ ok: true, notes: [] });
  });

  it('that end inside a record are a note at the very end, and a problem before it', async () => {
    const torn = journal.draft([
      { type: 'audit.read', subject: 'audit', by: cast.legal, data: { what: 'log', subject: null } },
    ]);
    const half = Buffer.from(JSON.stringify(torn)).subarray(0, 100);
    const folder = workspaceOf(journal, { splits: [3] });
    appendFileSync(segmentPath(folder, 3), half);
    expect(await verifyWorkspace(folder)).toMatchObject({ ok: true, notes: [{ code: 'uncovered-tail' }] });
    const inside = workspaceOf(journal, { splits: [3] });
    appendFileSync(segmentPath(inside, 0), half);
    expect(await problemsIn(inside)).toEqual(['not-canonical@3']);
  });
});

describe('NUL bytes', () => {
  it('may end the last segment, few or many', async () => {
    for (const length of [1, 4096, 3 * 1024 * 1024]) {
      const folder = workspaceOf(journal, { splits: [3] });
      appendFileSync(segmentPath(folder, 3), nul(length));
      expect(await verifyWorkspace(folder), String(length)).toMatchObject({ ok: true, size: 9, notes: [] });
    }
  });

  it('may not end a segment before the last', async () => {
    const folder = workspaceOf(journal, { splits: [3] });
    appendFileSync(segmentPath(folder, 0), nul(512));
    expect((await verifyWorkspace(folder)).ok).toBe(false);
  });

  const MEBIBYTE = 1024 * 1024;

  it.each([0, 1, 5])(
    'may not stand before the records that are left after record %i, however many they are',
    async (at) => {
      const [before, after] = [segmentOf(journal.leaves.slice(0, at)), segmentOf(journal.leaves.slice(at))];
      // Files are read in pieces of a mebibyte: holes that end where a piece does, and others.
      const lengths = [1, 512, MEBIBYTE, ...[1, 2, 3].map((pieces) => pieces * MEBIBYTE - before.length)];
      for (const length of lengths) {
        const folder = workspaceOf(journal);
        writeFileSync(segmentPath(folder), Buffer.concat([before, nul(length), after]));
        expect((await verifyWorkspace(folder)).ok, `${String(length)} NUL bytes`).toBe(false);
      }
    },
  );
});

describe('a line that never ends', () => {
  it.each([100_000, 2_000_000, 5_000_000])('of %i bytes is refused without being gathered', async (length) => {
    const folder = workspaceOf(journal);
    const line = Buffer.alloc(length, 'x');
    const content = [segmentOf(journal.leaves.slice(0, 5)), line, segmentOf(journal.leaves.slice(5))];
    writeFileSync(segmentPath(folder), Buffer.concat(content));
    const { ok, problems } = await verifyWorkspace(folder);
    expect(ok).toBe(false);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('the checkpoint file', () => {
  it('that is missing is unreadable', async () => {
    const folder = workspaceOf(journal);
    rmSync(checkpointPath(folder));
    expect(await problemsIn(folder)).toEqual(['unreadable@-']);
  });

  it('that is not UTF-8 is refused, even where only a strange signature is concerned', async () => {
    const folder = workspaceOf(journal);
    const strange = Buffer.concat([Buffer.from('— wit'), Buffer.of(0xff), Buffer.from('ness AAAAAAAAAAAAAAAA\n')]);
    appendFileSync(checkpointPath(folder), strange);
    expect((await verifyWorkspace(folder)).ok).toBe(false);
  });

  it('may be followed by the signature of a witness', async () => {
    const folder = workspaceOf(journal);
    appendFileSync(checkpointPath(folder), '— witness AAAAAAAAAAAAAAAA\n');
    expect((await verifyWorkspace(folder)).ok).toBe(true);
  });
});

describe('evidence', () => {
  const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

  const withEvidence = (contents: readonly string[]): string => {
    journal.command({
      type: 'mention.captured',
      subject: `mention/${journal.random.ulid()}`,
      by: 'program',
      data: { evidence: ['picture', 'long text'].map(hashOf) },
    });
    const folder = workspaceOf(journal);
    mkdirSync(join(folder, 'evidence'));
    for (const [index, content] of contents.entries()) {
      writeFileSync(join(folder, 'evidence', hashOf(['picture', 'long text'][index]!)), content);
    }
    return folder;
  };

  it('that a record names is there, with the bytes of its name', async () => {
    expect(await problemsIn(withEvidence(['picture', 'long text']))).toEqual([]);
  });

  it('is missed when it is absent, or when no evidence is there at all', async () => {
    const folder = withEvidence(['picture']);
    expect(await problemsIn(folder)).toEqual(['missing-evidence@9']);
    rmSync(join(folder, 'evidence'), { recursive: true });
    expect(await problemsIn(folder)).toEqual(['missing-evidence@9', 'missing-evidence@9']);
  });

  it('with other bytes than its name says is as good as absent', async () => {
    expect(await problemsIn(withEvidence(['picture', 'another text']))).toEqual(['missing-evidence@9']);
  });

  it('may be absent when an erasure lists it, and only that', async () => {
    journal.command({
      type: 'subject.erased',
      subject: `customer/${journal.random.ulid()}`,
      by: 'program',
      data: { evidence: [hashOf('picture')] },
    });
    expect(await problemsIn(withEvidence([]))).toEqual(['missing-evidence@10']);
  });
});

describe('a long verification', () => {
  it('tells how far it is, up to the end', async () => {
    const folder = workspaceOf(journal);
    const seen: number[] = [];
    await verifyWorkspace(folder, { onProgress: ({ records }) => seen.push(records) });
    expect(seen.at(-1)).toBe(9);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(verifyWorkspace(workspaceOf(journal), { signal: stop.signal })).rejects.toThrow('enough');
  });
});
