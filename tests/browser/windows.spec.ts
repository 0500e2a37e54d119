import { expect, test } from './sample.fixture.ts';
import { DeskProcess } from './desk-process.ts';
import { clientOf } from './desk-client.ts';
import { actButton, claim, editorOf, replyPane, takeIn, write } from './reply-steps.ts';
import { becomeInSample, personButton } from './start-screens.ts';

test('Another window opens by an address that works once, and both show what either does', async ({
  sample,
  browser,
}) => {
  const first = await sample.as('Jonas Brandt');
  await personButton(first, 'Jonas Brandt').click();
  await first.getByRole('menuitem', { name: 'Open another window' }).click();
  await expect(first.getByTestId('launch-address')).toHaveText(/^http/);
  const address = await first.getByTestId('launch-address').innerText();
  await first.getByRole('button', { name: 'Close', exact: true }).last().click();

  const context = await browser.newContext();
  const second = await context.newPage();
  await second.goto(address);
  await becomeInSample(second, 'Jonas Brandt');

  const stranger = await browser.newContext();
  const late = await stranger.newPage();
  await late.goto(address);
  await expect(late.getByText('This page opens with an address that Countersign gives out once.')).toBeVisible();

  const desk = await clientOf(first);
  const channel = (await desk.channel.list()).channels.find(({ handle }) => handle === 'acme.example');
  const post = { handle: 'two.example', text: 'Do both windows see me?', language: 'en', parent: null };
  const { address: posted } = await desk.practice.post({ ...post, channel: channel?.id ?? 'channel/' });
  await takeIn(first, posted);
  await second.goto(first.url());
  await claim(first);
  await expect(editorOf(second)).toBeVisible();

  await test.step('a newer revision meets whoever was writing, who chooses', async () => {
    await write(second, 'The second window’s words.');
    await write(first, 'The first window’s words.');
    await actButton(first, /^Submit/).click();
    await expect(replyPane(second)).toContainText('Jonas Brandt saved revision 1');
    await expect(replyPane(second)).toContainText('Your words are kept here.');
    await replyPane(second).getByRole('button', { name: 'Compare both' }).click();
    await expect(replyPane(second).locator('ins')).toContainText('second');
  });
  await context.close();
  await stranger.close();
});

test('A second start finds the desk that runs, and a workspace is open in one program alone', async ({ sample }) => {
  await sample.as('Ada Okonjo');
  const second = new DeskProcess(sample.process.home);
  await expect.poll(() => second.output).toContain('Countersign is running already.');
  expect(second.output).toContain(`http://127.0.0.1:${String(await sample.process.port())}/launch?token=`);
  await second.stop();
});
