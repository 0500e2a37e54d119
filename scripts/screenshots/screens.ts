import type { Page } from '@playwright/test';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { actPanel, replyPane } from '../../tests/browser/reply-steps.ts';
import { eventfulPast, SCREEN_CASES } from '../../tests/browser/screen-cases.ts';
import type { Look } from './album.ts';

/** A picture of the sample: who looks, where, and what they have done there. */
export interface Screen {
  readonly name: string;
  readonly as: string;
  readonly address: (desk: DeskClient) => string | Promise<string>;
  /** What is opened on the screen before the picture. */
  readonly open?: (page: Page, look: Look, desk: DeskClient) => Promise<void>;
  /** Only in a narrow window is there such a thing. */
  readonly isNarrowOnly?: boolean;
}

const AGENT = 'Jonas Brandt';
const COMMS = 'Ingrid Solberg';
const LEGAL = 'Rachel Adler';
const ADMIN = 'Ada Okonjo';
const AUDITOR = 'Edwin Castillo';

/** The first reply that waits on the person and is as wanted, in the order of the queue. */
const waitingReply =
  (isWanted: (view: ReplyView) => boolean) =>
  async (desk: DeskClient): Promise<string> => {
    const { items } = await desk.reply.list({ queue: 'waitingOnMe' });
    for (const { id } of items) {
      if (isWanted(await desk.reply.get({ reply: id }))) return `/queue/waitingOnMe/${id.slice('reply/'.length)}`;
    }
    throw new Error('no reply that waits is like that');
  };

/** In English, with an earlier revision to compare with. */
const isTelling = ({ state, post, revisions }: ReplyView): boolean =>
  state === 'inReview' && post?.language === 'en' && revisions.length > 1;

const isDrafted = ({ state, revisions, route }: ReplyView): boolean =>
  state === 'drafting' && revisions.length > 0 && route !== null;

const ofTemplate =
  (state: string) =>
  async (desk: DeskClient): Promise<string> => {
    const { templates } = await desk.template.list({});
    const found = templates.find(({ newestState }) => newestState === state) ?? templates[0];
    if (!found) throw new Error('the sample has no template');
    return `/templates/${found.id.slice('template/'.length)}`;
  };

const somebody = async (desk: DeskClient): Promise<string> => {
  const { people } = await desk.people.list();
  const found = people.find(({ name }) => name === LEGAL);
  return `/people?person=${(found?.id ?? '').slice('person/'.length)}`;
};

const approvalRecord = async (desk: DeskClient): Promise<string> => {
  const { rows } = await desk.journal.log({
    filter: {
      view: 'everything',
      from: null,
      to: null,
      person: null,
      role: null,
      channel: null,
      type: 'reply.approved',
    },
  });
  return `/log/${String(rows[0]?.seq ?? 0)}`;
};

const newThread = async (desk: DeskClient): Promise<string> => {
  const { posts } = await desk.practice.threads({ channel: null });
  const found = posts.find(({ isOurs, parent, reply }) => !isOurs && parent === null && reply === null) ?? posts[0];
  return found?.address ?? '';
};

const openContext = async (page: Page, { isNarrow }: Look): Promise<void> => {
  if (isNarrow) await page.getByRole('button', { name: 'Context' }).click();
};

const openPanel =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await replyPane(page).locator('footer').getByRole('button', { name: button }).click();
    await actPanel(page).waitFor();
  };

const dialogOf = async (page: Page): Promise<void> => {
  await page.getByRole('dialog').waitFor();
};

const review = waitingReply(isTelling);

const closedReply = async (desk: DeskClient): Promise<string> => {
  const { items } = await desk.reply.list({ queue: 'closed' });
  const [closed] = items;
  if (!closed) throw new Error('the sample has no closed reply');
  return `/queue/closed/${closed.id.slice('reply/'.length)}`;
};

export const SCREENS: readonly Screen[] = [
  ...SCREEN_CASES,
  { name: 'reply-review', as: LEGAL, address: review },
  { name: 'reply-approve', as: LEGAL, address: review, open: openPanel('Approve as Legal') },
  { name: 'reply-request-changes', as: LEGAL, address: review, open: openPanel('Request changes') },
  { name: 'reply-context', as: LEGAL, address: review, open: openContext, isNarrowOnly: true },
  {
    name: 'reply-statechart',
    as: LEGAL,
    address: review,
    open: async (page, look) => {
      await openContext(page, look);
      await page.getByRole('button', { name: 'Show statechart' }).click();
      await page.getByRole('dialog', { name: 'Statechart' }).locator('svg').first().waitFor();
    },
  },
  { name: 'reply-writing', as: AGENT, address: waitingReply(isDrafted) },
  {
    name: 'take-in',
    as: AGENT,
    address: () => '/queue/waitingOnMe',
    open: async (page, _look, desk) => {
      await page.getByRole('button', { name: 'Take in a post' }).first().click();
      const dialog = page.getByRole('dialog', { name: 'Take in a post' });
      await dialog.getByLabel('Address of the customer’s post').fill(await newThread(desk));
      await dialog.getByRole('button', { name: 'Look at it' }).click();
      await dialog.getByRole('region', { name: 'Customer’s post' }).waitFor();
    },
  },
  {
    name: 'pause-dialog',
    as: LEGAL,
    address: () => '/queue/waitingOnMe',
    open: async (page) => {
      await page.getByRole('button', { name: 'Publishing is on' }).click();
      await dialogOf(page);
    },
  },
  {
    name: 'command-palette',
    as: LEGAL,
    address: review,
    open: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('textbox', { name: 'Search or do anything' }).fill('re');
      await page.getByRole('button', { name: /^@/ }).first().waitFor();
    },
  },
  {
    name: 'keys',
    as: LEGAL,
    address: review,
    open: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    },
  },
  { name: 'template-in-review', as: LEGAL, address: ofTemplate('inReview') },
  {
    name: 'template-editor',
    as: COMMS,
    address: ofTemplate('approved'),
    open: async (page) => {
      await page.getByRole('button', { name: 'New version' }).click();
      await page.getByLabel('Name', { exact: true }).waitFor();
    },
  },
  { name: 'people-person', as: ADMIN, address: somebody },
  {
    name: 'channel-adding',
    as: ADMIN,
    address: () => '/channels',
    open: async (page) => {
      await page.getByRole('button', { name: 'Add a channel' }).first().click();
      await dialogOf(page);
    },
  },
  { name: 'record-proof', as: AUDITOR, address: approvalRecord },
  { name: 'as-of-versions', as: AUDITOR, address: async (desk) => `${await eventfulPast(desk)}?view=versions` },
  {
    name: 'as-of-compared',
    as: AUDITOR,
    address: async (desk) => `${await eventfulPast(desk)}?view=versions&base=1`,
  },
  { name: 'as-of-nothing', as: AUDITOR, address: () => '/as-of/99999/queue/open' },
  {
    name: 'log-export',
    as: AUDITOR,
    address: () => '/log',
    open: async (page) => {
      await page.getByRole('button', { name: 'Export…' }).click();
      await dialogOf(page);
    },
  },
  {
    name: 'erasure',
    as: ADMIN,
    address: closedReply,
    open: async (page, look) => {
      await openContext(page, look);
      await page.getByRole('button', { name: 'Erase this customer…' }).click();
      await dialogOf(page);
    },
  },
];
