import { expect } from '@playwright/test';
import { ulid } from 'ulid';
import { runDesk, type RunningDesk } from './running-desk.ts';
import { test as base } from './network.fixture.ts';
import { clientOf } from './desk-client.ts';
import { openOffice, type Office } from './office.ts';
import { addApprovedTemplate, addBluesky, placeOf, PROMISE } from './office-set-up.ts';

export { expect };

export interface OfficeDesk {
  readonly desk: RunningDesk;
  readonly office: Office;
  /** A customer posts on the practice network. @returns the post's address */
  readonly customerPosts: (handle: string, text: string) => Promise<string>;
}

interface WorkerFixtures {
  /** A desk with people, a Bluesky account over the line that can be cut, a practice channel and a template. */
  readonly northwind: OfficeDesk;
}

/** Shared by the specs of a worker: each takes in a post of its own, and leaves publishing on. */
export const test = base.extend<object, WorkerFixtures>({
  northwind: [
    async ({ browser, pds, line }, use) => {
      await runDesk(browser, async (desk) => {
        const office = await openOffice(desk.window, { folder: desk.folder, name: 'Northwind Care' });
        await addBluesky(office.Ada, placeOf(pds, line));
        await addApprovedTemplate(office);
        const admin = await clientOf(office.Ada);
        const { subject } = await admin.channel.add({
          commandId: ulid(),
          channel: {
            kind: 'sandbox',
            name: 'Practice',
            handle: 'northwind.example',
            limits: { graphemes: 300, bytes: 3_000 },
            promise: PROMISE,
          },
        });
        const customerPosts = async (handle: string, text: string): Promise<string> => {
          const channel = subject as `channel/${string}`;
          const practice = (await clientOf(office.Agnes)).practice;
          return (await practice.post({ channel, handle, text, language: 'en', parent: null })).address;
        };
        await use({ desk, office, customerPosts });
      });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
