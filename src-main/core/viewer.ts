import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import type { Commander } from './draft-record.ts';
import type { Desk } from './desk.ts';
import type { DeskReading } from './desk-reading.ts';
import { openKey, type Session } from './sessions.ts';

/** The person who asks, as the session knows them; never from the payload. */
export interface Viewer {
  readonly session: Session;
  readonly person: PersonId;
  /** Those that they have at the moment they are asked for. */
  readonly roles: readonly Role[];
}

/** @throws RefusalError `UNAUTHENTICATED` when nobody is signed in, or the session is locked */
export const requireViewer = (desk: Desk, session: Session): Viewer => {
  if (!session.person) throw new RefusalError(refuse('UNAUTHENTICATED', 'signedOut'));
  if (!session.key) throw new RefusalError(refuse('UNAUTHENTICATED', 'locked'));
  const { person } = session;
  const entry = desk.tables.people.get(person);
  if (!entry || entry.isRemoved) throw new RefusalError(refuse('UNAUTHENTICATED', 'personRemoved'));
  return {
    session,
    person,
    get roles() {
      return desk.tables.people.get(person)?.roles ?? [];
    },
  };
};

/**
 * Who signs this person's commands, as it stands now: they may have signed out, been locked or been removed since they asked.
 * @throws RefusalError when their key does not count (yet, or any more)
 */
export const commanderOf = (desk: Desk, { session, person }: Viewer): Commander => {
  if (requireViewer(desk, session).person !== person) throw new RefusalError(refuse('UNAUTHENTICATED', 'signedOut'));
  const { key } = session;
  if (!key) throw new RefusalError(refuse('UNAUTHENTICATED', 'locked'));
  if (desk.journal.registry.validKeyOf(person) !== key.id) {
    throw new RefusalError(refuse('FORBIDDEN', 'keyNotValid', { who: namesInRole(desk, 'admin') }));
  }
  return { person, key, auth: 'passphrase' };
};

/** The first of the roles that the person has. @throws RefusalError naming who can */
export const actingRole = (
  desk: DeskReading,
  viewer: Viewer,
  allowed: readonly Role[],
  reason = 'roleMayNot',
): Role => {
  const role = allowed.find((candidate) => viewer.roles.includes(candidate));
  if (role) return role;
  const who = allowed.flatMap((candidate) => namesInRole(desk, candidate));
  throw new RefusalError(refuse('FORBIDDEN', reason, { who: [...new Set(who)], roles: [...allowed] }));
};

/** Names of those who have a role and a key that counts. */
export const namesInRole = (desk: DeskReading, role: Role, except: ReadonlySet<PersonId> = new Set()): string[] =>
  peopleInRole(desk, role, except).map(({ name }) => name);

export const peopleInRole = (
  desk: DeskReading,
  role: Role,
  except: ReadonlySet<PersonId> = new Set(),
): { id: PersonId; name: string }[] =>
  [...desk.tables.people.values()]
    .filter(({ id, roles, isRemoved }) => !isRemoved && roles.includes(role) && !except.has(id))
    .filter(({ id }) => desk.journal.registry.validKeyOf(id) !== null)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name));

/** Until when the passphrase need not be given again, in milliseconds; `null` when it must. */
export const confirmedUntil = (desk: Desk, { confirmedAt }: Session): number | null => {
  const minutes = desk.policyInForce().content.passphraseMinutes;
  if (minutes === 0 || confirmedAt === null) return null;
  const until = confirmedAt + minutes * 60_000;
  const now = desk.options.clock.now();
  // A moment that lies ahead was told by a clock that has been set back since.
  return now < until && confirmedAt <= now ? until : null;
};

/**
 * Makes sure that whoever signs now knows the passphrase: given now, or within the time that the policy allows.
 * @throws RefusalError `UNAUTHENTICATED` when it is wrong or wanting
 */
export const confirmPassphrase = async (desk: Desk, viewer: Viewer, passphrase: string | undefined): Promise<void> => {
  if (passphrase === undefined) {
    if (confirmedUntil(desk, viewer.session) === null) {
      throw new RefusalError(refuse('UNAUTHENTICATED', 'passphraseNeeded'));
    }
    return;
  }
  const key = await openKey(viewer.person, passphrase, desk);
  if (key.id !== viewer.session.key?.id) throw new RefusalError(refuse('UNAUTHENTICATED', 'wrongPassphrase'));
  viewer.session.confirmedAt = desk.options.clock.now();
};
