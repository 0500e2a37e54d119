import type { Desktop } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';
import { logOf } from './desktop-log.ts';

interface Told {
  /** Messages, and boxes that end the program, in the order in which they were shown. */
  readonly told: string[];
}

/** Puts recorders in the place of the operating system's dialogues. */
const recordDialogues = (desktop: Desktop): Promise<void> =>
  desktop.evaluate(({ dialog }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    dialog.showMessageBox = (...parameters: unknown[]) => {
      told.push((parameters.at(-1) as { message: string }).message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    };
    dialog.showErrorBox = (title) => {
      told.push(title);
    };
  }, null);

const told = (desktop: Desktop): Promise<readonly string[]> =>
  desktop.evaluate(() => (globalThis as unknown as Told).told, null);

const crash = (desktop: Desktop): Promise<void> =>
  desktop.evaluate(({ BrowserWindow }) => {
    // Later, so that this call is answered before the program ends.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(), 50);
  }, null);

/** The page's title as the program sees it: the specs' own hold on a page is gone with the page's process. */
const title = (desktop: Desktop): Promise<unknown> =>
  desktop.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title'),
    null,
  );

test.describe('a window whose process is gone', () => {
  test('is loaded again and the person is told, but the program ends when it fails again at once', async ({
    start,
  }) => {
    const desktop = await start();
    await recordDialogues(desktop);
    await crash(desktop);
    await expect.poll(() => told(desktop)).toEqual(['The window had to be loaded again']);
    await expect.poll(() => title(desktop)).toMatch(/Countersign/);
    expect(logOf(desktop).filter(({ msg }) => msg === 'the window’s process is gone')).toHaveLength(1);

    await crash(desktop);
    expect(await desktop.exited).toBe(0);
    expect(logOf(desktop).filter(({ msg }) => msg === 'the window’s process is gone')).toHaveLength(2);
  });
});
