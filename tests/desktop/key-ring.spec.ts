import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESKTOP_KIND, type Desktop } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';
import { logOf } from './desktop-log.ts';

const NO_KEY_RING = 'No key ring was found on this machine';

/** Chromium's own switch: it then uses no key ring. */
const WITHOUT = { parameters: ['--password-store=basic'] } as const;

const warnings = (desktop: Desktop): unknown[] =>
  logOf(desktop)
    .filter(({ msg }) => msg === NO_KEY_RING)
    .map(({ trouble }) => trouble);

/** What the stand-in's dialogues have shown. */
const shown = (desktop: Desktop): Promise<string[]> =>
  desktop.evaluate(
    ({ dialog }) => (dialog as unknown as { shown: { message: string }[] }).shown.map(({ message }) => message),
    null,
  );

test.describe('a machine without a key ring', () => {
  test.skip(process.platform !== 'linux', 'only Linux has machines without a key ring');

  test('keeps the key in a file, and the log says so', async ({ start }) => {
    const desktop = await start(WITHOUT);
    await expect.poll(() => warnings(desktop)).toEqual(['plainText']);
    expect(existsSync(join(desktop.home, 'machine.keyring'))).toBe(false);
  });

  test('has the person told at each start, until they wish to hear it no more', async ({ start, folder }) => {
    test.skip(DESKTOP_KIND === 'Electron', 'a dialogue of the operating system cannot be seen from outside');
    const first = await start(WITHOUT);
    await expect.poll(() => shown(first)).toEqual([NO_KEY_RING]);
    const home = join(folder, 'told');
    mkdirSync(home);
    const acknowledged = { bounds: null, isMaximized: false, acknowledged: ['plainText'] };
    writeFileSync(join(home, 'desktop.json'), JSON.stringify(acknowledged));
    const desktop = await start({ ...WITHOUT, home });
    await expect.poll(() => warnings(desktop)).toEqual(['plainText']);
    expect(await shown(desktop)).toEqual([]);
  });
});

test('a machine with a key ring keeps the key in it, and nothing is said', async ({ start }) => {
  test.skip(DESKTOP_KIND === 'Electron', 'whether this machine has a key ring is not known here');
  const desktop = await start();
  expect(existsSync(join(desktop.home, 'machine.keyring'))).toBe(true);
  expect(await shown(desktop)).toEqual([]);
  expect(warnings(desktop)).toEqual([]);
});
