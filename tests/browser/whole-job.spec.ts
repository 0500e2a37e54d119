import { expect, test } from './network.fixture.ts';
import { hindersNobody } from './axe.ts';
import { runCli } from './desk-process.ts';
import { openOffice } from './office.ts';
import { addBlueskyByScreen, approveTemplateByScreen, BY_SCREENS, verifyByScreen } from './office-by-screens.ts';
import { LATE_DELIVERY, placeOf } from './office-set-up.ts';
import { actButton, claim, editorOf, openWaiting, rail, replyPane, sign, submit, takeIn } from './reply-steps.ts';

const COMPLAINT = 'My washing machine was promised for Tuesday. Where is it? 😡 #northwind';
const ANSWER =
  'Sorry about the wait, Mara. Your washing machine now arrives on Friday 27 November. Follow it on https://northwind.example/status, @mara.test 🙏 #delivery';

interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly Record<string, string>[];
}

/** What each facet of a post marks, by the bytes that it names. */
const markedWords = (text: string, facets: readonly Facet[]): string[] =>
  facets.map(({ index }) => Buffer.from(text, 'utf8').subarray(index.byteStart, index.byteEnd).toString('utf8'));

test('A reply goes from the customer’s post to the verified journal, each step by whoever may take it', async ({
  desk,
  pds,
}) => {
  test.setTimeout(180_000);
  const handle = pds.accounts.customer.handle;
  const office = await openOffice(desk.window, { folder: desk.folder, name: 'Northwind Care' }, BY_SCREENS);
  const { Ada, Agnes, Petra, Uma } = office;
  await test.step('the admin adds the channel, and comms and legal approve wording', async () => {
    await addBlueskyByScreen(Ada, placeOf(pds));
    for (const act of ['New app password', 'Remove']) {
      await Ada.locator('footer').getByRole('button', { name: act, exact: true }).click();
      await expect(Ada.getByRole('dialog')).toBeVisible();
      await hindersNobody(Ada, act);
      await Ada.keyboard.press('Escape');
      await expect(Ada.getByRole('dialog')).toBeHidden();
    }
    const [client, article, date] = LATE_DELIVERY.slots;
    if (!client || !article || !date) throw new Error('the template has three slots');
    const parts = ['Sorry about the wait, ', client, '. Your ', article, ' now arrives on ', date, '.'];
    await approveTemplateByScreen(office, { name: LATE_DELIVERY.name, parts });
  });
  const post = await pds.post({ account: 'customer', text: COMPLAINT, langs: ['en'] });

  await test.step('the agent takes the post in, starts from approved wording and writes', async () => {
    await takeIn(Agnes, post.uri);
    await expect(replyPane(Agnes).getByRole('region', { name: 'Customer’s post' })).toContainText(COMPLAINT);
    await claim(Agnes);
    await replyPane(Agnes).getByRole('button', { name: 'Start from a template' }).click();
    await Agnes.getByRole('menuitem', { name: /Late delivery, new date/ }).click();
    await Agnes.getByLabel('How the customer is called').fill('Mara');
    await Agnes.getByLabel('What was ordered').fill('washing machine');
    await expect(replyPane(Agnes)).toContainText('2 of 3 slots filled');
    await Agnes.getByLabel('The new date').fill('Friday 27 November');
    await editorOf(Agnes).click();
    await Agnes.keyboard.press('ControlOrMeta+End');
    await Agnes.keyboard.insertText(' Follow it on https://northwind.example/status, @mara.test 🙏 #delivery');
    await expect(replyPane(Agnes).getByRole('region', { name: 'Exactly what is sent' })).toContainText(ANSWER);
    await expect(Agnes.getByTestId('length')).toHaveText('153 of 300 characters, 147 left');
    await submit(Agnes);
  });

  await test.step('the author cannot approve, and is told who can', async () => {
    await expect(replyPane(Agnes).locator('footer')).toContainText('Carla');
    await expect(replyPane(Agnes).locator('footer')).toContainText('Luis');
    await expect(actButton(Agnes, /^Approve/)).toHaveCount(0);
  });

  for (const [name, review] of [
    ['Carla', 'Comms'],
    ['Luis', 'Legal'],
  ] as const) {
    await test.step(`${review} find it, read post, text and route, and sign`, async () => {
      const page = office[name];
      await openWaiting(page, handle, COMPLAINT.slice(0, 20));
      await expect(replyPane(page).getByRole('region', { name: 'Customer’s post' })).toContainText(COMPLAINT);
      await expect(replyPane(page).getByRole('region', { name: 'Exactly what is sent' })).toContainText(ANSWER);
      const context = page.getByRole('complementary', { name: 'Context' });
      await expect(context).toContainText('Route');
      await expect(context).toContainText(review);
      await sign(page, { act: `Approve as ${review}`, by: name });
      await expect(rail(page)).toContainText(`${review} approved`);
    });
  }

  await test.step('the publisher releases it, and it stands in the customer’s thread exactly as approved', async () => {
    await openWaiting(Petra, handle, COMPLAINT.slice(0, 20));
    await sign(Petra, { act: /^Publish as @/, by: 'Petra' });
    await expect(replyPane(Petra).getByText('Same as approved')).toBeVisible({ timeout: 20_000 });
    const [published, ...more] = await pds.records('company');
    expect(more).toEqual([]);
    const { value } = await pds.record('company', published ?? '');
    expect(value.text).toBe(ANSWER);
    expect(value.reply).toEqual({ root: post, parent: post });
    const facets = value.facets as Facet[];
    expect(markedWords(ANSWER, facets)).toEqual(['https://northwind.example/status', '@mara.test', '#delivery']);
    expect(facets.map(({ features }) => features[0]?.did ?? features[0]?.uri ?? features[0]?.tag)).toEqual([
      'https://northwind.example/status',
      pds.accounts.customer.did,
      'delivery',
    ]);
  });

  await test.step('the customer answers, and the matter is open again', async () => {
    const [published] = await pds.records('company');
    const { cid } = await pds.record('company', published ?? '');
    const text = 'Friday does not suit me at all!';
    await pds.post({ account: 'customer', text, reply: { root: post, parent: { uri: published ?? '', cid } } });
    await Agnes.getByRole('link', { name: /^Sent today/ }).click();
    await Agnes.getByRole('navigation', { name: 'Queues' })
      .getByRole('link')
      .filter({ hasText: `@${handle}` })
      .click();
    await actButton(Agnes, 'Look for an answer').click();
    await expect(replyPane(Agnes).getByRole('region', { name: 'Customer’s post' })).toContainText(text);
    await expect(rail(Agnes).locator('[aria-current="step"]')).toContainText('New');
  });

  await test.step('the auditor reads the story and verifies the journal', async () => {
    await Uma.getByRole('link', { name: /^Closed|^All open|^Sent today/ })
      .first()
      .click();
    await Uma.getByRole('link', { name: /^Sent today/ }).click();
    await Uma.getByRole('navigation', { name: 'Queues' })
      .getByRole('link')
      .filter({ hasText: `@${handle}` })
      .click();
    const story = replyPane(Uma).getByRole('listitem');
    for (const words of ['Agnes', 'Carla', 'Luis', 'Petra'])
      await expect(story.filter({ hasText: words }).first()).toBeVisible();
    await expect(replyPane(Uma).locator('footer').getByRole('button')).toHaveCount(0);
    await verifyByScreen(Uma);
  });

  // The folder verifies without the program’s help, too.
  expect(desk.process.complaints).toBe('');
  await desk.process.stop();
  const { code, output } = await runCli(['verify', desk.folder]);
  expect(output).toMatch(/^ok: \d+ records, everything holds/);
  expect(code).toBe(0);
});
