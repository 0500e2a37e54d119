import type { Page } from '@playwright/test';
import { expect, test } from './desktop.fixture.ts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string>;
}

const ask = (page: Page, path: string, method = 'GET'): Promise<Answer> =>
  page.evaluate(
    async ([target, verb]) => {
      const response = await fetch(target, { method: verb });
      return {
        status: response.status,
        text: await response.text(),
        headers: Object.fromEntries(response.headers),
      };
    },
    [path, method] as const,
  );

/** A sentence of the project's manifest, which lies above the folder that is served. */
const OUTSIDE = 'countersigned by communications and legal';

test.describe('the desk’s origin serves nothing above its folder', () => {
  for (const path of [
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%252e%252e/%252e%252e/package.json',
    '/..%2frenderer-other/index.html',
    '/package.json%00.html',
    '//etc/passwd',
  ]) {
    test(path, async ({ desktop: { page, address } }) => {
      const { status, text } = await ask(page, address('app://countersign') + path);
      expect(status === 404 || text.includes('id="root"')).toBe(true);
      expect(text).not.toContain(OUTSIDE);
      expect(text).not.toContain('root:x:0');
    });
  }
});

test.describe('the desk’s origin', () => {
  test('answers an address of the page’s own router with the page', async ({ desktop: { page } }) => {
    const { status, text } = await ask(page, '/queue/first/01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(status).toBe(200);
    expect(text).toContain('id="root"');
  });

  test('has no file that was not built', async ({ desktop: { page } }) => {
    expect((await ask(page, '/assets/none.js')).status).toBe(404);
  });

  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
    test(`takes no ${method}`, async ({ desktop: { page } }) => {
      expect((await ask(page, '/', method)).status).toBe(405);
    });
  }

  test('gives every answer the policy, and every page a nonce of its own', async ({ desktop: { page } }) => {
    const [first, second] = [await ask(page, '/'), await ask(page, '/')];
    const nonces = [first, second].map(({ headers, text }) => {
      const inHeader = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
      expect(text).toContain(`content="${inHeader ?? 'none'}"`);
      return inHeader;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(first.text).not.toContain('__NONCE__');
    expect(first.headers['x-content-type-options']).toBe('nosniff');
    expect((await ask(page, '/none.txt')).headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('is under a policy that the page obeys', async ({ desktop: { page } }) => {
    const [directive, hasRun] = await page.evaluate(async () => {
      const violated = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      });
      const script = document.createElement('script');
      script.textContent = 'window.hasRun = true';
      document.body.append(script);
      return [await violated, 'hasRun' in window];
    });
    expect(directive).toBe('script-src-elem');
    expect(hasRun).toBe(false);
  });

  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/hostname',
    'app://other/index.html',
  ]) {
    test(`lets its page read nothing from ${address}`, async ({ desktop }) => {
      const outcome = await desktop.page.evaluate(
        (target) =>
          fetch(target, { mode: 'no-cors' }).then(
            () => 'read',
            () => 'refused',
          ),
        desktop.address(address),
      );
      expect(outcome).toBe('refused');
    });
  }
});
