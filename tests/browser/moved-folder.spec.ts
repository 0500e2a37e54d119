import { expect, test } from './browser.fixture.ts';
import { hindersNobody } from './axe.ts';
import { runDesk } from './running-desk.ts';
import { createWorkspace, passphraseOf, personButton, signIn } from './start-screens.ts';

test('A folder that comes to another machine is opened there by an admin’s passphrase, and by nothing less', async ({
  desk,
  browser,
}) => {
  const page = await desk.window();
  await createWorkspace(page, { folder: desk.folder, name: 'Northwind Care', admin: 'Ada' });
  await desk.process.stop();

  await runDesk(browser, async (elsewhere) => {
    const moved = await elsewhere.window();
    await moved.getByRole('button', { name: 'Open', exact: true }).click();
    await moved.getByLabel('Folder').fill(desk.folder);
    await moved.getByRole('button', { name: 'Open the workspace' }).click();
    const passphrase = moved.getByLabel('An admin’s passphrase');
    await expect(passphrase).toBeFocused();
    await hindersNobody(moved, 'a folder from elsewhere');
    await passphrase.fill('not this one');
    await moved.getByRole('button', { name: 'Open it here' }).click();
    await expect(moved.getByRole('alert')).toBeVisible();
    await hindersNobody(moved, 'a folder from elsewhere, refused');
    await passphrase.fill(passphraseOf('Ada'));
    await moved.getByRole('button', { name: 'Open it here' }).click();
    await signIn(moved, 'Ada');
    await expect(personButton(moved, 'Ada')).toBeVisible();
  });
});
