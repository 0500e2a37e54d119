import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './sample.fixture.ts';
import { clientOf } from './desk-client.ts';
import { routePaths, SCREEN_CASES } from './screen-cases.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on what is shown, each as a line that can be acted on. */
const violations = async (page: Page): Promise<string[]> => {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
};

const inBothThemes = async (page: Page, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    expect.soft(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
  }
};

test('Every route of the program has a screen that is looked at', () => {
  expect([...new Set(SCREEN_CASES.map(({ route }) => route))].sort()).toEqual(routePaths().sort());
});

for (const who of new Set(SCREEN_CASES.map(({ as }) => as))) {
  test(`Nothing hinders anybody on the screens of ${who}, light or dark`, async ({ sharedSample }) => {
    const page = await sharedSample.as(who);
    const desk = await clientOf(page);
    for (const { name, address, as } of SCREEN_CASES) {
      if (as !== who) continue;
      await test.step(name, async () => {
        await page.goto(new URL(await address(desk), page.url()).href);
        await expect(page.getByRole('button', { name: new RegExp(`^${who}, `) })).toBeVisible();
        await expect(page.locator('h1')).toBeAttached();
        await expect(page.locator('.skeleton')).toHaveCount(0);
        await inBothThemes(page, name);
      });
    }
  });
}
