import { expect, test } from './sample.fixture.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { routePaths, SCREEN_CASES } from './screen-cases.ts';

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
        await hindersNobody(page, name);
      });
    }
  });
}
