import { join } from 'node:path';
import { expect, test, toBarePage, type TestedWindow } from './desktop.fixture.ts';

test.describe('the desk’s page', () => {
  test('is shown at start, at the desk’s own address', async ({ start }) => {
    const { page, address } = await start();
    expect(page.url().startsWith(address('app://countersign/'))).toBe(true);
    await expect(page).toHaveTitle(/Countersign/);
    await expect(page.locator('#root')).not.toBeEmpty();
  });

  test('knows that it is on the desktop', async ({ desktop: { page } }) => {
    const known = await page.evaluate(() => {
      const { countersign } = window as unknown as TestedWindow;
      return { ...countersign, onMenu: typeof countersign.onMenu };
    });
    expect(known).toEqual({ host: 'desktop', platform: process.platform, onMenu: 'function' });
  });

  test('has nothing of Node and nothing of Electron', async ({ desktop: { page } }) => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'Buffer', 'electron', 'ipcRenderer', 'module'].filter((name) => name in globalThis),
    );
    expect(found).toEqual([]);
  });
});

test.describe('the contract', () => {
  test('is asked through the message port', async ({ desktop: { page }, clientScript }) => {
    await toBarePage(page, clientScript);
    const status = await page.evaluate(() => {
      const { deskClient } = window as unknown as TestedWindow;
      return deskClient.clientOf(deskClient.offerPort()).workspace.status();
    });
    expect(status).toMatchObject({ state: 'none', canChooseFolder: true, problem: null });
  });

  test('streams changes through the message port', async ({ desktop: { page }, clientScript }) => {
    await toBarePage(page, clientScript);
    const change = await page.evaluate(async () => {
      const { deskClient } = window as unknown as TestedWindow;
      const client = deskClient.clientOf(deskClient.offerPort());
      const changes = await client.desk.changes();
      await client.preferences.set({ theme: 'dark' });
      const { value } = await changes.next();
      await changes.return(undefined);
      await client.preferences.set({ theme: 'system' });
      return JSON.stringify(value);
    });
    expect(change).toContain('preferences');
  });

  test('refuses a message of more than 4 MiB by a typed error, and goes on', async ({ desktop, clientScript }) => {
    await toBarePage(desktop.page, clientScript);
    const [refused, status] = await desktop.page.evaluate(async () => {
      const { deskClient } = window as unknown as TestedWindow;
      const client = deskClient.clientOf(deskClient.offerPort());
      const folder = 'x'.repeat(4 * 1024 * 1024);
      const failure = await client.workspace.open({ folder }).catch((error: unknown) => error as { code: string });
      return [(failure as { code: string }).code, await client.workspace.status()] as const;
    });
    expect(refused).toBe('TOO_LARGE');
    expect(status.state).toBe('none');
  });

  test('is asked in a session of its own by each load of the window', async ({ start, folder, clientScript }) => {
    const { page } = await start();
    await toBarePage(page, clientScript);
    const before = await page.evaluate(
      async (workspace) => {
        const { deskClient } = window as unknown as TestedWindow;
        const client = deskClient.clientOf(deskClient.offerPort());
        await client.workspace.create({
          folder: workspace,
          name: 'Acme',
          adminName: 'Ada Okonjo',
          passphrase: 'a long passphrase',
        });
        return client.session.current();
      },
      join(folder, 'workspace'),
    );
    expect(before.state).toBe('signedIn');

    await page.goto(new URL('/', page.url()).href);
    await toBarePage(page, clientScript);
    const after = await page.evaluate(async () => {
      const { deskClient } = window as unknown as TestedWindow;
      const client = deskClient.clientOf(deskClient.offerPort());
      return [(await client.workspace.status()).state, (await client.session.current()).state];
    });
    expect(after).toEqual(['open', 'signedOut']);
  });
});
