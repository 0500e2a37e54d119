import type { Page } from '@playwright/test';
import { DESKTOP_KIND, NEEDS_ELECTRON, type Desktop } from './desktop.ts';
import { expect, test } from './desktop.fixture.ts';
import { watchDenials } from './desktop-log.ts';

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

/** Leaves something in the page that is gone when the page goes. */
const keepMark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.assign(window, { isStill: 'here' });
  });

const mark = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (window as unknown as { isStill?: string }).isStill);

const goTo = (page: Page, address: string): Promise<void> =>
  page.evaluate((target) => {
    window.location.href = target;
  }, address);

test.describe('the page cannot leave the desk’s origin', () => {
  test.beforeEach(async ({ desktop: { page } }) => {
    await keepMark(page);
  });

  for (const [address, scheme] of [
    ['https://example.com/', 'https:'],
    ['http://example.com/', 'http:'],
    ['app://other/', 'app:'],
  ] as const) {
    test(`for ${address}, which the shell denies`, async ({ desktop }) => {
      const denials = watchDenials(desktop);
      await goTo(desktop.page, desktop.address(address));
      await expect.poll(denials).toEqual([`navigation ${scheme}`]);
      expect(await mark(desktop.page)).toBe('here');
    });
  }

  test('for a link of the desk’s own scheme, which the shell denies', async ({ desktop }) => {
    test.skip(DESKTOP_KIND === 'stand-in', NEEDS_ELECTRON);
    const denials = watchDenials(desktop);
    await goTo(desktop.page, 'countersign://reply/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await expect.poll(denials).toEqual(['navigation countersign:']);
    expect(await mark(desktop.page)).toBe('here');
  });

  for (const address of ['file:///etc/passwd', 'data:text/html,<p>elsewhere</p>']) {
    test(`for ${address}, which Chromium refuses before the shell is asked`, async ({ desktop: { page } }) => {
      const refused = page.waitForEvent('console', (message) => message.text().startsWith('Not allowed to'));
      await goTo(page, address);
      expect((await refused).text()).toContain(address);
      expect(await mark(page)).toBe('here');
    });
  }

  test('by a form, which the policy forbids', async ({ desktop: { page } }) => {
    const directive = await page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      });
      const form = Object.assign(document.createElement('form'), { action: 'https://example.com/', method: 'post' });
      document.body.append(form);
      form.submit();
      return violated;
    });
    expect(directive).toBe('form-action');
    expect(await mark(page)).toBe('here');
  });

  test('in a frame, which the policy forbids', async ({ desktop: { page } }) => {
    const directive = await page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      });
      const frame = Object.assign(document.createElement('iframe'), { src: 'https://example.com/' });
      document.body.append(frame);
      return violated;
    });
    expect(directive).toBe('frame-src');
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
    await expect.poll(() => desktop.windows()).toBe(1);
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
    await expect.poll(() => desktop.windows()).toBe(1);
  });

  /** A page's requests are told in order: when this one has been, so have those before it. */
  const NEXT = 'https://example.com/next';

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
      for (const target of [desktop.address(address), NEXT]) {
        await desktop.page.evaluate((each) => void window.open(each), target);
      }
      await expect.poll(() => opened(desktop)).toContain(NEXT);
      expect(await opened(desktop)).toEqual([NEXT]);
      await expect.poll(() => desktop.windows()).toBe(1);
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
