import { expect, test, type Page } from '@playwright/test';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { invite, openOffice } from './office.ts';
import { runDesk, type RunningDesk } from './running-desk.ts';
import { passphraseOf, personButton, signIn } from './start-screens.ts';

test.setTimeout(180_000);

const UNTIL_2099 = Date.parse('2099-03-03T10:00:00.000Z') - Date.now();

/** Opens the workspace again in another browser. */
const comeBack = async (desk: RunningDesk, name: string): Promise<Page> => {
  const page = await desk.window();
  const open = page.getByRole('button', { name: 'Open', exact: true });
  const field = page.getByLabel('Your passphrase');
  await open.or(page.getByText('Northwind Care').first()).or(field).first().waitFor();
  if (await open.isVisible()) {
    await open.click();
    await page.getByLabel('Folder').fill(desk.folder);
    await page.getByRole('button', { name: 'Open the workspace' }).click();
  }
  await signIn(page, name);
  await expect(personButton(page, name)).toBeVisible();
  return page;
};

test('After the clock had stood in 2099 an admin sees both times, signs a correction, and work goes on', async ({
  browser,
}) => {
  await runDesk(browser, async (desk) => {
    await openOffice(desk.window, { folder: desk.folder, name: 'Northwind Care' });
    await desk.crashAndRestart(undefined, { clockAhead: UNTIL_2099 });
    const then = await comeBack(desk, 'Agnes');
    const leapt = then.locator('.banner').filter({ hasText: 'The clock leapt from' });
    await expect(leapt).toContainText('2099');
    await expect(leapt).toContainText('set this computer’s clock right');

    await desk.crashAndRestart();
    const agnes = await comeBack(desk, 'Agnes');
    const behind = agnes.locator('.banner').filter({ hasText: 'The newest record says' });
    await expect(behind).toContainText(/The newest record says .* 2099.*; this computer says /);
    await expect(behind).toContainText('Ada can correct the time');
    await expect(behind.getByRole('button')).toHaveCount(0);

    const ada = await comeBack(desk, 'Ada');
    await hindersNobody(ada, 'a clock that is behind');
    await ada.getByRole('button', { name: 'Correct the time…' }).click();
    const dialog = ada.getByRole('dialog', { name: 'Correct the time of the journal' });
    await expect(dialog).toContainText('2099');
    await expect(dialog).toContainText('Look at another clock first.');
    await hindersNobody(ada, 'correcting the time');
    await dialog.getByLabel('What happened').fill('The battery of the clock was empty.');
    await dialog.getByLabel('Your passphrase').fill('not this one');
    await dialog.getByRole('button', { name: 'Sign the correction' }).click();
    await expect(dialog.getByText('The passphrase is wrong.')).toBeVisible();
    await dialog.getByLabel('Your passphrase').fill(passphraseOf('Ada'));
    await dialog.getByRole('button', { name: 'Sign the correction' }).click();
    await expect(dialog).toBeHidden();
    await expect(ada.locator('.banner').filter({ hasText: 'The newest record says' })).toBeHidden();
    await expect(behind).toBeHidden();

    const journal = (await (await clientOf(ada)).desk.overview()).journal;
    expect(journal.readOnly).toBeNull();
    await invite(ada, 'Nora', ['agent']);
  });
});
