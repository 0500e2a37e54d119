import type { Desktop } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';

/** Puts a recorder in the place of the person's browser. */
const recordOpened = (desktop: Desktop): Promise<void> =>
  desktop.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address: string) => {
      opened.push(address);
      return Promise.resolve();
    };
  }, null);

const opened = (desktop: Desktop): Promise<string[]> =>
  desktop.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, null);

const windows = (desktop: Desktop): Promise<number> =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null);

/** Long enough for a navigation to have begun. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

test.describe('the page cannot leave the desk’s origin', () => {
  for (const address of [
    'https://example.com/',
    'http://example.com/',
    'file:///etc/passwd',
    'data:text/html,<p>elsewhere</p>',
    'app://other/',
    'countersign://reply/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ]) {
    test(`for ${address}`, async ({ desktop }) => {
      const { page } = desktop;
      await page.evaluate(() => {
        Object.assign(window, { isStill: 'here' });
      });
      await page.evaluate((target) => {
        window.location.href = target;
      }, desktop.address(address));
      await settle();
      expect(await page.evaluate(() => (window as unknown as { isStill?: string }).isStill)).toBe('here');
    });
  }

  test('by a form', async ({ desktop: { page } }) => {
    await page.evaluate(() => {
      Object.assign(window, { isStill: 'here' });
      const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
      document.body.append(form);
      form.submit();
    });
    await settle();
    expect(await page.evaluate(() => (window as unknown as { isStill?: string }).isStill)).toBe('here');
  });

  test('in a frame', async ({ desktop: { page } }) => {
    await page.evaluate(() => {
      const frame = Object.assign(document.createElement('iframe'), { src: 'https://example.com/' });
      document.body.append(frame);
    });
    await settle();
    expect(page.frames().some((frame) => frame.url().includes('example.com'))).toBe(false);
  });
});

test.describe('a new window is never opened', () => {
  test.beforeEach(async ({ desktop }) => {
    await recordOpened(desktop);
  });

  test('and a web or mail address goes to the person’s own program', async ({ desktop }) => {
    for (const address of ['https://example.com/post?id=1', 'mailto:desk@example.com']) {
      await desktop.page.evaluate((target) => void window.open(target), address);
      await expect.poll(() => opened(desktop)).toContain(address);
    }
    expect(await windows(desktop)).toBe(1);
    await expect.poll(() => desktop.page.context().pages().length).toBe(1);
  });

  test('and a link that asks for one is given to the person’s browser', async ({ desktop }) => {
    await desktop.page.evaluate(() => {
      const link = document.createElement('a');
      Object.assign(link, { href: 'https://example.com/linked', target: '_blank', textContent: 'Out', id: 'out' });
      link.style.cssText = 'position: fixed; inset: 0; z-index: 9999';
      document.body.append(link);
    });
    await desktop.page.locator('#out').click();
    await expect.poll(() => opened(desktop)).toEqual(['https://example.com/linked']);
    expect(await windows(desktop)).toBe(1);
  });

  for (const address of [
    'http://example.com/',
    'file:///etc/passwd',
    'smb://example.com/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'https://user:secret@example.com/',
    'app://countersign/',
    'about:blank',
  ]) {
    test(`and ${address} goes nowhere`, async ({ desktop }) => {
      await desktop.page.evaluate((target) => void window.open(target), desktop.address(address));
      await settle();
      expect(await opened(desktop)).toEqual([]);
      expect(await windows(desktop)).toBe(1);
      await expect.poll(() => desktop.page.context().pages().length).toBe(1);
    });
  }
});

test.describe('the page has no permission', () => {
  for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']) {
    test(`for ${name}`, async ({ desktop: { page } }) => {
      const state = await page.evaluate(
        async (wanted) => (await navigator.permissions.query({ name: wanted as PermissionName })).state,
        name,
      );
      expect(state).toBe('denied');
    });
  }

  test('to learn where it is', async ({ desktop: { page } }) => {
    const code = await page.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve('found'),
            (error) => resolve(error.code),
          );
        }),
    );
    expect(code).toBe(1);
  });

  test('but may write text to the clipboard', async ({ desktop: { page } }) => {
    const name = 'clipboard-write' as PermissionName;
    expect(
      await page.evaluate(async (wanted) => (await navigator.permissions.query({ name: wanted })).state, name),
    ).toBe('granted');
  });
});
