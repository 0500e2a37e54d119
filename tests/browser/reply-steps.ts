import { expect, type Locator, type Page } from '@playwright/test';
import { clientOf } from './desk-client.ts';
import { passphraseOf } from './start-screens.ts';

/** The pane of the reply that is open. */
export const replyPane = (page: Page): Locator => page.getByRole('article', { name: 'Reply' });

export const editorOf = (page: Page): Locator => page.getByRole('textbox', { name: 'Your answer' });

/** The button of an act on the bar, by the words on it. */
export const actButton = (page: Page, name: string | RegExp): Locator =>
  replyPane(page)
    .locator('footer')
    .getByRole('button', { name, exact: typeof name === 'string' });

/** The button that confirms the act whose panel is open. */
export const confirmButton = (page: Page): Locator => replyPane(page).locator('footer button[type="submit"]');

/** The panel that asks for a reason or a passphrase. */
export const actPanel = (page: Page): Locator => replyPane(page).locator('form');

export const rail = (page: Page): Locator => page.getByRole('list', { name: 'Progress' });

/** Takes a post in by its address; the new reply is open then. */
export const takeIn = async (page: Page, address: string): Promise<void> => {
  await page.getByRole('button', { name: 'Take in a post' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Take in a post' });
  await dialog.getByLabel('Address of the customer’s post').fill(address);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await dialog.getByRole('button', { name: 'Capture and open a reply' }).click();
  await expect(dialog).toBeHidden();
  await expect(replyPane(page).getByRole('heading', { level: 1 })).toContainText('Reply to @');
};

export const claim = async (page: Page): Promise<void> => {
  await actButton(page, 'Take it').click();
  await expect(editorOf(page)).toBeVisible();
};

/** Writes an answer in the place of what stands in the editor. */
export const write = async (page: Page, text: string): Promise<void> => {
  const editor = editorOf(page);
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
  await expect(editor).toContainText(text.split('\n')[0] ?? '');
};

/** Submits what is written, once its preview stands. */
export const submit = async (page: Page): Promise<void> => {
  const place = page.url();
  await actButton(page, /^Submit/).click();
  const reply = `reply/${new URL(place).pathname.split('/').at(-1) ?? ''}` as const;
  const desk = await clientOf(page);
  await expect.poll(async () => (await desk.reply.get({ reply })).state).toBe('inReview');
  // In the queue of what waits on them the desk goes on to the next reply, if there is one: back to the one submitted.
  if (place.includes('/waitingOnMe/')) await page.goto(place.replace('/waitingOnMe/', '/open/'));
  await expect(rail(page)).toContainText('Drafted');
};

/** Goes to a reply that waits on the person, by its customer's handle. */
export const openWaiting = async (page: Page, handle: string, words: string | RegExp): Promise<void> => {
  const queue = page.getByRole('navigation', { name: 'Queues' });
  await queue.getByRole('link', { name: /^Waiting on me/ }).click();
  await queue
    .getByRole('link')
    .filter({ hasText: `@${handle}` })
    .filter({ hasText: words })
    .click();
  await expect(replyPane(page).getByRole('heading', { level: 1 })).toContainText(`@${handle}`);
};

export interface Signing {
  /** The words on the act's button. */
  readonly act: string | RegExp;
  readonly by: string;
  readonly reason?: string;
  readonly passphrase?: string;
}

/** Chooses an act that is signed and gives the passphrase. What comes of it is for the spec to see. */
export const sign = async (page: Page, { act, by, reason, passphrase = passphraseOf(by) }: Signing): Promise<void> => {
  await actButton(page, act).click();
  const panel = actPanel(page);
  if (reason !== undefined) await panel.getByRole('textbox').first().fill(reason);
  await panel.getByLabel('Your passphrase').fill(passphrase);
  await confirmButton(page).click();
};

/** An agent takes a post in, answers it in their own words and submits. */
export const answer = async (page: Page, { address, text }: { address: string; text: string }): Promise<void> => {
  await takeIn(page, address);
  await claim(page);
  await write(page, text);
  await submit(page);
};
