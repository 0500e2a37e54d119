import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, ROOT } from '../desktop/ensure-built.ts';
import { ifShared, sharedFolders, sharedIsAbsent, sharedPath } from '../journal/shared-data.ts';
import { countersign, folderForTest } from './command-line.ts';

const FILE = join(ROOT, 'out', 'verify', 'countersign-verify.mjs');

/** The machine's own Node where there is one, which is older than the program's. */
const NODE = existsSync('/usr/bin/node') ? '/usr/bin/node' : process.execPath;

/** Runs a copy of the file that stands alone, far from the program and its packages. */
const verifyAlone = (parameters: readonly string[]): { code: number | null; stdout: string; stderr: string } => {
  const file = join(folderForTest(), 'countersign-verify.mjs');
  copyFileSync(FILE, file);
  const { status, stdout, stderr } = spawnSync(NODE, [file, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: '' },
  });
  return { code: status, stdout, stderr };
};

const expectSame = async (parameters: readonly string[]): Promise<string> => {
  const alone = verifyAlone(parameters);
  const { code, stdout, stderr } = await countersign(['verify', ...parameters]);
  expect(alone, parameters.join(' ')).toEqual({ code, stdout, stderr });
  return alone.stdout;
};

beforeAll(() => {
  ensureBuilt();
}, 120_000);

test('the verifier is one file below 300 kB that needs nothing but Node', () => {
  const text = readFileSync(FILE, 'utf8');
  expect(statSync(FILE).size).toBeLessThan(300_000);
  const imported = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([\w@:./-]+)["']/g)].map(
    (match) => match[1],
  );
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
});

describe.skipIf(sharedIsAbsent)(`the verifier in one file${ifShared}`, () => {
  test('says of every sample journal what the program says', async () => {
    for (const name of sharedFolders('journal-samples'))
      await expectSame([sharedPath('journal-samples', name), '--json', '--rules']);
  }, 120_000);

  test('holds a journal to a kept checkpoint and to the rules as the program does', async () => {
    const good = sharedPath('journal-samples', 'good');
    const kept = join(good, 'older-checkpoint');
    expect(await expectSame([good, '--checkpoint', kept])).toMatch(/^ok: 46 records/);
    expect(await expectSame([good, '--json', '--checkpoint', join(good, 'nowhere')])).toContain('"unreadable"');
    // Its data do not follow the program's schemas: the rules have something to say.
    expect(await expectSame([good, '--json', '--rules'])).toContain('"rule-broken"');
  });
});

test('the verifier in one file says of a desk’s own journal what the program says', async () => {
  const folder = join(folderForTest(), 'desk');
  expect((await countersign(['demo', '--workspace', folder])).code).toBe(0);
  const verdict = JSON.parse(await expectSame([folder, '--rules', '--json'])) as { ok: boolean; problems: unknown[] };
  expect(verdict).toMatchObject({ ok: true, problems: [] });
}, 60_000);

test.each([[[]], [['one', 'two']], [['--nonsense', 'one']], [['nowhere']]])(
  'the verifier in one file ends with exit status 2 for %j',
  (parameters) => {
    const { code, stdout, stderr } = verifyAlone(parameters);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
  },
);
