import { expect, test, type Page } from '@playwright/test';
import { ulid } from 'ulid';
import type { ReplyId } from '#workflows/identifiers.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { openOffice, type Office } from './office.ts';
import { PROMISE } from './office-set-up.ts';
import { runDesk } from './running-desk.ts';
import { passphraseOf } from './start-screens.ts';

test.setTimeout(180_000);

/** A customer's post, taken in and closed without an answer. */
const closedReply = async (office: Office, handle: string, text: string): Promise<ReplyId> => {
  const admin = await clientOf(office.Ada);
  const { channels } = await admin.channel.list();
  const channel =
    channels[0]?.id ??
    (
      await admin.channel.add({
        commandId: ulid(),
        channel: {
          kind: 'sandbox',
          name: 'Practice',
          handle: 'northwind.example',
          limits: { graphemes: 300, bytes: 3_000 },
          promise: PROMISE,
        },
      })
    ).subject;
  const agnes = await clientOf(office.Agnes);
  const post = { channel: channel as `channel/${string}`, handle, text, language: 'en', parent: null };
  const { address } = await agnes.practice.post(post);
  const { subject } = await agnes.mention.capture({ commandId: ulid(), address });
  const reply = subject as ReplyId;
  const { version } = await agnes.reply.get({ reply });
  const outcome = { outcome: 'noResponse', reason: 'A duplicate.', until: null, into: null } as const;
  await agnes.reply.triage({ commandId: ulid(), reply, version, ...outcome });
  return reply;
};

const goToReply = async (page: Page, reply: ReplyId): Promise<void> => {
  await page.goto(new URL(`/queue/closed/${reply.replace('reply/', '')}`, page.url()).href);
  await expect(page.locator('#reply').getByRole('heading', { level: 1 })).toContainText('Reply to');
};

const proposeOn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Erase this customer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this customer?' });
  await expect(dialog).toContainText('What will be gone');
  await expect(dialog).toContainText('What stays');
  await hindersNobody(page, 'proposing an erasure');
  await dialog.getByLabel('Reason').fill('A letter of 3 November.');
  await dialog.getByRole('button', { name: 'Propose to erase' }).click();
  await expect(dialog).toBeHidden();
};

test('An admin proposes, legal finds it and confirms, and nothing of the customer is left to see', async ({
  browser,
}) => {
  await runDesk(browser, async (desk) => {
    const office = await openOffice(desk.window, { folder: desk.folder, name: 'Northwind Care' });
    const { Ada, Luis, Uma } = office;
    const reply = await closedReply(office, 'quixote.example', 'My windmill is broken.');

    await goToReply(Ada, reply);
    await proposeOn(Ada);
    await expect(Ada.getByText(/Ada proposed on .* to erase this customer/)).toBeVisible();

    await expect(Luis.getByText('One erasure waits for legal.')).toBeVisible();
    await Luis.getByRole('button', { name: 'Look at it' }).click();
    const dialog = Luis.getByRole('dialog', { name: 'Erase @quixote.example?' });
    await expect(dialog).toContainText('A letter of 3 November.');
    await hindersNobody(Luis, 'deciding on an erasure');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await expect(dialog.getByLabel('Why not')).toBeVisible();
    await hindersNobody(Luis, 'declining an erasure');
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByLabel('Your passphrase').fill(passphraseOf('Luis'));
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await expect(dialog).toBeHidden();
    await expect(Luis.getByText('One erasure waits for legal.')).toBeHidden();

    await expect(Ada.locator('#reply')).toContainText('This customer’s data were erased.');
    await expect(Ada.getByText(/^Erased on .* Luis confirmed it\.$/)).toBeVisible();
    await expect(Ada.locator('body')).not.toContainText('windmill');
    await expect(Ada.locator('body')).not.toContainText('quixote');

    await Uma.goto(new URL('/log', Uma.url()).href);
    await Uma.getByRole('link', { name: /Holds and erasures/ }).click();
    await expect(Uma.getByText('An erased customer').first()).toBeVisible();
    for (const act of ['Erasure proposed', 'Erasure confirmed', 'Customer erased']) {
      await expect(Uma.getByText(act, { exact: true }).first()).toBeVisible();
    }
    await Uma.getByRole('button', { name: 'Verify the journal' }).first().click();
    await expect(Uma.getByText(/^All \d+ records are sound$/).first()).toBeVisible();
  });
});
