import { ulid } from 'ulid';
import type { PersonId } from '#workflows/identifiers.ts';
import type { TestDesk } from '../../core/desk.fixture.ts';
import { PASSPHRASE } from '../../core/roster.ts';

export interface Newcomer {
  readonly person: PersonId;
  readonly code: string;
}

/** Somebody new with a code. An auditor: no refusal of another case names one. */
export const invited = async (desk: TestDesk): Promise<Newcomer> => {
  const name = `Newcomer ${ulid()}`;
  const { subject, code } = await desk.people.ada.desk.people.add({
    commandId: desk.command(),
    name,
    roles: ['auditor'],
  });
  return { person: subject as PersonId, code };
};

/** Somebody new who has chosen a passphrase; their key waits to be registered. */
export const accepted = async (desk: TestDesk): Promise<PersonId> => {
  const { person, code } = await invited(desk);
  await desk.window(person).session.acceptInvitation({ code, passphrase: PASSPHRASE });
  return person;
};

/** Somebody new whose key counts. */
export const registered = async (desk: TestDesk): Promise<PersonId> => {
  const person = await accepted(desk);
  await desk.people.ada.desk.people.registerKey({ commandId: desk.command(), person });
  return person;
};

/** Somebody whose passphrase was lost, and whose new key Ada has registered: a second person confirms it. */
export const unconfirmed = async (desk: TestDesk): Promise<{ person: PersonId; key: string }> => {
  const { ada } = desk.people;
  const person = await registered(desk);
  const { code } = await ada.desk.people.invite({ commandId: desk.command(), person });
  await desk.window(person).session.acceptInvitation({ code, passphrase: PASSPHRASE });
  await ada.desk.people.registerKey({ commandId: desk.command(), person });
  return { person, key: desk.host.desk.keys.personKey(person)?.id ?? '' };
};

/** Records about a person that somebody who looks at them has seen. */
export const versionOf = (desk: TestDesk, person: PersonId): number => {
  const version = desk.host.desk.tables.people.get(person)?.version;
  if (version === undefined) throw new Error('nobody has this id');
  return version;
};
