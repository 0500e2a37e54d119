import { expect, type Page } from '@playwright/test';
import { ulid } from 'ulid';
import type { Role } from '#workflows/people/roles.ts';
import { clientOf } from './desk-client.ts';
import { acceptInvitation, createWorkspace } from './start-screens.ts';

/** The people of the specs' desk. */
export const STAFF = {
  Agnes: ['agent'],
  Carla: ['comms'],
  Boris: ['comms'],
  Luis: ['legal'],
  Petra: ['publisher'],
  Uma: ['auditor'],
} as const satisfies Record<string, readonly Role[]>;

export const ADMIN = 'Ada';
export type StaffName = keyof typeof STAFF;

/** A window of each person, each a browser of its own. */
export type Office = Readonly<Record<StaffName | typeof ADMIN, Page>>;

/** Adds a person. @returns the code by which they come in */
export const invite = async (admin: Page, name: string, roles: readonly Role[]): Promise<string> => {
  const desk = await clientOf(admin);
  const { code } = await desk.people.add({ commandId: ulid(), name, roles: [...roles] });
  return code;
};

/** Records the key of somebody who has accepted their invitation, so that they can sign. */
export const registerKey = async (admin: Page, name: string): Promise<void> => {
  const desk = await clientOf(admin);
  const { people } = await desk.people.list();
  const person = people.find((each) => each.name === name);
  if (!person) throw new Error(`${name} is not on this desk`);
  await desk.people.registerKey({ commandId: ulid(), person: person.id });
};

/** How an admin brings somebody in. */
export interface WayIn {
  readonly invite: typeof invite;
  readonly registerKey: typeof registerKey;
}

/** Makes a workspace and brings everybody in, each in a browser of their own. @param way by the contract if not said otherwise */
export const openOffice = async (
  window: () => Promise<Page>,
  { folder, name }: { folder: string; name: string },
  way: WayIn = { invite, registerKey },
): Promise<Office> => {
  const admin = await window();
  await createWorkspace(admin, { folder, name, admin: ADMIN });
  const office: Partial<Record<StaffName, Page>> = {};
  for (const [person, roles] of Object.entries(STAFF) as [StaffName, readonly Role[]][]) {
    const code = await way.invite(admin, person, roles);
    const page = await window();
    await acceptInvitation(page, { code, name: person });
    const cannotSign = page.getByText('You can read, but not sign yet.');
    await expect(cannotSign).toBeVisible();
    await way.registerKey(admin, person);
    await expect(cannotSign).toBeHidden();
    office[person] = page;
  }
  return { ...(office as Record<StaffName, Page>), Ada: admin };
};
