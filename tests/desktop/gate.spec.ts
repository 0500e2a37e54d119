import type { Page } from '@playwright/test';
import { expect, test, toBarePage, type TestedWindow } from './desktop.fixture.ts';

/** Calls through a port that a spec kept in the page, and waits for the answer. */
const call = (page: Page, name: string): Promise<string> =>
  page.evaluate(async (key) => {
    const { deskClient, kept } = window as unknown as TestedWindow;
    return (await deskClient.clientOf(kept[key] as MessagePort).workspace.status()).state;
  }, name);

/**
 * Whether a port is answered, for one that shall not be: a port that was closed fails the call, one that nobody took is
 * silent. The program has then answered three requests that were made after the call.
 */
const isAnswered = (page: Page, name: string): Promise<boolean> =>
  page.evaluate(async (key) => {
    const { deskClient, kept } = window as unknown as TestedWindow;
    let hasAnswered = false;
    void deskClient
      .clientOf(kept[key] as MessagePort)
      .workspace.status()
      .then(
        () => {
          hasAnswered = true;
        },
        () => undefined,
      );
    for (let round = 0; round < 3; round += 1) await (await fetch('/')).text();
    return hasAnswered;
  }, name);

const offer = (page: Page, name: string): Promise<void> =>
  page.evaluate((key) => {
    const { deskClient, kept } = window as unknown as TestedWindow;
    kept[key] = deskClient.offerPort();
  }, name);

test.beforeEach(async ({ desktop: { page }, clientScript }) => {
  await toBarePage(page, clientScript);
});

test('a second port of the same load is not let in, and the first goes on', async ({ desktop: { page } }) => {
  await offer(page, 'first');
  expect(await call(page, 'first')).toBe('none');
  await offer(page, 'second');
  expect(await isAnswered(page, 'second')).toBe(false);
  expect(await call(page, 'first')).toBe('none');
});

test('a port of another frame is not let in', async ({ desktop: { page } }) => {
  await page.evaluate(() => {
    const { kept } = window as unknown as TestedWindow;
    const frame = document.createElementNS('http://www.w3.org/1999/xhtml', 'iframe') as HTMLIFrameElement;
    document.documentElement.append(frame);
    kept.channel = new MessageChannel();
  });
  const [frame] = page.frames().filter((each) => each !== page.mainFrame());
  await frame!.evaluate(() => {
    const { kept } = window.parent as unknown as TestedWindow;
    // Made and sent by the frame itself, so that the message comes from it.
    const { port1, port2 } = new MessageChannel();
    port1.start();
    kept.foreign = port1;
    window.parent.postMessage('countersign:connect', '*', [port2]);
  });
  expect(await isAnswered(page, 'foreign')).toBe(false);
  await offer(page, 'own');
  expect(await call(page, 'own')).toBe('none');
});

test('a port that comes with another message is not let in', async ({ desktop: { page } }) => {
  await page.evaluate(() => {
    const { kept } = window as unknown as TestedWindow;
    const { port1, port2 } = new MessageChannel();
    port1.start();
    kept.other = port1;
    window.postMessage({ name: 'countersign:connect' }, window.location.origin, [port2]);
  });
  expect(await isAnswered(page, 'other')).toBe(false);
  await offer(page, 'own');
  expect(await call(page, 'own')).toBe('none');
});

test('two ports at once are not let in', async ({ desktop: { page } }) => {
  await page.evaluate(() => {
    const { kept } = window as unknown as TestedWindow;
    const [one, two] = [new MessageChannel(), new MessageChannel()];
    one.port1.start();
    kept.one = one.port1;
    window.postMessage('countersign:connect', window.location.origin, [one.port2, two.port2]);
  });
  expect(await isAnswered(page, 'one')).toBe(false);
});

test('a page that closes its port has no other in the same load', async ({ desktop: { page } }) => {
  await offer(page, 'own');
  expect(await call(page, 'own')).toBe('none');
  await page.evaluate(() => {
    const { kept } = window as unknown as TestedWindow;
    (kept.own as MessagePort).close();
  });
  await offer(page, 'late');
  expect(await isAnswered(page, 'late')).toBe(false);
});

test('the page hears when the program closes its port', async ({ desktop }) => {
  const { page } = desktop;
  await offer(page, 'own');
  expect(await call(page, 'own')).toBe('none');
  await page.evaluate(() => {
    const { kept } = window as unknown as TestedWindow;
    (kept.own as MessagePort).addEventListener('close', () => {
      kept.isClosed = true;
    });
  });
  await desktop.evaluate(({ BrowserWindow }) => {
    // What the gate hears when a load is over, without one.
    BrowserWindow.getAllWindows()[0]?.webContents.emit('did-navigate');
  }, null);
  await expect.poll(() => page.evaluate(() => (window as unknown as TestedWindow).kept.isClosed)).toBe(true);
  expect(await isAnswered(page, 'own')).toBe(false);
});
