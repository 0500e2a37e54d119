import { ulid } from 'ulid';
import type { Page } from '@playwright/test';
import { expect, test } from './sample.fixture.ts';
import { hindersNobody } from './axe.ts';
import { clientOf } from './desk-client.ts';
import { actButton, actPanel, replyPane } from './reply-steps.ts';

/** Opens the first reply of the desk that is in a state. */
const goToReply = async (page: Page, state: string): Promise<void> => {
  const desk = await clientOf(page);
  const everything = { offset: 0, limit: 100 };
  const { items } = await desk.reply.list({ queue: 'open', sort: 'due', search: '', page: everything });
  const found = items.find((item) => item.state === state);
  if (!found) throw new Error(`the sample has no reply that is ${state}`);
  await page.goto(new URL(`/queue/open/${found.id.slice('reply/'.length)}`, page.url()).href);
  await expect(replyPane(page).getByRole('heading', { level: 1 })).toContainText('Reply to @');
};

/** Chooses an act where it stands: on the bar, or behind “More”. */
const choose = async (page: Page, act: string | RegExp): Promise<void> => {
  const button = actButton(page, act);
  if (!(await button.isVisible())) {
    await actButton(page, 'More').click();
    await page.getByRole('menuitem', { name: act }).click();
  } else await button.click();
  await expect(actPanel(page)).toBeVisible();
};

const PANELS: readonly (readonly [person: string, state: string, acts: readonly (string | RegExp)[]])[] = [
  ['Jonas Brandt', 'drafting', ['Hand over', 'Watch', 'Do not answer', 'Answer in private', 'Merge into another']],
  ['Jonas Brandt', 'approved', [/^Publish as/, 'Schedule', 'Recall']],
  ['Jonas Brandt', 'published', ['Take down']],
  ['Jonas Brandt', 'drafting', ['Withdraw']],
  ['Rachel Adler', 'inReview', ['Place a legal hold']],
];

for (const [person, state, acts] of PANELS) {
  test(`Nothing hinders ${person} in what a reply asks for: ${state}, ${acts.map(String).join(', ')}`, async ({
    sharedSample,
  }) => {
    const page = await sharedSample.as(person);
    await goToReply(page, state);
    for (const act of acts) {
      await choose(page, act);
      await hindersNobody(page, String(act));
      await page.keyboard.press('Escape');
      await expect(actPanel(page)).toBeHidden();
    }
  });
}

test('Nothing hinders anybody who signs a policy', async ({ sample }) => {
  const author = await clientOf(await sample.as('Ingrid Solberg'));
  const { inForce } = await author.policy.get();
  const content = { ...inForce.content, idleLockMinutes: inForce.content.idleLockMinutes + 5 };
  const { version, contentHash } = await author.policy.revise({ commandId: ulid(), content });
  await author.policy.submit({ commandId: ulid(), version, contentHash });
  const page = await sample.as('Rachel Adler');
  await page.goto(new URL(`/policy?version=${String(version)}`, page.url()).href);
  for (const act of ['Approve as Legal', 'Request changes', 'Reject']) {
    await page.locator('footer').getByRole('button', { name: act, exact: true }).click();
    await expect(page.locator('form.act-panel')).toBeVisible();
    await hindersNobody(page, `${act}, a policy`);
    await page.keyboard.press('Escape');
    await expect(page.locator('form.act-panel')).toBeHidden();
  }
});
