import type { Desktop } from './desktop.ts';
import { expect, test, toBarePage, type TestedWindow } from './desktop.fixture.ts';

const listen = (desktop: Desktop): Promise<void> =>
  desktop.page.evaluate(() => {
    const { countersign, kept } = window as unknown as TestedWindow;
    const commands: string[] = [];
    kept.commands = commands;
    kept.stop = countersign.onMenu((command) => commands.push(command));
  });

const heard = (desktop: Desktop): Promise<unknown> =>
  desktop.page.evaluate(() => (window as unknown as TestedWindow).kept.commands);

const click = (desktop: Desktop, id: string): Promise<void> =>
  desktop.evaluate(({ Menu }, wanted) => {
    // Electron types it as any function.
    const item = Menu.getApplicationMenu()?.getMenuItemById(wanted) as { click: () => void } | null | undefined;
    if (!item) throw new Error(`the menu has no ${wanted}`);
    item.click();
  }, id);

test.describe('what is chosen in the menu', () => {
  test.beforeEach(async ({ desktop, clientScript }) => {
    await toBarePage(desktop.page, clientScript);
    await listen(desktop);
  });

  for (const [id, command] of [
    ['lock', 'lock'],
    ['closeWorkspace', 'closeWorkspace'],
    ['find', 'find'],
    ['preferences', '/preferences'],
    ['log', '/log'],
  ] as const) {
    test(`reaches the page: ${id}`, async ({ desktop }) => {
      await click(desktop, id);
      await expect.poll(() => heard(desktop)).toEqual([command]);
    });
  }

  test('is not heard any more by who has stopped listening', async ({ desktop }) => {
    await click(desktop, 'lock');
    await expect.poll(() => heard(desktop)).toEqual(['lock']);
    await desktop.page.evaluate(() => {
      const { countersign, kept } = window as unknown as TestedWindow;
      (kept.stop as () => void)();
      countersign.onMenu((command) => (kept.heardByOther = command));
    });
    await click(desktop, 'find');
    await expect
      .poll(() => desktop.page.evaluate(() => (window as unknown as TestedWindow).kept.heardByOther))
      .toBe('find');
    expect(await heard(desktop)).toEqual(['lock']);
  });
});

test.describe('opening a workspace from the menu', () => {
  test('says why a folder cannot be opened', async ({ desktop, folder, clientScript }) => {
    await toBarePage(desktop.page, clientScript);
    await desktop.evaluate(({ dialog }, chosen) => {
      const told: string[] = [];
      Object.assign(globalThis, { told });
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      dialog.showMessageBox = (...parameters: unknown[]) => {
        told.push((parameters.at(-1) as { message: string }).message);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
    }, folder);
    await click(desktop, 'openWorkspace');
    await expect
      .poll(() => desktop.evaluate(() => (globalThis as unknown as { told: string[] }).told, null))
      .toEqual(['The workspace was not opened']);
  });
});
