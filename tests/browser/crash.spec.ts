import { expect, test } from './sample.fixture.ts';
import { claim, editorOf, replyPane, takeIn, write } from './reply-steps.ts';
import { becomeInSample } from './start-screens.ts';
import { clientOf } from './desk-client.ts';

const EVERYTHING = 'We remember every word. And the last ones.';

test('What was written survives a desk that is killed, and the page says what happened and how to go on', async ({
  sample,
}) => {
  const page = await sample.as('Jonas Brandt');
  const desk = await clientOf(page);
  const channel = (await desk.channel.list()).channels.find(({ handle }) => handle === 'acme.example');
  const { address } = await desk.practice.post({
    channel: channel?.id ?? 'channel/',
    handle: 'crash.example',
    text: 'Will you remember me?',
    language: 'en',
    parent: null,
  });
  await takeIn(page, address);
  await claim(page);
  await write(page, 'We remember every word.');
  await expect(replyPane(page).locator('header').first()).toContainText(/saved \d\d:\d\d/);
  const place = page.url();

  await sample.process.kill();
  await expect(page.locator('.banner').filter({ hasText: 'Offline since' })).toBeVisible();
  await expect(editorOf(page)).toHaveText('We remember every word.');
  // Written while nobody is there to save it.
  await editorOf(page).press('End');
  await editorOf(page).pressSequentially(' And the last ones.');

  await sample.crashAndRestart();
  const stranger = page.locator('.banner').filter({ hasText: 'Countersign was started again' });
  await expect(stranger).toContainText('Start it once more, or open another window from inside it');
  await expect(editorOf(page)).toHaveText(EVERYTHING);
  // Another window of this browser is let in: the page that was left open goes on, by a sign-in.
  const other = await page.context().newPage();
  await other.goto(await sample.process.address());
  await becomeInSample(page, 'Jonas Brandt');
  await expect(editorOf(page)).toHaveText(EVERYTHING);
  await expect(replyPane(page).locator('header').first()).toContainText(/saved \d\d:\d\d/);
  await page.goto(place);
  await expect(editorOf(page)).toHaveText(EVERYTHING);
});
