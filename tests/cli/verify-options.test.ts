import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runVerify } from '#main/cli/verify-command.ts';
import { exportOf } from '../core/exported.ts';
import { deskForTest } from '../core/desk.fixture.ts';
import { honestJournal } from '../journal/honest-journal.ts';
import { workspaceOf } from '../journal/workspace-folder.ts';
import { RuledJournal } from '../workflows/rules/ruled-journal.ts';
import { folderForTest } from './command-line.ts';

interface Ran {
  readonly code: number;
  readonly printed: string[];
  readonly complained: string[];
  /** What a terminal was sent, where there was one. */
  readonly shown: string[];
}

/** Runs the command in this process, watched by a terminal or not. */
const verify = async (parameters: string[], onShown?: (text: string) => void): Promise<Ran> => {
  const printed: string[] = [];
  const complained: string[] = [];
  const shown: string[] = [];
  const terminal = {
    write: (text: string): void => {
      shown.push(text);
      onShown?.(text);
    },
  };
  const code = await runVerify(parameters, {
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    terminal: onShown ? terminal : null,
  });
  return { code, printed, complained, shown };
};

const CLEAR = '\r\u001B[K';
const watching = (): void => undefined;

describe('on a terminal, countersign verify', () => {
  test('shows how far it is on one line, and takes the line away before it says anything', async () => {
    const { journal } = honestJournal(61, 1200);
    const { code, printed, shown } = await verify([workspaceOf(journal)], watching);
    expect(code).toBe(0);
    expect(shown[0]).toBe(`${CLEAR}Verifying: ${shown[0]?.match(/\d+ %/)?.[0] ?? ''}, 500 records`);
    expect(shown.at(-1)).toBe(CLEAR);
    expect(shown.slice(0, -1).every((text) => /^\r\u001B\[KVerifying: \d+ %, \d+ records$/.test(text))).toBe(true);
    expect(printed[0]).toBe(`ok: ${String(journal.size)} records, everything holds`);
  });

  test('says how many problems it has found so far', async () => {
    const { journal } = honestJournal(62, 600);
    const leaves = journal.leaves.with(3, new TextEncoder().encode('{}'));
    const { code, shown } = await verify([workspaceOf(journal, { leaves })], watching);
    expect(code).toBe(1);
    expect(shown[0]).toMatch(/, 500 records, \d+ problems$/);
  });

  test('shows nothing with --json, nor where nobody watches', async () => {
    const { journal } = honestJournal(63, 600);
    const folder = workspaceOf(journal);
    expect((await verify([folder, '--json'], watching)).shown).toEqual([]);
    expect((await verify([folder])).shown).toEqual([]);
  });

  const hasScript = existsSync('/usr/bin/script');
  test.skipIf(!hasScript)(
    `does so on a real one${hasScript ? '' : ' (skipped: there is no /usr/bin/script)'}`,
    () => {
      const { journal } = honestJournal(64, 600);
      const program = join(import.meta.dirname, '../../src-main/cli/index.ts');
      const command = `"${process.execPath}" "${program}" verify "${workspaceOf(journal)}"`;
      const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
      expect(status).toBe(0);
      expect(stdout).toContain(`${CLEAR}Verifying: `);
      expect(stdout).toContain(`${CLEAR}ok: ${String(journal.size)} records`);
    },
    60_000,
  );

  test('is stopped by Ctrl+C: status 130, a plain last line, and not a word about the journal', async () => {
    const { journal } = honestJournal(65, 900);
    const folder = workspaceOf(journal, { splits: [300, 550, 800] });
    const listeners = process.listenerCount('SIGINT');
    const { code, printed, complained, shown } = await verify([folder], (text) => {
      if (text !== CLEAR) process.emit('SIGINT');
    });
    expect(code).toBe(130);
    expect(printed).toEqual([]);
    expect(complained).toEqual(['Stopped before the end: nothing is said about this journal.']);
    expect(shown.at(-1)).toBe(CLEAR);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });
});

describe('the options of countersign verify, in every combination', () => {
  /** A journal that holds but for one thing: a reply is released without approvals. */
  const brokenRule = (): RuledJournal => {
    const desk = new RuledJournal(66);
    const reply = desk.open();
    desk.revise(reply);
    desk.submit(reply);
    desk.release(reply);
    return desk;
  };

  test('give exit status 0 only when all that was asked for holds', async () => {
    const { journal } = brokenRule().cast;
    const folder = workspaceOf(journal);
    const kept = join(folderForTest(), 'kept');
    const forged = join(folderForTest(), 'forged');
    writeFileSync(kept, journal.checkpoint(9));
    writeFileSync(forged, journal.signCheckpoint(9, new Uint8Array(32), journal.checkpointKey));
    const { printed } = await verify([folder, '--json']);
    const { fingerprint } = JSON.parse(printed[0] ?? '') as { fingerprint: string };
    const checkpoints = [
      [[], []],
      [['--checkpoint', kept], []],
      [['--checkpoint', forged], ['not-consistent']],
      [['--checkpoint', join(folder, 'nowhere')], ['unreadable']],
    ] as const;
    const keys = [
      [[], []],
      [['--key', fingerprint], []],
      [['--key', fingerprint.toUpperCase()], []],
      [['--key', 'ab'.repeat(32)], ['bad-key']],
      [['--key', ''], ['bad-key']],
    ] as const;
    const rules = [
      [[], []],
      [['--rules'], ['rule-broken']],
    ] as const;
    for (const [checkpoint, first] of checkpoints)
      for (const [key, second] of keys)
        for (const [rule, third] of rules) {
          const options = [...checkpoint, ...key, ...rule];
          const codes = [...first, ...second, ...third].sort();
          const status = codes.length === 0 ? 0 : 1;
          const json = await verify([...options, folder, '--json']);
          const verdict = JSON.parse(json.printed.join('\n')) as { ok: boolean; problems: { code: string }[] };
          expect({ options, code: json.code, ok: verdict.ok }).toEqual({ options, code: status, ok: status === 0 });
          expect(verdict.problems.map(({ code }) => code).sort()).toEqual(codes);
          const words = await verify([folder, ...options]);
          expect([words.code, words.printed.filter((line) => line.startsWith('problem: ')).length]).toEqual([
            status,
            codes.length,
          ]);
        }
  });

  test('and status 2 with any of them, where there is no workspace', async () => {
    const folder = folderForTest();
    for (const options of [[], ['--json'], ['--rules'], ['--key', 'ab'], ['--checkpoint', folder]]) {
      const { code, printed, complained } = await verify([folder, ...options], watching);
      expect([options, code, printed, complained.length]).toEqual([options, 2, [], 1]);
    }
  });
});

describe('a slice', () => {
  test('is not held to a kept checkpoint, which is a problem, nor to the rules, which is a note', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview('First.');
    const { folder } = await exportOf(desk, { of: 'reply', reply });
    const plain = await verify([folder]);
    expect([plain.code, plain.printed[0]]).toEqual([0, expect.stringMatching(/^ok: \d+ records, everything holds$/)]);
    const ruled = await verify([folder, '--rules']);
    expect(ruled.code).toBe(0);
    expect(ruled.printed.filter((line) => line.startsWith('note: not-checkable: '))).toHaveLength(1);
    const kept = await verify([folder, '--checkpoint', join(folder, 'journal', 'checkpoint'), '--json']);
    expect(kept.code).toBe(1);
    expect(kept.printed[0]).toContain('"not-checkable"');
  }, 60_000);
});
