import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countersign } from './command-line.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(ROOT, 'docs', 'command-line.md'), 'utf8');

describe('countersign', () => {
  test.each([[['--help']], [['-h']], [['help']], [['verify', '--help']], [['serve', '-h']], [['demo', '--help']]])(
    '%j prints how it is used and ends with exit status 0',
    async (parameters) => {
      const { code, stdout, stderr } = await countersign(parameters);
      expect([code, stderr]).toEqual([0, '']);
      for (const command of ['serve', 'demo', 'verify']) expect(stdout).toContain(`countersign ${command}`);
    },
  );

  test.each([[['--version']], [['-v']]])('%j prints the version of the package', async (parameters) => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const { code, stdout } = await countersign(parameters);
    expect([code, stdout]).toEqual([0, `${version}\n`]);
  });

  test.each([[['nonsense']], [['constructor']], [['--nonsense']], [['Verify']], [[]]])(
    '%j is not understood: exit status 2, and how it is used',
    async (parameters) => {
      const { code, stdout, stderr } = await countersign(parameters);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('countersign serve');
      if (parameters[0] !== undefined) expect(stderr).toContain(`There is no command ${parameters[0]}.`);
    },
  );

  test.each(['x', '', ' 80', '65536', '-1', '1e3', '80.5'])('serve does not take “%s” for a port', async (port) => {
    const { code, stderr } = await countersign(['serve', `--port=${port}`]);
    expect([code, stderr]).toEqual([2, '--port takes a number from 0 to 65535.\n']);
  });

  test.each([[['serve', '--nonsense']], [['serve', 'extra']], [['demo', 'extra']], [['demo', '--workspace']]])(
    '%j ends with exit status 2 before anything is done',
    async (parameters) => {
      const { code, stdout, stderr } = await countersign(parameters);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('countersign serve');
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );
});

describe('the guide to the command line', () => {
  test('names every command and option that the help names', async () => {
    const { stdout } = await countersign(['--help']);
    const named = [...stdout.matchAll(/countersign (?:serve|demo|verify)|--[a-z-]+/g)].map(([word]) => word);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((word) => !guide.includes(word))).toEqual([]);
  });

  test('has a row for each exit status', () => {
    expect([...guide.matchAll(/^\| `(\d)` +\|/gm)].map(([, status]) => status)).toEqual(['0', '1', '2']);
  });
});
