import { expect, type Page } from '@playwright/test';
import type { Role } from '#workflows/people/roles.ts';
import type { Slot } from '#workflows/template/template.ts';
import type { Office } from './office.ts';
import type { BlueskyPlace } from './office-set-up.ts';
import { passphraseOf } from './start-screens.ts';

/** Goes to a place by the menu at the top left. */
export const goToPlace = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name: /: go to another place$/ }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  agent: 'Agent',
  comms: 'Comms',
  legal: 'Legal',
  publisher: 'Publisher',
  auditor: 'Auditor',
  admin: 'Admin',
};

/** Adds a person on the screen of the people. @returns the code by which they come in, as it is shown */
export const inviteByScreen = async (admin: Page, name: string, roles: readonly Role[]): Promise<string> => {
  await goToPlace(admin, 'People');
  await admin.locator('footer').getByRole('button', { name: 'Invite a person' }).click();
  const asking = admin.getByRole('dialog', { name: 'Invite a person' });
  await asking.getByLabel('Name', { exact: true }).fill(name);
  for (const role of roles) await asking.getByRole('checkbox', { name: ROLE_WORDS[role], exact: true }).check();
  await asking.getByRole('button', { name: 'Add and make a code' }).click();
  const shown = admin.getByRole('dialog', { name: `The code for ${name}` });
  const code = await shown.getByLabel('One-time code').innerText();
  await shown.getByRole('button', { name: 'I have passed it on' }).click();
  await expect(shown).toBeHidden();
  return code;
};

/** Registers the key of somebody who has come in, after both have compared its fingerprint. */
export const registerKeyByScreen = async (admin: Page, name: string): Promise<void> => {
  await admin.getByRole('row').filter({ hasText: name }).getByRole('link', { name, exact: true }).click();
  await admin.getByRole('complementary').getByRole('button', { name: 'Register the key' }).click();
  const asking = admin.getByRole('dialog', { name: `Register the key of ${name}` });
  await asking.getByRole('button', { name: 'Register the key' }).click();
  await expect(asking).toBeHidden();
};

/** Adds the company's account; a wrong app password is refused at its field first, and everything else stays typed. */
export const addBlueskyByScreen = async (
  admin: Page,
  { service, directory, handle, appPassword }: BlueskyPlace,
): Promise<void> => {
  await goToPlace(admin, 'Channels');
  await admin.getByRole('button', { name: 'Add a channel' }).first().click();
  const dialog = admin.getByRole('dialog', { name: 'Add a channel' });
  const password = dialog.getByLabel('App password', { exact: true });
  await dialog.getByLabel('Handle or e-mail address').fill(handle);
  await dialog.getByLabel('Service', { exact: true }).fill(service);
  await dialog.getByText(/^Advanced/).click();
  // The PDS has no AppView behind it and says so, as any server does whose AppView is down.
  await dialog.getByLabel('AppView, which shows threads').fill(service);
  await dialog.getByLabel('Directory, which knows the identities').fill(directory);

  await password.fill('abcd-efgh-ijkl-mnop');
  await dialog.getByRole('button', { name: 'Sign in and add' }).click();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveAccessibleDescription(/refused the sign-in\. Check the account and its app password\.$/);
  await expect(password).toBeFocused();
  await expect(dialog.getByLabel('Handle or e-mail address')).toHaveValue(handle);

  await password.fill(appPassword);
  await dialog.getByRole('button', { name: 'Sign in and add' }).click();
  await expect(dialog).toBeHidden();
  await expect(admin.getByRole('heading', { level: 1, name: 'Bluesky' })).toBeVisible();
};

const TYPE_WORDS: Partial<Readonly<Record<Slot['type'], string>>> = { text: 'Text', name: 'Name', date: 'Date' };

/** Comms write wording with slots and submit it; comms and legal approve it: three people, on the screen of the templates. */
export const approveTemplateByScreen = async (
  { Boris, Carla, Luis }: Office,
  { name, parts }: { name: string; parts: readonly (string | Slot)[] },
): Promise<void> => {
  await goToPlace(Boris, 'Templates');
  await Boris.getByRole('button', { name: 'New template' }).first().click();
  const template = Boris.getByRole('article', { name: 'Template' });
  await template.getByLabel('Name', { exact: true }).fill(name);
  const wording = template.getByRole('textbox', { name: 'Wording' });
  const newSlot = template.getByRole('group', { name: 'Describe a slot' });
  await wording.click();
  for (const part of parts) {
    await expect(wording).toBeFocused();
    if (typeof part === 'string') {
      await Boris.keyboard.insertText(part);
      continue;
    }
    await newSlot.getByLabel('Short name').fill(part.name);
    await newSlot.getByLabel('What the agent is asked for').fill(part.prompt);
    await newSlot.getByLabel('Example').fill(part.example);
    await newSlot.getByLabel('Kind').selectOption(TYPE_WORDS[part.type] ?? part.type);
    await newSlot.getByRole('button', { name: 'Add and insert' }).click();
  }
  await template.getByRole('button', { name: 'Save version 1' }).click();
  await template.getByRole('button', { name: 'Submit to Comms and Legal' }).click();
  await expect(template).toContainText('In review');
  await expect(template.getByRole('button', { name: /^Approve as/ })).toHaveCount(0);

  for (const [who, page, review] of [
    ['Carla', Carla, 'Comms'],
    ['Luis', Luis, 'Legal'],
  ] as const) {
    await goToPlace(page, 'Templates');
    await page.getByRole('navigation', { name: 'Templates' }).getByRole('link').filter({ hasText: name }).click();
    const read = page.getByRole('article', { name: 'Template' });
    await read.getByRole('button', { name: `Approve as ${review}` }).click();
    await read.getByLabel('Your passphrase').fill(passphraseOf(who));
    await read.getByRole('button', { name: `Approve as ${review}` }).click();
    await expect(read.locator('form.act-panel')).toBeHidden();
    await goToPlace(page, 'Desk');
  }
  await expect(template).toContainText('In force');
};

/** Verifies the whole journal on the screen of the log, and reads what was found. */
export const verifyByScreen = async (auditor: Page): Promise<void> => {
  await goToPlace(auditor, 'Decision log');
  await auditor.getByRole('button', { name: 'Verify the journal' }).click();
  const found = auditor.getByRole('status').filter({ hasText: /All \d+ records are sound/ });
  await found.getByRole('button', { name: 'What was checked' }).click();
  const result = auditor.getByRole('dialog', { name: 'Result of the verification' });
  await expect(result).toContainText('Every record, signature, key and hash was read again from the files');
  await result.getByRole('button', { name: 'Close' }).last().click();
  await expect(result).toBeHidden();
  await expect(auditor.getByRole('button', { name: /^Journal verified/ })).toBeVisible();
};

/** How `openOffice` brings people in by the screens. */
export const BY_SCREENS = { invite: inviteByScreen, registerKey: registerKeyByScreen };
