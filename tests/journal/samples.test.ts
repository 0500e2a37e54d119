import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { JournalVerifier } from '#workflows/journal/verify.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { listSegments, readSegmentLines } from '#main/journal/segment-files.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { ifShared, sharedFolders, sharedIsAbsent, sharedPath } from './shared-data.ts';
import { copyOf, listingOf } from './workspace-folder.ts';

/**
 * Journals that another implementation wrote. `data` does not follow the program's schemas there, so they are
 * verified, not opened for work.
 */
const samples = sharedFolders('journal-samples');
const tampered = samples.filter((name) => name !== 'good');

const sample = (name: string): string => copyOf(sharedPath('journal-samples', name));

describe.skipIf(sharedIsAbsent)(`the good sample${ifShared}`, () => {
  it('verifies without a problem or a note, over two segments and a rotated checkpoint key', async () => {
    const result = await verifyWorkspace(sample('good'));
    expect(result).toMatchObject({ ok: true, size: 46, notes: [], problems: [] });
  });

  it('verifies with its own fingerprint pinned, in either case of letters, and not with another', async () => {
    const folder = sample('good');
    const { fingerprint } = await verifyWorkspace(folder);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await verifyWorkspace(folder, { key: fingerprint })).toMatchObject({ ok: true, problems: [] });
    expect(await verifyWorkspace(folder, { key: fingerprint.toUpperCase() })).toMatchObject({ ok: true });
    const other = await verifyWorkspace(folder, { key: 'ab'.repeat(32) });
    expect(other).toMatchObject({ ok: false, problems: [{ seq: 0, code: 'bad-key' }] });
  });

  it('has the roots that both of its checkpoints sign, each by the key valid at its size', async () => {
    const folder = sample('good');
    const verifier = new JournalVerifier(nodeCrypto);
    for (const { path } of await listSegments(join(folder, 'journal'))) {
      for await (const { bytes } of readSegmentLines(path)) verifier.add(new Uint8Array(bytes));
    }
    const vkey = readFileSync(join(folder, 'keys', 'workspace.vkey'), 'utf8');
    const older = readFileSync(join(folder, 'older-checkpoint'), 'utf8');
    const { size } = parseSignedCheckpoint(older)!.checkpoint;
    expect(Number(size)).toBeLessThan(46);
    const { notes, problems } = verifier.finish(older, vkey);
    expect(problems).toEqual([]);
    expect(notes).toMatchObject([{ code: 'uncovered-tail' }]);
  });

  it('is not touched by a verification', async () => {
    const folder = sample('good');
    const before = listingOf(folder);
    await verifyWorkspace(folder);
    expect(listingOf(folder)).toEqual(before);
  });
});

describe.skipIf(sharedIsAbsent)(`the tampered samples${ifShared}`, () => {
  it('are all there', () => {
    expect(tampered.length).toBeGreaterThan(10);
  });

  it.each(tampered)('%s is refused with a code that its author expects', async (name) => {
    const expected = readFileSync(sharedPath('journal-samples', name, 'EXPECTED'), 'utf8')
      .split(/\s+/)
      .filter(Boolean);
    expect(expected.length).toBeGreaterThan(0);
    const { ok, problems } = await verifyWorkspace(sample(name));
    const codes = problems.map(({ code }) => code);
    expect(ok).toBe(false);
    expect(
      codes.some((code) => expected.includes(code)),
      `${codes.join(' ')}, not ${expected.join(' ')}`,
    ).toBe(true);
  });
});
