import { expect, type Page } from '@playwright/test';

/** The passphrase of a person of the specs: everybody has their own. */
export const passphraseOf = (name: string): string => `${name} keeps this to themselves`;

export const personButton = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) });

/** Makes a workspace by the first-start screens; the page is its first admin's then. */
export const createWorkspace = async (
  page: Page,
  { folder, name, admin }: { folder: string; name: string; admin: string },
): Promise<void> => {
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByLabel('Name of the desk').fill(name);
  await page.getByLabel('Folder').fill(folder);
  await page.getByLabel('Your name').fill(admin);
  await page.getByLabel('New passphrase').fill(passphraseOf(admin));
  await page.getByLabel('The same once more').fill(passphraseOf(admin));
  await page.getByRole('button', { name: 'Create the workspace' }).click();
  await expect(personButton(page, admin)).toBeVisible();
};

/** Redeems an invitation: the person chooses their passphrase and is signed in. */
export const acceptInvitation = async (page: Page, { code, name }: { code: string; name: string }): Promise<void> => {
  await page.getByRole('button', { name: 'I have an invitation code' }).click();
  await page.getByLabel('Invitation code').fill(code);
  await page.getByLabel('New passphrase').fill(passphraseOf(name));
  await page.getByLabel('The same once more').fill(passphraseOf(name));
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(personButton(page, name)).toBeVisible();
};

export const signIn = async (page: Page, name: string, passphrase = passphraseOf(name)): Promise<void> => {
  const person = page.getByLabel('Name', { exact: true });
  const option = person.locator('option', { hasText: name });
  await person.selectOption((await option.getAttribute('value')) ?? '');
  await page.getByLabel('Your passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

/** Makes the sample where there is none, and opens it. */
export const openSample = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Open the sample' }).click();
  await expect(page.getByRole('list', { name: 'People of the sample' })).toBeVisible({ timeout: 60_000 });
};

/** Becomes somebody of the sample by a click. */
export const becomeInSample = async (page: Page, name: string): Promise<void> => {
  await page
    .getByRole('list', { name: 'People of the sample' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
  await expect(personButton(page, name)).toBeVisible();
};
