import { ulid } from 'ulid';
import type { Page } from '@playwright/test';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { parseBody, type TemplateContent } from '#workflows/template/template.ts';
import type { Pds } from '../live/pds-process.ts';
import { clientOf } from './desk-client.ts';
import { type Office } from './office.ts';
import { passphraseOf } from './start-screens.ts';

export const PROMISE = { acknowledgeMinutes: 30, answerMinutes: 120 };

/** Where the specs' channel finds the network. */
export interface BlueskyPlace {
  /** Origin by which the desk reaches the PDS. */
  readonly service: string;
  readonly directory: string;
  readonly handle: string;
  readonly appPassword: string;
}

/** @param way where the desk finds the PDS and the directory, when not at their own addresses */
export const placeOf = (
  pds: Pds,
  { service, directory }: Pick<BlueskyPlace, 'service' | 'directory'> = pds,
): BlueskyPlace => ({
  service,
  directory,
  handle: pds.accounts.company.handle,
  appPassword: pds.companyAppPassword,
});

/** Adds the company's Bluesky account by its app password. */
export const addBluesky = async (admin: Page, { service, directory, handle, appPassword }: BlueskyPlace) => {
  const desk = await clientOf(admin);
  await desk.channel.add({
    commandId: ulid(),
    channel: {
      kind: 'bluesky',
      name: 'Bluesky',
      identifier: handle,
      appPassword,
      service,
      // The PDS has no AppView behind it and says so, as any server does whose AppView is down.
      appView: service,
      directory,
      promise: PROMISE,
    },
  });
};

export const LATE_DELIVERY: TemplateContent = {
  name: 'Late delivery, new date',
  language: 'en',
  body: parseBody('Sorry about the wait, {{name}}. Your {{article}} now arrives on {{date}}.'),
  slots: [
    { name: 'name', type: 'name', prompt: 'How the customer is called', example: 'Sam' },
    { name: 'article', type: 'text', prompt: 'What was ordered', example: 'washing machine' },
    { name: 'date', type: 'date', prompt: 'The new date', example: 'Thursday' },
  ],
  channels: null,
  validUntil: null,
};

/** Approved wording that everybody may start from. */
export const addApprovedTemplate = async (office: Office, content = LATE_DELIVERY): Promise<void> => {
  const author = await clientOf(office.Boris);
  const { subject, version } = await author.template.revise({ commandId: ulid(), template: null, content });
  const template = subject as `template/${string}`;
  const contentHash = async (): Promise<string> =>
    (await author.template.get({ template })).versions.at(-1)?.contentHash ?? '';
  await author.template.submit({ commandId: ulid(), template, version, contentHash: await contentHash() });
  for (const [name, review] of [
    ['Carla', 'comms'],
    ['Luis', 'legal'],
  ] as const satisfies [keyof Office, ReviewKind][]) {
    const desk = await clientOf(office[name]);
    await desk.template.approve({
      commandId: ulid(),
      template,
      version,
      review,
      contentHash: await contentHash(),
      passphrase: passphraseOf(name),
    });
  }
};
