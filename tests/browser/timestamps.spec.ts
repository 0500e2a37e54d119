import { expect, test, type Page } from '@playwright/test';
import { HAS_OPENSSL, TestAuthority } from '../timestamps/test-authority.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { invite, registerKey } from './office.ts';
import { runDesk } from './running-desk.ts';
import { acceptInvitation, createWorkspace, passphraseOf } from './start-screens.ts';

test.skip(!HAS_OPENSSL, 'there is no openssl, which is the authority here');

const openLog = async (page: Page) => {
  await page.goto(new URL('/log', page.url()).href);
  const section = page.getByRole('region', { name: 'Time stamps' });
  await expect(section).toBeVisible();
  return section;
};

test('An admin sets who stamps and has a stamp made, a wrong certificate is said, and an auditor only sees', async ({
  browser,
}) => {
  const [authority, stranger] = [new TestAuthority(), new TestAuthority()];
  const served = await authority.serve();
  try {
    await runDesk(browser, async (desk) => {
      const [ada, uma] = [await desk.window(), await desk.window()];
      await createWorkspace(ada, { folder: desk.folder, name: 'Northwind Care', admin: 'Ada' });
      await acceptInvitation(uma, { code: await invite(ada, 'Uma', ['auditor']), name: 'Uma' });
      await registerKey(ada, 'Uma');

      const section = await openLog(ada);
      await expect(section).toContainText('No authority is set.');
      const dialog = ada.getByRole('dialog', { name: 'Who stamps the checkpoints' });
      const trust = async (opener: string, certificates: string): Promise<void> => {
        await section.getByRole('button', { name: opener }).click();
        await dialog.getByLabel('Address of the authority').fill(served.address);
        await dialog.getByLabel('Certificates that are trusted').fill(certificates);
        await hindersNobody(ada, 'who stamps the checkpoints');
        const passphrase = dialog.getByLabel('Your passphrase');
        if (await passphrase.isVisible()) await passphrase.fill(passphraseOf('Ada'));
        await dialog.getByRole('button', { name: 'Save' }).click();
      };
      await trust('Set up…', 'no certificate');
      await expect(dialog.getByRole('alert')).toContainText('There is no certificate in it that can be read.');
      await dialog.getByRole('button', { name: 'Cancel' }).click();

      await trust('Set up…', stranger.ca);
      await expect(dialog).toBeHidden();
      await section.getByRole('button', { name: 'Ask for a stamp now' }).click();
      await expect(section.getByRole('status')).toContainText(
        'No certificate that was valid then leads from the time stamp to those that are trusted.',
      );
      await hindersNobody(ada, 'a stamp that is not trusted');

      await trust('Change…', authority.ca);
      await expect(dialog).toBeHidden();
      await section.getByRole('button', { name: 'Ask for a stamp now' }).click();
      const { size } = await (await clientOf(ada)).journal.checkpoint();
      const newest = new RegExp(`\\d\\d:\\d\\d.*, of ${String(size)} records, by Test tsa`);
      await expect(section).toContainText(newest);
      await expect(section.getByRole('status')).toHaveCount(0);
      await hindersNobody(ada, 'a stamp');

      const seen = await openLog(uma);
      await expect(seen).toContainText(served.address);
      await expect(seen).toContainText(newest);
      await expect(seen.getByRole('button')).toHaveCount(0);
    });
  } finally {
    await served.close();
    authority.remove();
    stranger.remove();
  }
});
