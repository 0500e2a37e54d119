import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { harmless } from '#main/cli/output.ts';
import { ifShared, sharedFolders, sharedIsAbsent, sharedPath } from '../journal/shared-data.ts';
import { listingOf } from '../journal/workspace-folder.ts';
import { countersign, folderForTest } from './command-line.ts';

interface Verdict {
  readonly ok: boolean;
  readonly size: number;
  readonly root: string;
  readonly fingerprint: string;
  readonly notes: unknown[];
  readonly problems: { readonly seq: number | null; readonly code: string; readonly message: string }[];
}

const sample = (name: string): string => {
  const folder = join(folderForTest(), name);
  cpSync(sharedPath('journal-samples', name), folder, { recursive: true });
  return folder;
};

const verdictOf = (stdout: string): Verdict => JSON.parse(stdout) as Verdict;

describe.skipIf(sharedIsAbsent)(`countersign verify, on the sample journals${ifShared}`, () => {
  test('accepts the good one, says so in words, and touches nothing', async () => {
    const folder = sample('good');
    const before = listingOf(folder);
    const { code, stdout, stderr } = await countersign(['verify', folder]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ok: 46 records, everything holds\nroot \S{44}\nfingerprint [0-9a-f]{64}\n$/);
    expect(listingOf(folder)).toEqual(before);
  });

  test('prints one object with --json, with the members that JOURNAL.md names', async () => {
    const { code, stdout } = await countersign(['verify', sample('good'), '--json']);
    expect(code).toBe(0);
    const verdict = verdictOf(stdout);
    expect(Object.keys(verdict).sort()).toEqual(['fingerprint', 'notes', 'ok', 'problems', 'root', 'size']);
    expect(verdict).toMatchObject({ ok: true, size: 46, notes: [], problems: [] });
    expect(stdout.trimEnd()).not.toContain('\n');
  });

  test('accepts its pinned fingerprint and refuses another', async () => {
    const folder = sample('good');
    const { fingerprint } = verdictOf((await countersign(['verify', folder, '--json'])).stdout);
    expect((await countersign(['verify', folder, '--key', fingerprint])).code).toBe(0);
    const other = await countersign(['verify', folder, '--json', '--key', 'ab'.repeat(32)]);
    expect(other.code).toBe(1);
    expect(verdictOf(other.stdout).problems.map(({ code }) => code)).toEqual(['bad-key']);
  });

  test.each(sharedFolders('journal-samples').filter((name) => name !== 'good'))(
    'refuses %s with exit status 1 and a code that its author expects',
    async (name) => {
      const folder = sample(name);
      const expected = readFileSync(join(folder, 'EXPECTED'), 'utf8').split(/\s+/).filter(Boolean);
      const { code, stdout, stderr } = await countersign(['verify', '--json', folder]);
      expect([code, stderr]).toEqual([1, '']);
      const { ok, problems } = verdictOf(stdout);
      expect(ok).toBe(false);
      expect(expected).toEqual(
        expect.arrayContaining([problems.find((problem) => expected.includes(problem.code))?.code]),
      );
    },
  );

  test('names place, code and reason of each problem in words', async () => {
    const { code, stdout } = await countersign(['verify', sample('changed-letter')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^NOT OK: \d+ problems? in 46 records\n/);
    expect(stdout).toMatch(/\nproblem: record \d+: bad-signature: \S.*\n/);
    expect(stdout).toMatch(/\nproblem: journal: root-mismatch: \S.*\n/);
  });

  test('ends quietly when nobody reads on', async () => {
    const { spawnSync } = await import('node:child_process');
    const program = join(import.meta.dirname, '../../src-main/cli/index.ts');
    const command = `"${process.execPath}" "${program}" verify --json "${sample('changed-letter')}" | true`;
    const { stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(stderr).toBe('');
  });
});

describe('countersign verify, on what is no workspace', () => {
  test('ends with exit status 2 and says why, without a stack trace', async () => {
    const folder = folderForTest();
    writeFileSync(join(folder, 'a-file'), 'text');
    for (const path of [join(folder, 'nowhere'), join(folder, 'a-file'), folder, '']) {
      const { code, stdout, stderr } = await countersign(['verify', path]);
      expect([path, code, stdout]).toEqual([path, 2, '']);
      expect(stderr).toMatch(/is not a workspace/);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  test('an empty journal holds nothing: exit status 1', async () => {
    const folder = folderForTest();
    mkdirSync(join(folder, 'journal'));
    const { code, stdout } = await countersign(['verify', folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^NOT OK/);
  });
});

describe('countersign verify, misunderstood', () => {
  test.each([
    [['verify']],
    [['verify', 'one', 'two']],
    [['verify', '--nonsense', 'one']],
    [['verify', 'one', '--key']],
  ])('%j ends with exit status 2 and says what it takes', async (parameters) => {
    const { code, stdout, stderr } = await countersign(parameters);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('countersign verify');
  });
});

test('words of a forged journal cannot steer the terminal', () => {
  expect(harmless('a\u001B[2Jb\u202Ec\u0007\nd\u009Be')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFD\uFFFDd\uFFFDe');
  expect(harmless('Grüße, 世界 🧺')).toBe('Grüße, 世界 🧺');
});
