import type { Page } from '@playwright/test';
import { expect, test } from './sample.fixture.ts';
import { clientOf } from './desk-client.ts';
import { actPanel, confirmButton, editorOf, rail, replyPane } from './reply-steps.ts';

/** What has the focus, in words; `body` when it was lost. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return 'body';
    return activeElement.getAttribute('aria-label') ?? activeElement.id + activeElement.tagName;
  });

const keepsFocus = (page: Page, after: string) => expect.poll(() => focused(page), `after ${after}`).not.toBe('body');

/** Presses a key until what it leads to has the focus. */
const pressUntil = async (page: Page, key: string, isThere: () => Promise<boolean>): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never led there`);
};

const focusIsIn = (page: Page, selector: string) => (): Promise<boolean> =>
  page.evaluate((within) => document.activeElement?.closest(within) !== null, selector);

test('An answer is taken in, written and submitted, and approved, without the mouse', async ({ sample }) => {
  const agent = await sample.as('Jonas Brandt');
  const desk = await clientOf(agent);
  const channel = (await desk.channel.list()).channels.find(({ handle }) => handle === 'acme.example');
  const post = { handle: 'keys.example', text: 'Can this be done by keys alone?', language: 'en', parent: null };
  const { address } = await desk.practice.post({ ...post, channel: channel?.id ?? 'channel/' });

  await test.step('the agent takes the post in', async () => {
    await agent.keyboard.press('n');
    await expect(agent.getByLabel('Address of the customer’s post')).toBeFocused();
    await agent.keyboard.insertText(address);
    await agent.keyboard.press('Enter');
    const capture = agent.getByRole('button', { name: 'Capture and open a reply' });
    await expect(capture).toBeVisible();
    await agent.keyboard.press('Enter');
    await expect(replyPane(agent).getByRole('heading', { level: 1 })).toHaveText('Reply to @keys.example');
    await keepsFocus(agent, 'taking in');
  });

  await test.step('takes it, writes and submits', async () => {
    await agent.keyboard.press('c');
    await expect(editorOf(agent)).toBeVisible();
    await keepsFocus(agent, 'taking it');
    await agent.keyboard.press('e');
    await pressUntil(agent, 'Tab', focusIsIn(agent, '#draft-editor'));
    await agent.keyboard.insertText('Yes, it can be done by keys alone.');
    await expect(replyPane(agent).getByRole('region', { name: 'Exactly what is sent' })).toContainText('by keys alone');
    await pressUntil(agent, 'Tab', focusIsIn(agent, 'footer button.primary'));
    await agent.keyboard.press('Enter');
    await expect(agent.getByRole('status').filter({ hasText: 'Submitted.' })).toBeAttached();
    await keepsFocus(agent, 'submitting');
  });

  await test.step('comms find it by the palette, and approve', async () => {
    const comms = await sample.as('Ingrid Solberg');
    // No key is heard before the desk is there.
    await expect(comms.getByRole('list', { name: 'Waiting on me' })).toBeVisible();
    await comms.keyboard.press('ControlOrMeta+k');
    await expect(comms.getByPlaceholder('Search or do anything')).toBeFocused();
    await comms.keyboard.insertText('keys.example');
    await expect(comms.getByRole('button', { name: /@keys\.example/ })).toBeVisible();
    await pressUntil(comms, 'ArrowDown', () =>
      comms.locator('[data-selected]').filter({ hasText: '@keys.example' }).isVisible(),
    );
    await comms.keyboard.press('Enter');
    await expect(replyPane(comms).getByRole('heading', { level: 1 })).toHaveText('Reply to @keys.example');
    await keepsFocus(comms, 'the palette');
    await comms.keyboard.press('a');
    // The sample's policy remembers a passphrase for a while: the button that confirms has the focus.
    await expect(actPanel(comms)).toContainText('Your passphrase is remembered until');
    await expect(confirmButton(comms)).toBeFocused();
    await comms.keyboard.press('Enter');
    await expect(comms.getByRole('status').filter({ hasText: 'Approved and signed.' })).toBeAttached();
    await keepsFocus(comms, 'approving');
  });
  await expect(rail(agent).or(replyPane(agent)).first()).toBeVisible();
});

test('Keys walk the queue, open panels and close them, and the focus comes back', async ({ sharedSample }) => {
  const page = await sharedSample.as('Ingrid Solberg');
  await expect(page.getByRole('list', { name: 'Waiting on me' }).getByRole('link').nth(1)).toBeVisible();
  await page.keyboard.press('j');
  const title = replyPane(page).getByRole('heading', { level: 1 });
  await expect(title).toBeVisible();
  const first = page.url();
  const customer = await title.innerText();
  await page.keyboard.press('j');
  await expect.poll(() => page.url()).not.toBe(first);
  await expect(title).not.toHaveText(customer);
  await page.keyboard.press('k');
  await expect.poll(() => page.url()).toBe(first);
  // The next key is for the reply that is open then.
  await expect(title).toHaveText(customer);

  for (const key of ['r', 'x', 'a']) {
    await page.keyboard.press('Enter');
    await expect(page.locator('#reply')).toBeFocused();
    await page.keyboard.press(key);
    await expect(actPanel(page)).toBeVisible();
    await keepsFocus(page, key);
    await page.keyboard.press('Escape');
    await expect(actPanel(page)).toBeHidden();
    await keepsFocus(page, `closing ${key}`);
  }

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Next reply');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await keepsFocus(page, '?');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('textbox', { name: 'Search or do anything' })).toBeFocused();
  await page.keyboard.press('Escape');
  await keepsFocus(page, 'the palette');
  await page.keyboard.press('e');
  await expect(editorOf(page)).toBeVisible();
});
