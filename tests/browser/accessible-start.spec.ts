import { expect, test } from './browser.fixture.ts';
import { hindersNobody } from './axe.ts';
import { goToPlace, inviteByScreen } from './office-by-screens.ts';
import { createWorkspace } from './start-screens.ts';

test('Nothing hinders anybody before the desk, nor where a passphrase is changed', async ({ desk }) => {
  const page = await desk.window();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  await hindersNobody(page, 'start');
  for (const begin of ['Create', 'Open']) {
    await page.getByRole('button', { name: begin, exact: true }).click();
    await hindersNobody(page, begin);
    await page.getByRole('button', { name: 'Cancel' }).click();
  }
  await createWorkspace(page, { folder: desk.folder, name: 'Northwind Care', admin: 'Ada' });

  await goToPlace(page, 'Preferences');
  await page.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(page.getByRole('dialog', { name: 'Change the passphrase' })).toBeVisible();
  await hindersNobody(page, 'change the passphrase');
  await page.keyboard.press('Escape');

  await inviteByScreen(page, 'Agnes', ['agent']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');

  const other = await desk.window();
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await hindersNobody(other, 'sign in');
  await other.getByRole('button', { name: 'I have an invitation code' }).click();
  await expect(other.getByLabel('Invitation code')).toBeFocused();
  await hindersNobody(other, 'an invitation');
});

test('Nothing hinders anybody while a workspace is being opened, and it can be left alone', async ({ desk }) => {
  const page = await desk.window();
  const asked: string[] = [];
  let isOpening = true;
  // A journal that takes long would make this slow: the host's answer is put in the place of its own.
  await page.route('**/workspace/**', async (route) => {
    const address = new URL(route.request().url()).pathname;
    asked.push(address.slice(address.lastIndexOf('/') + 1));
    if (address.endsWith('/stopOpening')) isOpening = false;
    const response = await route.fetch();
    const progress = { stage: 'reading', done: 250_000, total: 1_000_000 };
    const opening = { state: 'opening', folder: desk.folder, name: 'Northwind Care', progress };
    await (isOpening ? route.fulfill({ response, json: { json: opening } }) : route.fulfill({ response }));
  });
  await page.reload();
  await expect(page.getByText('Reading and checking the journal: 250,000 of 1,000,000 records')).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '250000');
  await hindersNobody(page, 'opening');
  await page.getByRole('button', { name: 'Stop, and choose another workspace' }).click();
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible();
  expect(asked).toContain('stopOpening');
});
