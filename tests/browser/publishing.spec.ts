import type { Page } from '@playwright/test';
import type { Pds } from '../live/pds-process.ts';
import { expect, test, type OfficeDesk } from './office.fixture.ts';
import { actPanel, answer, confirmButton, openWaiting, replyPane, sign } from './reply-steps.ts';
import { passphraseOf } from './start-screens.ts';

/** Takes an answer through both reviews, so that it waits to be released. */
const approved = async (
  { office }: OfficeDesk,
  { address, handle, text }: { address: string; handle: string; text: string },
): Promise<void> => {
  await answer(office.Agnes, { address, text });
  for (const [name, review] of [
    ['Carla', 'Comms'],
    ['Luis', 'Legal'],
  ] as const) {
    await openWaiting(office[name], handle, /./);
    await sign(office[name], { act: `Approve as ${review}`, by: name });
    await expect(actPanel(office[name])).toBeHidden();
  }
};

const banner = (page: Page, words: string | RegExp) => page.locator('.banner').filter({ hasText: words });

/** Texts of all posts of the company. */
const published = async (pds: Pds): Promise<unknown[]> => {
  const uris = await pds.records('company');
  return Promise.all(uris.map(async (uri) => (await pds.record('company', uri)).value.text));
};

test('A pause stops what was released, everybody sees it, and two people lift it', async ({ northwind }) => {
  const { office, customerPosts } = northwind;
  const { Ada, Agnes, Carla, Luis, Petra, Uma } = office;
  const address = await customerPosts('pause.example', 'Are you open on Sunday?');
  await approved(northwind, { address, handle: 'pause.example', text: 'We are open on Sunday.' });
  await openWaiting(Petra, 'pause.example', /./);

  await test.step('one person stops all publishing', async () => {
    await Luis.getByRole('button', { name: 'Publishing is on' }).click();
    const dialog = Luis.getByRole('dialog');
    await dialog.getByLabel('Why, for everybody to read').fill('A recall is being prepared.');
    await dialog.getByLabel('Your passphrase').fill(passphraseOf('Luis'));
    await dialog.getByRole('button', { name: 'Pause all publishing' }).click();
    for (const page of [Ada, Agnes, Carla, Luis, Petra, Uma]) {
      await expect(banner(page, 'Luis paused all publishing')).toContainText('A recall is being prepared.');
    }
  });

  await test.step('nobody can release meanwhile', async () => {
    const release = replyPane(Petra).getByRole('button', { name: /^Publish as @/ });
    await expect(release).toHaveAttribute('aria-disabled', 'true');
    await expect(release).toHaveAttribute('title', 'Publishing is paused. Comms and legal lift the pause together.');
  });

  await test.step('whoever proposed to lift it cannot agree alone', async () => {
    await banner(Luis, 'paused').getByRole('button', { name: 'Propose to publish again' }).click();
    const proposing = Luis.getByRole('dialog');
    await proposing.getByLabel('Your passphrase').fill(passphraseOf('Luis'));
    await proposing.getByRole('button', { name: 'Propose to publish again' }).click();
    await expect(banner(Agnes, 'Luis proposed to publish again')).toBeVisible();
    await expect(banner(Luis, 'Luis proposed').getByRole('button')).toHaveCount(0);
  });

  await test.step('a second person of the other role lifts it', async () => {
    await banner(Carla, 'Luis proposed').getByRole('button', { name: 'Agree: publish again' }).click();
    const agreeing = Carla.getByRole('dialog');
    await agreeing.getByLabel('Your passphrase').fill(passphraseOf('Carla'));
    await agreeing.getByRole('button', { name: 'Agree: publish again' }).click();
    for (const page of [Ada, Agnes, Carla, Luis, Petra, Uma]) {
      await expect(banner(page, 'paused all publishing')).toBeHidden();
    }
  });

  await sign(Petra, { act: /^Publish as @/, by: 'Petra' });
  await expect(replyPane(Petra).getByText('Same as approved')).toBeVisible();
});

test('While the network is gone a reply stays in the outbox and says when it tries again; then it goes out once', async ({
  northwind,
  pds,
  line,
}) => {
  const { Petra } = northwind.office;
  const { handle } = pds.accounts.secondCustomer;
  const text = 'The app is being mended, and works again this evening.';
  const { uri } = await pds.post({ account: 'secondCustomer', text: 'The app shows a blank page.', langs: ['en'] });
  await approved(northwind, { address: uri, handle, text });
  await openWaiting(Petra, handle, /./);

  await line.cut();
  await sign(Petra, { act: /^Publish as @/, by: 'Petra' });
  await expect(replyPane(Petra)).toContainText('Nothing was made on the channel.');
  await expect(replyPane(Petra)).toContainText(/Next try at \d\d:\d\d|It is tried now/);
  await expect(banner(Petra, 'A channel cannot be reached since')).toContainText('One reply waits in the outbox.');
  expect(await published(pds)).not.toContain(text);

  await line.mend();
  await replyPane(Petra).getByRole('button', { name: 'Try now' }).click();
  await expect(replyPane(Petra).getByText('Same as approved')).toBeVisible({ timeout: 30_000 });
  await expect(banner(Petra, 'A channel cannot be reached since')).toBeHidden();
  expect((await published(pds)).filter((each) => each === text)).toHaveLength(1);
});

test('A release by a wrong passphrase sends nothing', async ({ northwind }) => {
  const { Petra } = northwind.office;
  const address = await northwind.customerPosts('release.example', 'Where do I find the invoice?');
  await approved(northwind, { address, handle: 'release.example', text: 'In your account, under Orders.' });
  await openWaiting(Petra, 'release.example', /./);
  await sign(Petra, { act: /^Publish as @/, by: 'Petra', passphrase: 'not the right one' });
  await expect(actPanel(Petra).getByText('The passphrase is wrong.')).toBeVisible();
  await actPanel(Petra).getByLabel('Your passphrase').fill(passphraseOf('Petra'));
  await confirmButton(Petra).click();
  await expect(replyPane(Petra).getByText('Same as approved')).toBeVisible();
});
