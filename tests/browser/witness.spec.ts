import { cpSync, readFileSync, rmSync } from 'node:fs';
import { ulid } from 'ulid';
import { checkpointIn } from '#workflows/journal/witness.ts';
import { hindersNobody } from './axe.ts';
import { expect, test } from './browser.fixture.ts';
import { clientOf } from './desk-client.ts';
import { goToPlace } from './office-by-screens.ts';
import { createWorkspace, personButton, signIn } from './start-screens.ts';

test('A browser that saw a later checkpoint stops at an older copy of the journal, shows both, and signs nothing', async ({
  desk,
}) => {
  const page = await desk.window();
  await createWorkspace(page, { folder: desk.folder, name: 'Northwind Care', admin: 'Ada' });
  const older = `${desk.folder}.older`;
  await desk.crashAndRestart(() => {
    cpSync(desk.folder, older, { recursive: true });
  });

  // An honest restart: the journal continues what this browser kept, and the work goes on.
  await page.goto(await desk.process.address());
  await signIn(page, 'Ada');
  await expect(personButton(page, 'Ada')).toBeVisible();
  const honest = await clientOf(page);
  await honest.people.add({ commandId: ulid(), name: 'Ben', roles: ['agent'] });
  const keptSize = (): Promise<number> =>
    page.evaluate(() => {
      const name = Object.keys(localStorage).find((key) => key.startsWith('countersign.checkpoint.')) ?? '';
      const { text } = JSON.parse(localStorage.getItem(name) ?? '{"text":"\\n0"}') as { text: string };
      return Number(text.split('\n')[1]);
    });
  const { size } = await honest.journal.checkpoint();
  await expect.poll(keptSize).toBe(size);

  await desk.crashAndRestart(() => {
    rmSync(desk.folder, { recursive: true });
    cpSync(older, desk.folder, { recursive: true });
  });
  await page.goto(await desk.process.address());
  await signIn(page, 'Ada');
  const stop = page.getByRole('dialog', { name: 'This is not the journal that you saw before' });
  await expect(stop.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(stop).toContainText('fewer records than when you last saw it');
  const rolledBack = await clientOf(page);
  const now = (await rolledBack.journal.checkpoint()).size;
  expect(now).toBeLessThan(size);
  await expect(stop.getByRole('region', { name: 'Kept here' })).toContainText(`Records${String(size)}`);
  await expect(stop.getByRole('region', { name: 'Shown by the desk now' })).toContainText(`Records${String(now)}`);
  await hindersNobody(page, 'a refused journal');

  // Both checkpoints leave as files that anybody can check.
  for (const [button, expected] of [
    ['Save the kept one', size],
    ['Save the shown one', now],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      stop.getByRole('button', { name: button }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(checkpointIn({ text })?.size).toBe(BigInt(expected));
  }

  // Looking again at the same copy changes nothing; Escape is no way around it.
  await stop.getByRole('button', { name: 'Look again' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(stop).toBeVisible();

  // Reading on is a deliberate choice, and still nothing is signed.
  const readOn = stop.getByRole('button', { name: 'Read on without signing' });
  await readOn.click({ force: true });
  await expect(stop).toBeVisible();
  await stop.getByRole('checkbox').check();
  await readOn.click();
  await expect(stop).toBeHidden();
  await expect(page.locator('.banner').filter({ hasText: 'The journal is refused here.' })).toBeVisible();
  await goToPlace(page, 'People');
  await page.locator('footer').getByRole('button', { name: 'Invite a person' }).click();
  const asking = page.getByRole('dialog', { name: 'Invite a person' });
  await asking.getByLabel('Name', { exact: true }).fill('Mallory');
  await asking.getByRole('checkbox', { name: 'Agent', exact: true }).check();
  await asking.getByRole('button', { name: 'Add and make a code' }).click();
  await expect(asking).toContainText('nothing was sent');
  expect((await rolledBack.journal.checkpoint()).size).toBe(now);
  await hindersNobody(page, 'reading on in a refused journal');
  await asking.getByRole('button', { name: 'Cancel' }).click();

  // Why is never further than a button away.
  await page.getByRole('button', { name: 'Show why' }).click();
  await expect(stop).toBeVisible();
});
