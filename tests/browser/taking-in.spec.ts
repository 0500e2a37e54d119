import { ulid } from 'ulid';
import { expect, test } from './office.fixture.ts';
import { clientOf } from './desk-client.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { placeOf, PROMISE } from './office-set-up.ts';
import { replyPane, takeIn } from './reply-steps.ts';

test('An address that leads to no post says so and keeps what was typed', async ({ northwind, pds }) => {
  const { Agnes } = northwind.office;
  await Agnes.getByRole('button', { name: 'Take in a post' }).last().click();
  const dialog = Agnes.getByRole('dialog', { name: 'Take in a post' });
  const field = dialog.getByLabel('Address of the customer’s post');
  const cases = [
    [`at://${pds.accounts.customer.did}/app.bsky.feed.post/3jzfcijpj2z2a`, 'There is no such post on Bluesky.'],
    ['https://bsky.app/profile/nobody.test/post/3jzfcijpj2z2a', 'There is no such post on Bluesky.'],
    ['not an address', /This is not the address of a post|None of this desk’s channels knows this address/],
    ['https://elsewhere.example/post/1', 'None of this desk’s channels knows this address.'],
  ] as const;
  for (const [address, words] of cases) {
    await field.fill(address);
    await dialog.getByRole('button', { name: 'Look at it' }).click();
    await expect(dialog.getByRole('alert')).toContainText(words);
    await expect(field).toHaveValue(address);
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('A post that was taken in before opens its reply instead of a second one', async ({ northwind, pds }) => {
  const { Agnes } = northwind.office;
  const { uri } = await pds.post({ account: 'customer', text: 'Twice the same post?', langs: ['en'] });
  await takeIn(Agnes, uri);
  const first = Agnes.url();
  await Agnes.getByRole('button', { name: 'Take in a post' }).last().click();
  const dialog = Agnes.getByRole('dialog', { name: 'Take in a post' });
  await dialog.getByLabel('Address of the customer’s post').fill(uri);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await dialog.getByRole('button', { name: 'Open the reply that is there' }).click();
  await expect(dialog).toBeHidden();
  expect(Agnes.url()).toBe(first);
});

test('A customer’s hostile text is shown as text, and marks its own direction', async ({ northwind }) => {
  const { Agnes } = northwind.office;
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    await takeIn(Agnes, await northwind.customerPosts(`${name.toLowerCase()}.example`, text));
    const post = replyPane(Agnes).getByRole('region', { name: 'Customer’s post' }).locator('p.read');
    expect(await post.evaluate((element) => element.textContent)).toBe(text);
    await expect(post).toHaveAttribute('dir', 'auto');
    expect(await Agnes.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  }
});

test('A channel is not added by a wrong app password, nor twice', async ({ northwind, pds }) => {
  const admin = await clientOf(northwind.office.Ada);
  const { handle, appPassword, service, directory } = placeOf(pds);
  const add = (given: { identifier: string; appPassword: string }) =>
    admin.channel.add({
      commandId: ulid(),
      channel: { kind: 'bluesky', name: 'Second', service, appView: service, directory, promise: PROMISE, ...given },
    });
  const wrong = add({ identifier: handle, appPassword: 'wrong-wrong-wrong-wrong' });
  await expect(wrong).rejects.toMatchObject({ data: { reason: 'signInRefused' } });
  await expect(add({ identifier: handle, appPassword })).rejects.toMatchObject({ data: { reason: 'channelExists' } });
});

test('While the channel cannot be reached, taking in says so and keeps the address', async ({
  northwind,
  pds,
  line,
}) => {
  const { Agnes } = northwind.office;
  // Somebody whom the desk has never looked up: it must ask the directory.
  await pds.openAccount('stranger', 'stranger.test');
  const { uri } = await pds.post({ account: 'stranger', text: 'Can you hear me?', langs: ['en'] });
  await line.cut();
  await Agnes.getByRole('button', { name: 'Take in a post' }).last().click();
  const dialog = Agnes.getByRole('dialog', { name: 'Take in a post' });
  const field = dialog.getByLabel('Address of the customer’s post');
  await field.fill(uri);
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Bluesky cannot be reached now.');
  await expect(field).toHaveValue(uri);
  await line.mend();
  await dialog.getByRole('button', { name: 'Look at it' }).click();
  await expect(dialog.getByRole('region', { name: 'Customer’s post' })).toContainText('Can you hear me?');
});
