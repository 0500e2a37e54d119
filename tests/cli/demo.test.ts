import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listingOf } from '../journal/workspace-folder.ts';
import { countersign, folderForTest, type Ended } from './command-line.ts';

let root: string;
let workspace: string;
let played: Ended;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'countersign-demo-test-'));
  workspace = join(root, 'desk');
  mkdirSync(join(root, 'temporary'));
  played = await countersign(['demo', '--workspace', workspace], { TMPDIR: join(root, 'temporary') });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('the demo plays to its end and ends with exit status 0', () => {
  expect([played.code, played.stderr]).toEqual([0, '']);
});

test('the demo prints its steps in order, the trail with each of its acts, and the verification', () => {
  const steps = [...played.stdout.matchAll(/^ ?(\d+)\. \S/gm)].map(([, number]) => Number(number));
  expect(steps.length).toBeGreaterThan(10);
  expect(steps).toEqual(steps.map((_, index) => index + 1));
  const trail = [...played.stdout.matchAll(/^ {6,}(\d+) {2}(\d{4}-\d\d-\d\dT[\d:.]+Z) {2}\S.*$/gm)];
  const places = trail.map(([, seq]) => Number(seq));
  expect(places.length).toBeGreaterThan(10);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(played.stdout).toMatch(/\nok: \d+ records, root \S+\nfingerprint [0-9a-f]{64}\n/);
});

test('countersign verify accepts what the demo left, with the same root and fingerprint', async () => {
  const [, size, root256, fingerprint] =
    /\nok: (\d+) records, root (\S+)\nfingerprint ([0-9a-f]{64})\n/.exec(played.stdout) ?? [];
  const { code, stdout } = await countersign(['verify', workspace, '--json', '--key', fingerprint ?? '']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, size: Number(size), root: root256, fingerprint, notes: [] });
});

test('the demo leaves nothing behind in the folder for temporary files', () => {
  expect(readdirSync(join(root, 'temporary'))).toEqual([]);
});

test('a folder that is not empty is refused in words, and stays as it is', async () => {
  const folder = folderForTest();
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const before = listingOf(folder);
  const { code, stdout, stderr } = await countersign(['demo', '--workspace', folder]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe(`The folder ${folder} is not empty. Choose a new or empty one.\n`);
  expect(listingOf(folder)).toEqual(before);
});

test('a folder that cannot be made is refused in words', async () => {
  const folder = folderForTest();
  writeFileSync(join(folder, 'a-file'), 'text');
  const { code, stderr } = await countersign(['demo', '--workspace', join(folder, 'a-file', 'desk')]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^No workspace could be made in .*a-file\/desk: .+\. Choose another folder\.\n$/);
});
