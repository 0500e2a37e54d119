import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const bounds = (desktop: Desktop): Promise<Rectangle> =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds(), null);

const closeWindow = (desktop: Desktop): Promise<void> =>
  desktop.evaluate(({ BrowserWindow }) => {
    // Later, so that this call is answered before the process ends.
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50);
  }, null);

test.describe('the window', () => {
  test('comes back in the size that it was closed in', async ({ start }) => {
    const first = await start();
    await first.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1200, height: 760 });
    }, null);
    await closeWindow(first);
    expect(await first.exited).toBe(0);
    const { width, height } = await bounds(await start());
    expect({ width, height }).toEqual({ width: 1200, height: 760 });
  });

  test('is never smaller than three panes need', async ({ start }) => {
    const desktop = await start();
    await desktop.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ width: 300, height: 200 }),
      null,
    );
    await expect.poll(() => bounds(desktop)).toMatchObject({ width: 1024, height: 700 });
  });

  test('comes back maximised when it was', async ({ start, folder }) => {
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'desktop.json'), JSON.stringify({ bounds: null, isMaximized: true, acknowledged: [] }));
    const desktop = await start({ home });
    await expect
      .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized(), null))
      .toBe(true);
  });

  test('opens where it can be seen, whatever was remembered', async ({ start, folder }) => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const remembered = { x: -9_000, y: -9_000, width: 1100, height: 720 };
    writeFileSync(
      join(home, 'desktop.json'),
      JSON.stringify({ bounds: remembered, isMaximized: false, acknowledged: [] }),
    );
    const { x, y, width } = await bounds(await start({ home }));
    expect(x).toBeGreaterThan(-1_000);
    expect(y).toBeGreaterThan(-1_000);
    expect(width).toBe(1100);
  });

  test('opens although what was remembered cannot be read', async ({ start, folder }) => {
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'desktop.json'), '{"bounds":');
    const { width } = await bounds(await start({ home }));
    expect(width).toBeGreaterThanOrEqual(1024);
  });

  test('is shown once it has something to show', async ({ start }) => {
    const desktop = await start();
    await expect
      .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible(), null))
      .toBe(true);
  });
});

test.describe('a page with something unsaved', () => {
  test('is left only when the person says so', async ({ start }) => {
    const desktop = await start();
    await desktop.evaluate(({ dialog }) => {
      const state = { asked: 0, answer: 1 };
      Object.assign(globalThis, { leaving: state });
      dialog.showMessageBoxSync = () => {
        state.asked += 1;
        return state.answer;
      };
    }, null);
    await expect(desktop.page.getByRole('heading').first()).toBeVisible();
    await desktop.page.evaluate(() => {
      window.addEventListener('beforeunload', (event) => event.preventDefault());
    });
    // Chromium listens to a page only after a person has touched it.
    await desktop.page.mouse.click(5, 5);
    await closeWindow(desktop);
    const asked = (): Promise<number> =>
      desktop.evaluate(() => (globalThis as unknown as { leaving: { asked: number } }).leaving.asked, null);
    await expect.poll(asked).toBe(1);
    expect(await desktop.page.title()).toMatch(/Countersign/);

    await desktop.evaluate(() => {
      (globalThis as unknown as { leaving: { answer: number } }).leaving.answer = 0;
    }, null);
    await closeWindow(desktop);
    expect(await desktop.exited).toBe(0);
  });
});
