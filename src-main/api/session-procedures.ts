import type { SessionView } from '#workflows/contract/session.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { addHours, isFromFalseTime, toTime } from '#workflows/time.ts';
import { INVITATION_HOURS, keyStateOf } from '../core/commands/people-commands.ts';
import type { Desk } from '../core/desk.ts';
import { openKey } from '../core/sessions.ts';
import { confirmedUntil } from '../core/viewer.ts';
import type { Invitation } from '../keys/key-store.ts';
import { generateSigningKey } from '../keys/person-key.ts';
import type { ApiContext } from './router.ts';

/** People who can sign in: they are there, and have a key or are about to. */
const signInList = (desk: Desk): Extract<SessionView, { state: 'signedOut' }>['people'] =>
  [...desk.tables.people.values()]
    .filter(({ id, isRemoved }) => !isRemoved && desk.keys.personKey(id) !== null)
    .map(({ id, name, roles }) => ({ id, name, roles: [...roles] }))
    .sort((a, b) => a.name.localeCompare(b.name));

const KEY_STATES = {
  valid: 'valid',
  accepted: 'awaitingRegistration',
  unconfirmed: 'awaitingConfirmation',
  invited: 'none',
  none: 'none',
} as const;

/** The session as its screen needs it. */
export const current = ({ host, sessionId }: ApiContext): SessionView => {
  const desk = host.openDesk;
  const session = host.sessions.get(sessionId);
  const entry = session.person ? desk?.tables.people.get(session.person) : undefined;
  if (!desk || !session.person || !entry || entry.isRemoved) {
    return { state: 'signedOut', people: desk ? signInList(desk) : [], practicePassphrase: host.practicePassphrase };
  }
  const { id, name, roles } = entry;
  if (!session.key) return { state: 'locked', person: { id, name } };
  const until = confirmedUntil(desk, session);
  return {
    state: 'signedIn',
    person: { id, name, roles: [...roles] },
    keyState: KEY_STATES[keyStateOf(desk, id)],
    idleLockMinutes: host.idleMinutes(id),
    confirmedUntil: until === null ? null : toTime(until),
    practicePassphrase: host.practicePassphrase,
  };
};

const isAdmin = (desk: Desk, person: PersonId): boolean =>
  desk.tables.people.get(person)?.roles.includes('admin') ?? false;

/** An admin's passphrase also opens the workspace elsewhere; it is at hand only now. */
const trustIfAdmin = async (desk: Desk, person: PersonId, passphrase: string): Promise<void> => {
  if (!isAdmin(desk, person) || desk.journal.readOnly || desk.keys.isTrustedAdmin(person)) return;
  const before = desk.keys.personKey(person)?.id;
  await desk.keys.trustAdmin(
    person,
    passphrase,
    desk.options.cost,
    () => isAdmin(desk, person) && desk.keys.personKey(person)?.id === before,
  );
};

const requireHere = (desk: Desk, person: PersonId): void => {
  const entry = desk.tables.people.get(person);
  if (!entry || entry.isRemoved) throw new RefusalError(refuse('NOT_FOUND', 'personNotFound'));
};

export const signIn = async (
  context: ApiContext,
  { person, passphrase }: { person: PersonId; passphrase: string },
): Promise<SessionView> => {
  const { desk, sessions } = context.host;
  requireHere(desk, person);
  const key = await openKey(person, passphrase, desk);
  await trustIfAdmin(desk, person, passphrase);
  requireHere(desk, person);
  sessions.signIn(context.sessionId, person, key);
  return current(context);
};

export const signOut = (context: ApiContext): SessionView => {
  context.host.sessions.signOut(context.sessionId);
  return current(context);
};

export const lock = (context: ApiContext): SessionView => {
  context.host.sessions.lock(context.sessionId);
  return current(context);
};

export const unlock = async (context: ApiContext, { passphrase }: { passphrase: string }): Promise<SessionView> => {
  const { person } = context.host.sessions.get(context.sessionId);
  if (!person) throw new RefusalError(refuse('UNAUTHENTICATED', 'signedOut'));
  return signIn(context, { person, passphrase });
};

export const changePassphrase = async (
  context: ApiContext,
  { current: before, next }: { current: string; next: string },
): Promise<{ ok: true }> => {
  const { desk, sessions } = context.host;
  const { person } = sessions.get(context.sessionId);
  if (!person) throw new RefusalError(refuse('UNAUTHENTICATED', 'signedOut'));
  const key = await openKey(person, before, desk);
  const wrapped = await desk.keys.wrapPersonKey(person, { key, origin: desk.journal.origin }, next, desk.options.cost);
  const isStillTheirs = (): boolean => desk.keys.personKey(person)?.id === key.id;
  // Somebody may have replaced the key, or removed the person, meanwhile.
  if (!isStillTheirs()) throw new RefusalError(refuse('UNAUTHENTICATED', 'wrongPassphrase'));
  desk.keys.storePersonKey(wrapped);
  if (desk.keys.isTrustedAdmin(person)) {
    await desk.keys.trustAdmin(person, next, desk.options.cost, () => isAdmin(desk, person) && isStillTheirs());
  }
  sessions.signIn(context.sessionId, person, key);
  return { ok: true };
};

/** The invitation that a code redeems now. @throws RefusalError `UNAUTHENTICATED` */
const requireInvitation = (desk: Desk, code: string): Invitation => {
  const invitation = desk.keys.invitationByCode(code);
  if (!invitation) throw new RefusalError(refuse('UNAUTHENTICATED', 'invitationUnknown'));
  const now = desk.now();
  // One that was made while the clock stood ahead would hold as long as the clock was wrong.
  if (invitation.expiresAt <= now || isFromFalseTime(addHours(invitation.expiresAt, -INVITATION_HOURS), now))
    throw new RefusalError(refuse('UNAUTHENTICATED', 'invitationExpired'));
  return invitation;
};

/** Redeems a one-time code: the person's own key is made now, under a passphrase that nobody else has. */
export const acceptInvitation = async (
  context: ApiContext,
  { code, passphrase }: { code: string; passphrase: string },
): Promise<SessionView> => {
  const { desk, sessions } = context.host;
  const { person } = requireInvitation(desk, code);
  const key = generateSigningKey();
  const wrapped = await desk.keys.wrapPersonKey(
    person,
    { key, origin: desk.journal.origin },
    passphrase,
    desk.options.cost,
  );
  // Wrapping takes its time: somebody else may have redeemed the code, or an admin may have withdrawn it.
  requireInvitation(desk, code);
  desk.keys.storePersonKey(wrapped);
  desk.keys.removeInvitation(person);
  desk.guard.succeeded(person);
  sessions.signIn(context.sessionId, person, key);
  return current(context);
};
