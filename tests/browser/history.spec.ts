import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { ulid } from 'ulid';
import { SAMPLE_PASSPHRASE } from '#main/sample/sample-passphrase.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { LogRow } from '#workflows/contract/journal.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { READS } from '../core/contract-procedures.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { pastBar, pastReply, recordOf, wander } from './past-steps.ts';
import { replyPane } from './reply-steps.ts';
import { eventfulPast } from './screen-cases.ts';
import { expect, test } from './sample.fixture.ts';

const AUDITOR = 'Edwin Castillo';
const COMMS = 'Ingrid Solberg';

const at = (page: Page, path: string): string => new URL(path, page.url()).href;

const records = async (desk: DeskClient, type: string): Promise<readonly LogRow[]> => {
  const filter = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;
  return (await desk.journal.log({ filter: { ...filter, type } })).rows;
};

/** The reply with the most versions of its text, and the record of the newest. */
const eventful = async (desk: DeskClient): Promise<{ reply: ReplyId; asOf: number; path: string }> => {
  const path = await eventfulPast(desk);
  const [, , seq = '', , , id = ''] = path.split('/');
  return { reply: `reply/${id}`, asOf: Number(seq), path };
};

test('From a record in the log one comes to the desk as of it, with its queues and counts', async ({
  sharedSample,
}) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  const { seq, at: time } = (await records(desk, 'reply.approved'))[20]!;
  await page.goto(at(page, `/log/${String(seq)}?view=everything`));
  await page.getByRole('link', { name: 'The desk as of this record' }).click();
  await expect(pastBar(page)).toContainText(`You are looking at the desk as of record ${String(seq)}, `);
  const day = new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  await expect(pastBar(page)).toContainText(day);
  await expect(pastBar(page)).toContainText('Nothing can be changed here.');
  const { counts, items, total } = await desk.history.queue({ asOf: seq, queue: 'open' });
  const queues = page.getByRole('navigation', { name: 'Queues of then' });
  for (const { queue, count } of counts) {
    const link = queues.locator('.queues a').nth(counts.findIndex((entry) => entry.queue === queue));
    await expect(link.locator('.figure')).toHaveText(String(count));
  }
  await expect(queues).toContainText(`${String(total)} replies`);
  await expect(queues.locator('.queue-row').first()).toContainText(`@${items[0]?.handle ?? ''}`);
  expect(total).not.toBe((await desk.reply.list({ queue: 'open' })).total);
  // The clock of the past is the record's time, hours ago, and not this machine's.
  const hoursTo = (due: string): number => Math.floor((Date.parse(due) - Date.parse(time)) / 3_600_000);
  const owed = items.find(({ dueAt, publishedAt }) => !publishedAt && hoursTo(dueAt) > 0)!;
  expect(Date.now() - Date.parse(time)).toBeGreaterThan(3_600_000);
  const row = queues.locator('.queue-row').filter({ hasText: `@${owed.handle ?? ''}` });
  await expect(row.locator('.due')).toHaveText(`due in ${String(hoursTo(owed.dueAt))} h`);
  await page.getByRole('link', { name: 'Show the reply of this record' }).click();
  await expect(pastReply(page).locator('li[aria-current="step"] .ways a').first()).toHaveAttribute(
    'href',
    `/log/${String(seq)}`,
  );
  await page.goto(at(page, `/log/${String(seq)}?view=everything`));
  await page.getByRole('link', { name: 'The reply as of this record' }).click();
  await expect(pastReply(page)).toBeVisible();
  expect(recordOf(page)).toBe(seq);
});

test('From an entry of a story one comes to the reply as it was then, and back to it as it is', async ({
  sharedSample,
}) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  const { reply, path } = await eventful(desk);
  const { entries } = await desk.reply.story({ reply });
  const first = entries.find(({ type }) => type === 'reply.revised')!;
  const live = path.replace(/^\/as-of\/\d+/, '');
  await page.goto(at(page, `${live}?view=story`));
  await page.getByRole('link', { name: `The reply as of record ${String(first.seq)}`, exact: true }).click();
  await expect(pastBar(page)).toContainText(`as of record ${String(first.seq)},`);
  const then = await desk.history.reply({ asOf: first.seq, reply });
  const shown = pastReply(page);
  await expect(shown.getByRole('heading', { level: 1 })).toContainText(`@${then.reply.post?.handle ?? ''}`);
  await expect(shown.getByRole('region', { name: 'Exactly what is sent' })).toContainText(
    then.reply.revisions[0]?.text.split('\n')[0] ?? 'no text',
  );
  await expect(shown.getByRole('button', { name: '1 version' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Progress' }).locator('[aria-current]')).toContainText('Drafting');
  await shown.getByRole('button', { name: /^All \d+ records$/ }).click();
  await expect(shown.locator('.story > li')).toHaveCount(then.story.length);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page).toHaveURL(new RegExp(`${live}\\?view=story$`));
  await expect(pastBar(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Publishing is on' })).toBeVisible();
});

test('From a version of the policy one comes to the desk when it was approved', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  const { versions } = await desk.policy.get();
  await page.goto(at(page, '/policy?version=1'));
  await page.getByRole('link', { name: 'The desk when it was approved' }).click();
  await expect(pastBar(page)).toContainText('approved the policy, version 1');
  await expect(page.getByRole('article', { name: 'Policy' })).toContainText('version 1, in force then');
  const moment = await desk.history.moment({ asOf: recordOf(page) });
  expect(moment.at).toBe(versions[0]?.approvedAt);
  await page.getByRole('link', { name: 'Queues of then' }).click();
  await expect(page).toHaveURL(new RegExp(`/as-of/${String(moment.asOf)}/queue/open$`));
});

test('One steps from record to record, by buttons and by keys, and the address keeps the way', async ({
  sharedSample,
}) => {
  const page = await sharedSample.as(AUDITOR);
  await page.goto(at(page, '/as-of/200/queue/open'));
  const isAt = (seq: number) => expect(pastBar(page)).toContainText(`as of record ${String(seq)},`);
  await isAt(200);
  await expect(page.getByRole('status').filter({ hasText: 'as of record 200' })).toContainText(
    'Nothing can be changed',
  );
  await pastBar(page).getByRole('button', { name: 'Next record' }).click();
  await isAt(201);
  await expect(page.getByRole('status').filter({ hasText: 'as of record 201' })).toBeAttached();
  await page.keyboard.press('n');
  await isAt(202);
  await page.keyboard.press('p');
  await isAt(201);
  await pastBar(page).getByRole('button', { name: 'Previous record' }).click();
  await isAt(200);
  await page.goBack();
  await isAt(201);
  await page.goForward();
  await isAt(200);
  await page.reload();
  await isAt(200);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const words of ['Previous record', 'Next record', 'Go to a record or a time', 'Back to now'])
    await expect(help).toContainText(words);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await isAt(200);
  await page.goto(at(page, '/as-of/0/queue/open'));
  await isAt(0);
  await expect(pastBar(page).getByRole('button', { name: 'Previous record' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('p');
  await isAt(0);
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/queue\/open$/);
});

test('A typed number or time leads to its record; what leads nowhere is said', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  await page.goto(at(page, '/log'));
  const field = page.getByRole('textbox', { name: 'Record number, or date and time' });
  await field.fill('150');
  await field.press('Enter');
  await expect(pastBar(page)).toContainText('as of record 150,');
  const { at: time } = await desk.history.moment({ asOf: 300 });
  await page.keyboard.press('g');
  await expect(field).toBeFocused();
  await field.fill(time);
  await field.press('Enter');
  const found = await desk.history.momentAt({ at: time });
  await expect(pastBar(page)).toContainText(`as of record ${String(found.asOf)},`);
  expect(recordOf(page)).toBe(found.asOf);
  await field.fill('the day before');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Write a record’s number');
  await hindersNobody(page, 'a time that is not understood');
  await field.fill('99999');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The journal has no record 99,999. The newest is');
  await field.press('Escape');
  await expect(field).toHaveValue('');
  await expect(pastBar(page)).toContainText(`as of record ${String(found.asOf)},`);
  await field.fill('1 January 2001');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Show the first record' }).click();
  await expect(pastBar(page)).toContainText('as of record 0,');
  await page.goto(at(page, '/as-of/99999/queue/open'));
  await expect(page.getByRole('heading', { name: 'There is no such record' })).toBeVisible();
  await hindersNobody(page, 'beyond the end');
  await page.getByRole('button', { name: 'Show the newest' }).click();
  await expect(pastBar(page)).toContainText('You are looking at the desk as of record');
});

test('A reply that was not there yet names the record that opened it, and leads there', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  const { reply, path } = await eventful(desk);
  const opened = (await desk.reply.story({ reply })).entries.find(({ type }) => type === 'reply.opened')!.seq;
  await page.goto(at(page, path.replace(/\d+/, String(opened - 1))));
  const blank = page.locator('.reply-pane');
  await expect(blank).toContainText('This reply did not exist yet');
  await expect(blank).toContainText(`It was opened at record ${String(opened)}.`);
  await hindersNobody(page, 'not there yet');
  await blank.getByRole('button', { name: `Show it as of record ${String(opened)}` }).click();
  await expect(pastReply(page)).toBeVisible();
  expect(recordOf(page)).toBe(opened);
});

test('Every version of the text is there byte for byte, and any two can be compared', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const desk = await clientOf(page);
  const { reply, asOf, path } = await eventful(desk);
  const { versions } = await desk.history.versions({ asOf, reply });
  expect(versions.length).toBeGreaterThan(2);
  await page.goto(at(page, `${path}?view=versions`));
  const list = page.getByRole('list', { name: 'Versions of the text' });
  await expect(list.getByRole('button')).toHaveCount(versions.length);
  const bytes = page.locator('pre[aria-label="The exact bytes"]');
  for (const { revision, contentHash, content } of versions) {
    await list.getByRole('button', { name: `Revision ${String(revision)}` }).click();
    await expect(page.getByTestId('version-text')).toHaveText(content!.text, { useInnerText: false });
    await expect(page.getByText('The fingerprint matches these bytes')).toBeVisible();
    const shown = await bytes.evaluate((element) => element.textContent);
    expect(shown).toBe(content!.source);
    expect(createHash('sha256').update(shown, 'utf8').digest('hex')).toBe(contentHash);
    await expect(page.getByRole('region', { name: 'Fingerprint (SHA-256)' })).toContainText(contentHash);
  }
  const [first, last] = [versions[0]!, versions.at(-1)!];
  await page.getByLabel('Compare with').selectOption({ label: `Revision ${String(first.revision)}` });
  await expect(page.locator('[data-testid="version-text"] ins').first()).toBeVisible();
  const sides = await page.getByTestId('version-text').evaluate((element) => {
    const without = (...selectors: string[]): string => {
      const copy = element.cloneNode(true) as Element;
      for (const part of copy.querySelectorAll(selectors.join(','))) part.remove();
      return copy.textContent;
    };
    return { before: without('ins', '.sr-only'), after: without('del', '.sr-only') };
  });
  expect(sides).toEqual({ before: first.content!.text, after: last.content!.text });
  await expect(page).toHaveURL(new RegExp(`base=${String(first.revision)}`));
  await hindersNobody(page, 'two versions against each other');
  await page.reload();
  await expect(page.locator('[data-testid="version-text"] del').first()).toBeVisible();
});

test('Bytes that do not have the fingerprint of their record are not taken for right', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const { path } = await eventful(await clientOf(page));
  await page.route(/\/rpc\/history\/versions/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/"source":"\{/g, '"source":"{ ');
    await route.fulfill({ response: answer, body });
  });
  await page.goto(at(page, `${path}?view=versions`));
  await expect(page.getByRole('alert')).toContainText('The fingerprint does not match these bytes');
});

test('Whoever may act on the desk of now cannot change anything in the past, and nothing is marked as read', async ({
  sample,
}) => {
  const page = await sample.as(COMMS);
  const desk = await clientOf(page);
  const { items } = await desk.reply.list({ queue: 'waitingOnMe' });
  const waiting = items.find(({ isUnread }) => isUnread)!;
  const { journal } = await desk.desk.overview();
  const sent: { name: string; body: string }[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/rpc/')) sent.push({ name: pathname.slice(5), body: request.postData() ?? '' });
  });
  const id = waiting.id.slice('reply/'.length);
  await page.goto(at(page, `/as-of/${String(journal.size - 1)}/queue/waitingOnMe/${id}`));
  await expect(pastReply(page)).toBeVisible();
  await wander(page);
  expect(sent.some(({ name }) => name.startsWith('history/'))).toBe(true);
  expect(sent.filter(({ body }) => body.includes('commandId'))).toEqual([]);
  const called = [...new Set(sent.map(({ name }) => name.replace('/', '.')))];
  // A sign of life keeps the session open; everything else only reads.
  expect(called.filter((name) => !READS.has(name) && name !== 'session.touch')).toEqual([]);
  expect((await desk.desk.overview()).journal.size).toBe(journal.size);
  const after = await desk.reply.list({ queue: 'waitingOnMe' });
  expect(after.items.find((item) => item.id === waiting.id)?.isUnread).toBe(true);
  // The same person, on the same reply of now, finds the acts.
  await page.keyboard.press('Escape');
  await expect(replyPane(page).locator('footer').getByRole('button', { name: 'Approve as Comms' })).toBeVisible();
});

test('What an erased customer said stays unreadable in the past too, and an open page forgets it', async ({
  sample,
}) => {
  const page = await sample.as(AUDITOR);
  const [admin, legal] = [
    await clientOf(await sample.as('Ada Okonjo')),
    await clientOf(await sample.as('Rachel Adler')),
  ];
  const { items } = await admin.reply.list({ queue: 'closed' });
  const views = await Promise.all(items.map(({ id }) => admin.reply.get({ reply: id })));
  const kept = await Promise.all(views.map(({ customer }) => admin.erasure.get({ customer })));
  const place = kept.findIndex(({ obstacles }, index) => obstacles.length === 0 && views[index]!.revisions.length > 0);
  const view = views[place]!;
  const { revision, seq, text, contentHash } = view.revisions.at(-1)!;
  const path = `/as-of/${String(seq)}/queue/open/${view.id.slice('reply/'.length)}`;
  await page.goto(at(page, `${path}?view=versions`));
  await expect(page.getByTestId('version-text')).toHaveText(text);

  const { customer } = view;
  const signed = { customer, passphrase: SAMPLE_PASSPHRASE };
  const proposal = { customer, version: kept[place]!.version, ground: 'requested', reason: 'A letter.' } as const;
  await admin.erasure.propose({ commandId: ulid(), ...proposal });
  const { version } = await legal.erasure.get({ customer });
  await legal.erasure.confirm({ commandId: ulid(), ...signed, version });

  await expect(pastReply(page)).toContainText('The customer was erased since: nobody can read this text any more.');
  await expect(pastReply(page).getByRole('heading', { level: 1 })).toHaveText('Reply to an erased customer');
  await expect(page.getByRole('region', { name: 'Fingerprint (SHA-256)' })).toContainText(contentHash);
  await expect(page.getByRole('button', { name: `Revision ${String(revision)}` })).toContainText('not readable');
  await pastReply(page).getByRole('button', { name: 'Text then' }).click();
  await expect(pastReply(page)).toContainText('This customer’s data were erased.');
  await hindersNobody(page, 'an erased customer in the past');
  const handle = view.post!.handle;
  await expect(page.locator('body')).not.toContainText(handle);
  await page.reload();
  await expect(pastReply(page)).toContainText('This customer’s data were erased.');
  await expect(page.locator('body')).not.toContainText(handle);
});

test('While the desk of then is worked out one is told so, and leaving gives it up', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR);
  const { path } = await eventful(await clientOf(page));
  await page.route(/\/rpc\/history\/(reply|queue)/, () => new Promise(() => undefined));
  const givenUp: string[] = [];
  page.on('requestfailed', (request) => givenUp.push(new URL(request.url()).pathname));
  await page.goto(at(page, path));
  await expect(page.locator('.reply-pane')).toContainText('is being worked out');
  await hindersNobody(page, 'waiting for the past');
  await page.keyboard.press('Escape');
  await expect(pastBar(page)).toBeHidden();
  await expect
    .poll(() => givenUp.filter((name) => name.startsWith('/rpc/history/')).sort())
    .toEqual(['/rpc/history/queue', '/rpc/history/reply']);
});

test('In a narrow window the context is a drawer under the bar, and Esc closes it first', async ({ sharedSample }) => {
  const page = await sharedSample.as(AUDITOR, { viewport: { width: 1024, height: 700 } });
  const { path, asOf } = await eventful(await clientOf(page));
  await page.goto(at(page, path));
  await pastReply(page).getByRole('button', { name: 'Context' }).click();
  const drawer = page.getByRole('complementary', { name: 'Context' });
  await expect(drawer).toHaveClass(/open/);
  const [bar, pane] = [await pastBar(page).boundingBox(), await drawer.boundingBox()];
  expect(pane!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height - 1);
  await hindersNobody(page, 'the drawer of the past');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(pastBar(page)).toContainText(`as of record ${String(asOf)},`);
  await page.keyboard.press('Escape');
  await expect(pastBar(page)).toBeHidden();
});
