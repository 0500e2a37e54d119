import { expect, test } from './office.fixture.ts';
import {
  actButton,
  actPanel,
  confirmButton,
  takeIn,
  answer,
  editorOf,
  openWaiting,
  rail,
  replyPane,
  sign,
  submit,
  write,
} from './reply-steps.ts';
import { passphraseOf } from './start-screens.ts';

test('A change request comes back with its reason, and the reviewer sees what changed since they looked', async ({
  northwind: { office, customerPosts },
}) => {
  const { Agnes, Carla } = office;
  const address = await customerPosts('change.example', 'When does my parcel come?');
  await answer(Agnes, { address, text: 'Your parcel comes on Monday for certain.' });
  await openWaiting(Carla, 'change.example', 'When does my parcel come?');
  await sign(Carla, { act: 'Request changes', by: 'Carla', reason: 'We promise nothing for certain.' });
  await expect(actPanel(Carla)).toBeHidden();

  await openWaiting(Agnes, 'change.example', 'When does my parcel come?');
  await expect(replyPane(Agnes)).toContainText('“We promise nothing for certain.”');
  await write(Agnes, 'Your parcel comes on Monday, as the carrier tells us.');
  await submit(Agnes);

  await openWaiting(Carla, 'change.example', 'When does my parcel come?');
  await expect(replyPane(Carla).locator('ins')).toContainText('as the carrier tells us');
  await expect(replyPane(Carla).locator('del')).toContainText('for certain');
  await sign(Carla, { act: 'Approve as Comms', by: 'Carla' });
  await expect(actPanel(Carla)).toBeHidden();
  await openWaiting(office.Luis, 'change.example', 'When does my parcel come?');
  await expect(rail(office.Luis)).toContainText('Comms approved');
});

test('A change after an approval voids it: the reviewer decides again', async ({
  northwind: { office, customerPosts },
}) => {
  const { Agnes, Carla, Luis } = office;
  const address = await customerPosts('void.example', 'Is the shop open?');
  await answer(Agnes, { address, text: 'The shop is open until eight.' });
  await openWaiting(Carla, 'void.example', 'Is the shop open?');
  await sign(Carla, { act: 'Approve as Comms', by: 'Carla' });
  await expect(rail(Agnes)).toContainText('Comms approved');

  await actButton(Agnes, 'Recall').click();
  await confirmButton(Agnes).click();
  await expect(editorOf(Agnes)).toBeVisible();
  await write(Agnes, 'The shop is open until nine.');
  await submit(Agnes);

  await openWaiting(Carla, 'void.example', 'Is the shop open?');
  await expect(rail(Carla)).not.toContainText('Comms approved');
  await expect(actButton(Carla, 'Approve as Comms')).toBeEnabled();
  await openWaiting(Luis, 'void.example', 'Is the shop open?');
  await expect(replyPane(Luis).getByRole('region', { name: 'Exactly what is sent' })).toContainText('until nine');
});

test('Whoever edited a text cannot approve it, and is told who can', async ({
  northwind: { office, customerPosts },
}) => {
  const { Carla } = office;
  const address = await customerPosts('author.example', 'Do you ship to Malta?');
  await takeIn(Carla, address);
  await actButton(Carla, 'Take it').click();
  await actButton(Carla, 'Edit').click();
  await write(Carla, 'Yes, we ship to Malta.');
  await submit(Carla);
  const approve = actButton(Carla, 'Approve as Comms');
  await expect(approve).toHaveAttribute('aria-disabled', 'true');
  await expect(approve).toHaveAttribute(
    'title',
    'You wrote or edited this text, so you cannot decide on it. Boris can.',
  );
});

test('A wrong passphrase signs nothing, and after five the desk makes one wait', async ({
  northwind: { office, customerPosts },
}) => {
  const { Agnes, Boris } = office;
  const address = await customerPosts('guess.example', 'Is it in stock?');
  await answer(Agnes, { address, text: 'It is in stock again.' });
  await openWaiting(Boris, 'guess.example', 'Is it in stock?');
  await actButton(Boris, 'Approve as Comms').click();
  const field = actPanel(Boris).getByLabel('Your passphrase');
  const guess = async (passphrase: string): Promise<string> => {
    await field.fill(passphrase);
    await confirmButton(Boris).click();
    await expect(field).toHaveValue('');
    return actPanel(Boris).getByRole('alert').innerText();
  };
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(await guess(`guess number ${String(attempt)}`)).toBe('The passphrase is wrong.');
  }
  // The wait doubles from a second on: soon it is longer than a guess takes, also on a machine that is busy.
  await expect
    .poll(() => guess('one more guess'), { intervals: [100], timeout: 40_000 })
    .toMatch(/^Too many wrong passphrases. Try again in ([4-9]|\d\d) seconds/);
  expect(await guess(passphraseOf('Boris'))).toMatch(/^Too many wrong passphrases. Try again in /);
  await expect(rail(Boris)).not.toContainText('Comms approved');
  await expect(async () => {
    await field.fill(passphraseOf('Boris'));
    await confirmButton(Boris).click();
    await expect(actPanel(Boris)).toBeHidden({ timeout: 3_000 });
  }).toPass();
  await expect(rail(Agnes)).toContainText('Comms approved');
});
