import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ulid } from 'ulid';
import { clientOf } from '../../tests/browser/desk-client.ts';
import { claim, replyPane, takeIn, write } from '../../tests/browser/reply-steps.ts';
import type { RunningDesk, SampleDesk } from '../../tests/browser/running-desk.ts';
import { createWorkspace, passphraseOf, personButton } from '../../tests/browser/start-screens.ts';
import { LOOKS, settled, type Album } from './album.ts';

const AGENT = 'Jonas Brandt';
const LIST_CALLS = /\/rpc\/reply\/list/;
const LOG_CALLS = /\/rpc\/journal\/log/;

const at = (page: Page, path: string): string => new URL(path, page.url()).href;

/** As the desk refuses a call. */
const FORBIDDEN = {
  status: 403,
  contentType: 'application/json',
  body: JSON.stringify({
    json: {
      defined: true,
      code: 'FORBIDDEN',
      status: 403,
      message: 'roleMayNot',
      data: { reason: 'roleMayNot', values: { who: ['Edwin Castillo'] }, retryable: false, correlationId: ulid() },
    },
  }),
};

/** States that a pane can be in besides having something to show. */
const PANE_STATES: readonly { name: string; show: (page: Page) => Promise<unknown>; sign: string }[] = [
  {
    name: 'state-empty',
    show: (page) => page.goto(at(page, '/queue/open?search=nothing-of-that-name')),
    sign: '.queue-pane .blank',
  },
  {
    name: 'state-not-found',
    show: (page) => page.goto(at(page, '/queue/open/01J00000000000000000000000')),
    sign: '.reply-pane .blank',
  },
  {
    name: 'state-loading',
    show: async (page) => {
      await page.route(LIST_CALLS, () => new Promise(() => undefined));
      await page.goto(at(page, '/queue/open'));
    },
    sign: '.queue-pane .skeleton',
  },
  {
    name: 'state-error',
    show: async (page) => {
      await page.route(LIST_CALLS, (route) => route.fulfill({ status: 500, body: '{}' }));
      await page.goto(at(page, '/queue/open'));
    },
    sign: '.queue-pane .blank',
  },
  {
    name: 'state-forbidden',
    show: async (page) => {
      await page.route(LOG_CALLS, (route) => route.fulfill(FORBIDDEN));
      await page.goto(at(page, '/log'));
    },
    sign: '.blank',
  },
];

export const takePaneStates = async (sample: SampleDesk, album: Album): Promise<void> => {
  for (const look of LOOKS) {
    const wanted = PANE_STATES.filter(({ name }) => album.isWanted(name, look));
    if (wanted.length === 0) continue;
    const door = await sample.as(AGENT, look.options);
    for (const { name, show, sign } of wanted) {
      const page = await door.context().newPage();
      await page.goto(door.url());
      await show(page);
      await page.locator(sign).first().waitFor();
      await album.take(page, name, look);
      await page.close();
    }
    await door.context().close();
  }
};

/** Two windows of one person write at once: the second to save meets the first's revision. */
export const takeChangedElsewhere = async (sample: SampleDesk, album: Album): Promise<void> => {
  for (const [index, look] of LOOKS.entries()) {
    if (!album.isWanted('state-changed-elsewhere', look)) continue;
    const page = await sample.as(AGENT, look.options);
    const desk = await clientOf(page);
    const [place] = (await desk.practice.threads({ channel: null })).channels;
    const { address } = await desk.practice.post({
      channel: place?.id ?? 'channel/',
      handle: `late-tram-${String(index + 1)}.example`,
      text: 'My order was to come on Friday. It is Monday. When does it come?',
      language: 'en',
      parent: null,
    });
    await takeIn(page, address);
    await claim(page);
    await write(page, 'We are sorry for the wait. Your order left our warehouse today and comes tomorrow.');
    await replyPane(page)
      .getByText(/saved \d\d:\d\d/)
      .waitFor();
    await desk.reply.revise({
      commandId: ulid(),
      reply: `reply/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`,
      basedOn: 0,
      operation: 'reply',
      document: { lines: [[{ type: 'text', text: 'We are sorry for the wait. Your order comes on Wednesday.' }]] },
      template: null,
      language: 'en',
    });
    const strip = replyPane(page).locator('.strip');
    await strip.getByRole('button', { name: 'Compare both' }).click();
    await strip.locator('ins').first().waitFor();
    await album.take(page, 'state-changed-elsewhere', look);
    await page.context().close();
  }
};

/** Somebody of legal pauses all publishing. */
export const takePaused = async (sample: SampleDesk, album: Album): Promise<void> => {
  if (!LOOKS.some((look) => album.isWanted('state-paused', look))) return;
  const legal = await sample.as('Rachel Adler');
  await legal.getByRole('button', { name: 'Publishing is on' }).click();
  const dialog = legal.getByRole('dialog');
  await dialog.getByLabel('Why, for everybody to read').fill('A recall of the AH-20 heater is being prepared.');
  const passphrase = dialog.getByLabel('Your passphrase');
  if (await passphrase.isVisible()) await passphrase.fill('countersign');
  await dialog.getByRole('button', { name: 'Pause all publishing' }).click();
  await dialog.waitFor({ state: 'hidden' });
  for (const look of LOOKS) {
    if (!album.isWanted('state-paused', look)) continue;
    const page = await sample.as('Ingrid Solberg', look.options);
    await page.locator('.banner.alarm').waitFor();
    await settled(page);
    await album.take(page, 'state-paused', look);
    await page.context().close();
  }
};

/** The desk goes away under an agent who writes. */
export const takeOffline = async (sample: SampleDesk, album: Album): Promise<void> => {
  const looks = LOOKS.filter((look) => album.isWanted('state-offline', look));
  const pages: Page[] = [];
  for (const look of looks) {
    const page = await sample.as(AGENT, look.options);
    await settled(page);
    pages.push(page);
  }
  await sample.process.kill();
  for (const [index, page] of pages.entries()) {
    const look = looks[index];
    if (!look) continue;
    await page.locator('.banner', { hasText: 'Offline' }).waitFor();
    await album.take(page, 'state-offline', look);
  }
};

/** Another number in a record that is long signed: the desk opens read-only. */
export const damage = (folder: string): void => {
  const journal = join(folder, 'journal');
  const [first] = readdirSync(journal)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  const path = join(journal, first ?? '');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"seq":20,', '"seq":21,'));
};

export const takeReadOnly = async (sample: SampleDesk, album: Album): Promise<void> => {
  for (const look of LOOKS) {
    if (!album.isWanted('state-read-only', look)) continue;
    const page = await sample.as('Ingrid Solberg', look.options);
    await page.locator('.banner', { hasText: 'Read-only' }).waitFor();
    await settled(page);
    await album.take(page, 'state-read-only', look);
    await page.context().close();
  }
};

/** Whom to be in the sample. */
export const takeSampleSignIn = async (sample: SampleDesk, album: Album): Promise<void> => {
  for (const look of LOOKS) {
    if (!album.isWanted('sign-in-sample', look)) continue;
    const page = await sample.as(AGENT, look.options);
    await personButton(page, AGENT).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('list', { name: 'People of the sample' }).waitFor();
    await album.take(page, 'sign-in-sample', look);
    await page.context().close();
  }
};

const ADMIN = 'Ada Lindqvist';

/** What stands before a desk, and a desk on which nothing has happened yet. */
export const takeStart = async (desk: RunningDesk, album: Album): Promise<void> => {
  for (const look of LOOKS) {
    const page = await desk.window(look.options);
    await page.getByRole('button', { name: 'Open the sample' }).waitFor();
    await album.take(page, 'start', look);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByLabel('Name of the desk').waitFor();
    await album.take(page, 'start-create', look);
    await page.context().close();
  }
  await createWorkspace(await desk.window(), { folder: desk.folder, name: 'Northwind Care', admin: ADMIN });
  for (const look of LOOKS) {
    const page = await desk.window(look.options);
    await page.getByLabel('Your passphrase').waitFor();
    await album.take(page, 'sign-in', look);
    await page.getByLabel('Your passphrase').fill(passphraseOf(ADMIN));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await personButton(page, ADMIN).waitFor();
    await settled(page);
    await album.take(page, 'state-new-desk', look);
    await personButton(page, ADMIN).click();
    await page.getByRole('menuitem', { name: 'Lock the desk' }).click();
    await page.getByRole('button', { name: 'Open again' }).waitFor();
    await album.take(page, 'lock', look);
    await page.context().close();
  }
};
