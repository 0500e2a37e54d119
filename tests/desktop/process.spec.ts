import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takeWriterLock } from '#main/storage/writer-lock.ts';
import { startSecond, type Desktop } from './desktop.ts';
import { expect, test, toBarePage, type TestedWindow } from './desktop.fixture.ts';
import { logOf } from './desktop-log.ts';

const PASSPHRASE = 'a long passphrase';

/** Makes a workspace and leaves its admin signed in. */
const createWorkspace = async (desktop: Desktop, workspace: string, clientScript: string): Promise<void> => {
  await toBarePage(desktop.page, clientScript);
  await desktop.page.evaluate(
    async ([folder, passphrase]) => {
      const { deskClient, kept } = window as unknown as TestedWindow;
      const client = deskClient.clientOf(deskClient.offerPort());
      kept.client = client;
      await client.workspace.create({ folder, name: 'Acme', adminName: 'Ada Okonjo', passphrase });
    },
    [workspace, PASSPHRASE] as const,
  );
};

const quit = (desktop: Desktop): Promise<void> =>
  desktop.evaluate(({ app }) => {
    setTimeout(() => app.quit(), 50);
  }, null);

const isLocked = (workspace: string): boolean => {
  try {
    takeWriterLock(join(workspace, 'lock')).release();
    return false;
  } catch {
    return true;
  }
};

test.describe('quitting', () => {
  test('closes the workspace, and the next start opens it again', async ({ start, folder, clientScript }) => {
    const workspace = join(folder, 'workspace');
    const first = await start();
    await createWorkspace(first, workspace, clientScript);
    expect(isLocked(workspace)).toBe(true);
    await quit(first);
    expect(await first.exited).toBe(0);
    expect(isLocked(workspace)).toBe(false);

    const second = await start();
    await toBarePage(second.page, clientScript);
    const status = await second.page.evaluate(() => {
      const { deskClient } = window as unknown as TestedWindow;
      return deskClient.clientOf(deskClient.offerPort()).workspace.status();
    });
    // `sealed` would say that the key ring did not open what it had sealed.
    expect(status).toMatchObject({ state: 'open', folder: workspace });
  });

  test('ends at once where nothing is open', async ({ start }) => {
    const desktop = await start();
    await quit(desktop);
    expect(await desktop.exited).toBe(0);
  });
});

test.describe('a start that names a workspace', () => {
  test('says on the first screen why it could not be opened', async ({ start, folder, clientScript }) => {
    const desktop = await start({ parameters: ['--workspace', join(folder, 'nothing')] });
    await toBarePage(desktop.page, clientScript);
    const status = await desktop.page.evaluate(() => {
      const { deskClient } = window as unknown as TestedWindow;
      return deskClient.clientOf(deskClient.offerPort()).workspace.status();
    });
    expect(status).toMatchObject({ state: 'none', problem: { folder: join(folder, 'nothing') } });
  });
});

test.describe('a start that names a link', () => {
  test('opens the window where the link leads', async ({ start }) => {
    const { page, address } = await start({ parameters: ['countersign://record/5'] });
    await expect(page).toHaveURL(address('app://countersign/log/5'));
  });

  test('opens the first screen where the link is not known', async ({ start }) => {
    const desktop = await start({ parameters: ['countersign://publish/01ARZ3NDEKTSV4RRFFQ69G5FAV'] });
    expect(new URL(desktop.page.url()).pathname).not.toContain('01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(logOf(desktop).map(({ msg }) => msg)).toContain('a link that is not known was ignored');
  });
});

test.describe('a second start', () => {
  test('ends, and brings the first one’s window to the front', async ({ start, folder }) => {
    const first = await start();
    await first.evaluate(({ BrowserWindow }) => {
      Object.assign(globalThis, { focused: 0 });
      const window = BrowserWindow.getAllWindows()[0]!;
      const focus = window.focus.bind(window);
      window.focus = () => {
        (globalThis as unknown as { focused: number }).focused += 1;
        focus();
      };
    }, null);
    expect(await startSecond({ home: join(folder, 'home') })).toBe(0);
    await expect.poll(() => first.evaluate(() => (globalThis as unknown as { focused: number }).focused, null)).toBe(1);
    expect(await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1);
  });

  test('with another home is a desk of its own', async ({ start, folder }) => {
    await start();
    const other = await start({ home: join(folder, 'other') });
    expect(existsSync(join(folder, 'other', 'logs'))).toBe(true);
    expect(await other.page.title()).toMatch(/Countersign/);
  });

  test('hands a link to the first, which only goes there', async ({ start, folder, clientScript }) => {
    const first = await start();
    await toBarePage(first.page, clientScript);
    await first.page.evaluate(() => {
      const { countersign, kept } = window as unknown as TestedWindow;
      const commands: string[] = [];
      kept.commands = commands;
      countersign.onMenu((command) => commands.push(command));
    });
    const home = join(folder, 'home');
    await startSecond({ home, parameters: ['countersign://publish/01ARZ3NDEKTSV4RRFFQ69G5FAV'] });
    await startSecond({ home, parameters: ['countersign://record/5'] });
    await expect
      .poll(() => first.page.evaluate(() => (window as unknown as TestedWindow).kept.commands))
      .toEqual(['/log/5']);
  });

  test('offers its workspace to the first, and opens it only when the person agrees', async ({
    start,
    folder,
    clientScript,
  }) => {
    const [open, offered] = [join(folder, 'open'), join(folder, 'offered')];
    const first = await start();
    await createWorkspace(first, offered, clientScript);
    await first.page.goto(new URL('/', first.page.url()).href);
    await createWorkspace(first, open, clientScript);
    const folderOf = (): Promise<string> =>
      first.page.evaluate(async () => {
        const { kept } = window as unknown as TestedWindow;
        const client = kept.client as ReturnType<TestedWindow['deskClient']['clientOf']>;
        const status = await client.workspace.status();
        return status.state === 'open' ? status.folder : status.state;
      });
    expect(await folderOf()).toBe(open);
    for (const [answer, expected] of [
      [1, open],
      [0, offered],
    ] as const) {
      await first.evaluate(({ dialog }, response) => {
        Object.assign(globalThis, { asked: 0 });
        dialog.showMessageBox = () => {
          (globalThis as unknown as { asked: number }).asked += 1;
          return Promise.resolve({ response, checkboxChecked: false });
        };
      }, answer);
      await startSecond({ home: join(folder, 'home'), parameters: ['--workspace', offered] });
      await expect.poll(() => first.evaluate(() => (globalThis as unknown as { asked: number }).asked, null)).toBe(1);
      await expect.poll(folderOf).toBe(expected);
    }
  });
});
