import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../desktop/ensure-built.ts';
import { expect, test } from './sample.fixture.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { actPanel, editorOf, replyPane } from './reply-steps.ts';
import { screenCase } from './screen-cases.ts';
import { personButton } from './start-screens.ts';

/** Opens a screen by its name, as the person who is signed in on the page. */
const goTo = async (page: Page, name: string): Promise<void> => {
  const address = await screenCase(name).address(await clientOf(page));
  await page.goto(new URL(address, page.url()).href);
  await expect(page.locator('h1')).toBeAttached();
  await expect(page.locator('.skeleton')).toHaveCount(0);
};

/** Opens the record of a text, whose exact bytes can be shown. */
const goToBytes = async (page: Page): Promise<void> => {
  const desk = await clientOf(page);
  const filter = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;
  const { rows } = await desk.journal.log({ filter: { ...filter, type: 'reply.revised' } });
  await page.goto(new URL(`/log/${String(rows[0]?.seq)}`, page.url()).href);
};

/** Opens something in front of the screen by a button, looks at it, and puts it away again with Escape. */
const lookInto = async (page: Page, name: string | RegExp, role: 'dialog' | 'menu'): Promise<void> => {
  await page.getByRole('button', { name }).first().click();
  const opened = page.getByRole(role);
  await expect(opened).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await hindersNobody(page, String(name));
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
};

/** Where the program opens a dialog: each is looked at below, or in the spec that is named. */
const DIALOGS = [
  'app/clock-dialog.tsx', // clock
  'app/global-keys.tsx',
  'app/window-address.tsx',
  'channels/add-channel-dialog.tsx',
  'channels/change-channel-dialog.tsx',
  'channels/remove-channel-dialog.tsx', // whole-job
  'channels/renew-password-dialog.tsx', // whole-job
  'erasure/erasure-dialog.tsx', // erasure
  'log/authority-dialog.tsx', // timestamps
  'log/content-section.tsx',
  'log/export-dialog.tsx', // log-export
  'log/journal-pane.tsx',
  'log/period-filter.tsx',
  'log/verification-dialog.tsx',
  'log/written-dialog.tsx',
  'mention/take-in-dialog.tsx',
  'people/people-dialogs.tsx',
  'practice/write-post-dialog.tsx',
  'preferences/passphrase-section.tsx', // accessible-start
  'publishing/pause-dialog.tsx',
  'reply/context/statechart-dialog.tsx',
  'templates/template-editor.tsx',
];

test('Every dialog of the program is looked at', () => {
  const source = join(ROOT, 'src-renderer');
  const opening = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && /<Dialog\s/.test(readFileSync(join(source, file), 'utf8')))
    .map((file) => file.replaceAll(sep, '/'));
  expect(opening.sort()).toEqual(DIALOGS);
});

test('Nothing hinders anybody in what opens above the shell', async ({ sharedSample }) => {
  const page = await sharedSample.as('Jonas Brandt');
  await goTo(page, 'queue');
  await lookInto(page, /: go to another place$/, 'menu');
  await lookInto(page, /^Jonas Brandt, /, 'menu');
  await lookInto(page, 'Try another role', 'menu');
  await lookInto(page, 'Take in a post', 'dialog');
  await lookInto(page, 'By due time', 'menu');
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await hindersNobody(page, 'keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('textbox', { name: 'Search or do anything' })).toBeFocused();
  await hindersNobody(page, 'palette');
  await page.keyboard.press('Escape');
  await personButton(page, 'Jonas Brandt').click();
  await page.getByRole('menuitem', { name: 'Open another window' }).click();
  await expect(page.getByTestId('launch-address')).toHaveText(/^http/);
  await hindersNobody(page, 'another window');
});

test('Nothing hinders anybody in what opens on a reply', async ({ sharedSample }) => {
  const page = await sharedSample.as('Ingrid Solberg');
  await goTo(page, 'reply-comms-decides');
  await lookInto(page, 'Show statechart', 'dialog');
  await lookInto(page, 'More', 'menu');
  for (const act of ['Approve as Comms', 'Request changes', 'Reject']) {
    await replyPane(page).locator('footer').getByRole('button', { name: act, exact: true }).click();
    await expect(actPanel(page)).toBeVisible();
    await hindersNobody(page, act);
    await page.keyboard.press('Escape');
    await expect(actPanel(page)).toBeHidden();
  }
});

test('Nothing hinders anybody in the menus of the editor', async ({ sharedSample }) => {
  const page = await sharedSample.as('Jonas Brandt');
  await goTo(page, 'reply-drafting');
  const openers = page.locator('#reply [aria-haspopup="menu"]');
  await expect(editorOf(page)).toBeVisible();
  // The template, the language, and the acts that are seldom needed.
  await expect(openers).toHaveCount(3);
  for (const opener of await openers.all()) {
    await opener.click();
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await hindersNobody(page, await opener.innerText());
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  }
});

test('The list of templates opens only when it is there, so that its first item takes the focus', async ({
  sharedSample,
}) => {
  const page = await sharedSample.as('Jonas Brandt');
  let letThrough: () => void = () => undefined;
  const isLetThrough = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/template/usable**', async (route) => {
    await isLetThrough;
    await route.continue();
  });
  await goTo(page, 'reply-drafting');
  const opener = page.locator('#reply [aria-haspopup="menu"]').first();
  await expect(editorOf(page)).toBeVisible();
  await expect(opener).toBeDisabled();
  letThrough();
  await opener.click();
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
});

test('Nothing hinders anybody who administers', async ({ sharedSample }) => {
  const page = await sharedSample.as('Ada Okonjo');
  await goTo(page, 'people');
  await lookInto(page, 'Invite a person', 'dialog');
  await page.getByRole('row').filter({ hasText: 'Jonas Brandt' }).getByRole('link').click();
  for (const act of ['Change roles', 'Make a new code', 'Revoke the key', 'Remove from the desk'])
    await lookInto(page, act, 'dialog');
  await goTo(page, 'channels');
  for (const act of ['Add a channel', 'Change name and promise']) await lookInto(page, act, 'dialog');
  await page.getByRole('button', { name: 'Add a channel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Practice channel' }).click();
  await hindersNobody(page, 'a practice channel');
});

test('Nothing hinders anybody who writes and signs wording', async ({ sharedSample }) => {
  const page = await sharedSample.as('Rachel Adler');
  const { templates } = await (await clientOf(page)).template.list({});
  const waiting = templates.find(({ waitsOnMe }) => waitsOnMe);
  await goTo(page, 'templates');
  const list = page.getByRole('navigation', { name: 'Templates' });
  await list
    .getByRole('link')
    .filter({ hasText: waiting?.name ?? 'none waits' })
    .click();
  for (const act of ['Approve as Legal', 'Request changes', 'Reject']) {
    await page.locator('footer').getByRole('button', { name: act, exact: true }).click();
    // The sample remembers the passphrase: the press that opens the panel must not confirm it as well.
    await expect(page.locator('form.act-panel')).toContainText('Your passphrase is remembered until');
    await hindersNobody(page, `${act}, a template`);
    await page.keyboard.press('Escape');
    await expect(page.locator('form.act-panel')).toBeHidden();
  }
  await list.getByRole('button', { name: 'New template' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Look at me');
  await hindersNobody(page, 'a new template');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('dialog', { name: 'Discard what you wrote?' })).toBeVisible();
  await hindersNobody(page, 'discard');
});

test('Nothing hinders anybody who reads the log and the practice network', async ({ sharedSample }) => {
  const page = await sharedSample.as('Edwin Castillo');
  await goTo(page, 'log');
  for (const filter of ['Time', 'Act', 'Person', 'Role', 'Channel'])
    await lookInto(page, new RegExp(`^${filter}: `), 'menu');
  await page.getByRole('button', { name: /^Time: / }).click();
  await page.getByRole('menuitem', { name: 'From … to …' }).click();
  await expect(page.getByRole('dialog', { name: 'Time' })).toBeVisible();
  await hindersNobody(page, 'a period');
  await page.keyboard.press('Escape');
  await lookInto(page, 'Show it', 'dialog');
  await goTo(page, 'record');
  // All of it in sight: what is cut off by the edge of a scrolled pane counts as a target that is too small.
  await page.setViewportSize({ width: 1440, height: 2_000 });
  await lookInto(page, /^Show record/, 'dialog');
  await goToBytes(page);
  await lookInto(page, 'Show the exact bytes', 'dialog');
  await page.setViewportSize({ width: 1440, height: 900 });
  await goTo(page, 'log');
  await page.getByRole('button', { name: 'Verify the journal' }).click();
  await lookInto(page, 'What was checked', 'dialog');
  const agent = await sharedSample.as('Jonas Brandt');
  await goTo(agent, 'practice');
  await lookInto(agent, 'Write a post as a customer', 'dialog');
});

test('Nothing hinders anybody while publishing is paused, or at the lock', async ({ sample }) => {
  const page = await sample.as('Rachel Adler');
  await lookInto(page, 'Publishing is on', 'dialog');
  await page.getByRole('button', { name: 'Publishing is on' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why, for everybody to read').fill('A recall is being prepared.');
  await dialog.getByRole('button', { name: 'Pause all publishing' }).click();
  await expect(page.locator('.banner').filter({ hasText: 'Rachel Adler paused all publishing' })).toBeVisible();
  await expect(dialog).toBeHidden();
  await hindersNobody(page, 'paused');
  await lookInto(page, 'Propose to publish again', 'dialog');
  await personButton(page, 'Rachel Adler').click();
  await page.getByRole('menuitem', { name: 'Lock the desk' }).click();
  await expect(page.getByRole('dialog', { name: 'Locked: Rachel Adler' })).toBeVisible();
  await hindersNobody(page, 'the cover of the lock');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Locked: Rachel Adler' })).toBeVisible();
  await hindersNobody(page, 'the lock');
  await page.getByRole('button', { name: 'I am somebody else' }).click();
  await expect(page.getByRole('list', { name: 'People of the sample' })).toBeVisible();
  await hindersNobody(page, 'the people of the sample');
});
