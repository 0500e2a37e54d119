import { expect, type Locator, type Page } from '@playwright/test';

/** The bar that says that this is the past. */
export const pastBar = (page: Page): Locator => page.getByRole('region', { name: 'The desk of the past' });

/** The pane of the reply as it was. */
export const pastReply = (page: Page): Locator => page.getByRole('article', { name: 'Reply' });

/** The record that the address names. */
export const recordOf = (page: Page): number => Number(/\/as-of\/(\d+)\//.exec(page.url())?.[1]);

/** Every button in the past does one of these: it looks, or it goes somewhere. */
const HARMLESS =
  /^(Previous record|Next record|Go there|Back to now|Story so far|Text then|\d+ versions?|Revision \d+.*|All \d+ records|Only .*|Fewer.*|Show statechart|Copy|Nothing|Template \d+|Version \d+.*|Close|Context|Details|\d+ more|fewer|.*: go to another place|.*: preferences and sign-out|Search or do anything.*|Journal .*)$/i;

const onlyHarmless = async (page: Page): Promise<void> => {
  const names = await page
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility())
        .map((button) => button.getAttribute('aria-label') ?? button.textContent.replaceAll(/\s+/g, ' ').trim()),
    );
  expect(names.filter((name) => !HARMLESS.test(name))).toEqual([]);
};

/** Looks at everything of the past, and presses the keys of the desk of now. Precondition: a reply of then is open. */
export const wander = async (page: Page): Promise<void> => {
  await onlyHarmless(page);
  await expect(page.locator('.banner button')).toHaveCount(0);
  for (const tab of [/^Text then$/, /^\d+ versions?$/, /^Story so far$/]) {
    await pastReply(page).getByRole('button', { name: tab }).click();
    await onlyHarmless(page);
  }
  // Of these, only j, k, p and n mean anything here; on the desk of now they approve, edit, submit, release, take in.
  for (const key of ['a', 'e', 'r', 's', 'u', 'x', 'c', 'h', 'v', 'j', 'k', 'p', 'n']) await page.keyboard.press(key);
  await expect(pastBar(page)).toContainText('Nothing can be changed here.');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: 'Policy of then' }).click();
  await expect(page.getByRole('article', { name: 'Policy' })).toBeVisible();
  await onlyHarmless(page);
  await page.goBack();
  await expect(pastReply(page)).toBeVisible();
};
