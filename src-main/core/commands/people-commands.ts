import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { PersonView } from '#workflows/contract/people.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import type { Role } from '#workflows/people/roles.ts';
import { addHours } from '#workflows/time.ts';
import type { DraftRecord } from '../draft-record.ts';
import type { Desk } from '../desk.ts';
import type { PersonEntry } from '../state/tables.ts';
import { actingRole, peopleInRole, type Viewer } from '../viewer.ts';
import { personRef } from '../views/references.ts';
import { byPerson } from './command.ts';

const ADMIN: readonly Role[] = ['admin'];
export const INVITATION_HOURS = 24 * 7;

interface OnPerson {
  readonly commandId: string;
  readonly person: PersonId;
}

const requirePerson = (desk: Desk, id: PersonId): PersonEntry => {
  const entry = desk.tables.people.get(id);
  if (!entry || entry.isRemoved) throw new RefusalError(refuse('NOT_FOUND', 'personNotFound'));
  return entry;
};

/** An auditor changes nothing at all, so an auditor has no other role (invariant 7); nobody has a role twice. */
const checkRoles = (roles: readonly Role[]): void => {
  if (new Set(roles).size < roles.length) throw new RefusalError(refuse('INVALID_INPUT', 'roleTwice'));
  if (roles.includes('auditor') && roles.length > 1) throw new RefusalError(refuse('INVALID_INPUT', 'auditorAlone'));
};

const checkVersion = (entry: PersonEntry, version: number): void => {
  if (entry.version !== version) throw new RefusalError(refuse('VERSION_CONFLICT', 'changedElsewhere'));
};

/** A workspace without an admin could never change its people again. */
const checkLastAdmin = (desk: Desk, person: PersonId): void => {
  if (peopleInRole(desk, 'admin', new Set([person])).length === 0) {
    throw new RefusalError(refuse('INVALID_INPUT', 'lastAdmin'));
  }
};

type InvitationReceipt = CommandReceipt & { code: string; expiresAt: string };

/** What stood before a command that invites. */
interface InvitationState {
  /** The key file that the invitation replaces; `null` where there was none. */
  readonly key: string | null;
  /** The command was sent before: what it began is finished, and what has come of it is left alone. */
  readonly isAgain: boolean;
}

const mustInvite = (desk: Desk, person: PersonId, { key, isAgain }: InvitationState): boolean => {
  if (desk.tables.people.get(person)?.isRemoved) return false;
  const now = desk.keys.personKey(person)?.id ?? null;
  if (isAgain && now === null) return desk.keys.invitationOf(person) === null;
  return now === key;
};

/** The invitation that a command gives. Its code follows from the command, so that sending it again gives the same one. */
const inviteBy = (
  desk: Desk,
  receipt: CommandReceipt,
  person: PersonId,
  before: InvitationState,
): InvitationReceipt => {
  const { keys, journal } = desk;
  const { commandId, seq } = receipt;
  const expiresAt = addHours(seq === null ? desk.now() : journal.read(seq).at, INVITATION_HOURS);
  if (mustInvite(desk, person, before)) {
    keys.removePersonKey(person);
    keys.distrustAdmin(person);
    keys.invite(person, { command: commandId, expiresAt });
  }
  return { ...receipt, code: keys.invitationCode(person, commandId), expiresAt };
};

export const addPerson = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; name: string; roles: Role[] },
): Promise<InvitationReceipt> => {
  actingRole(desk, viewer, ADMIN);
  checkRoles(input.roles);
  const isAgain = desk.journal.recordsOfCommand(input.commandId) !== null;
  const fresh = desk.newId('person');
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ADMIN);
    const isTaken = [...desk.tables.people.values()].some(({ name, isRemoved }) => !isRemoved && name === input.name);
    if (isTaken) throw new RefusalError(refuse('INVALID_INPUT', 'nameTaken', { name: input.name }));
    const { name, roles } = input;
    return { drafts: [{ type: 'person.added', subject: fresh, by: { role }, data: { name, roles } }], subject: fresh };
  });
  return inviteBy(desk, receipt, receipt.subject as PersonId, { key: null, isAgain });
};

/**
 * A new code, for a person who never redeemed theirs or whose passphrase is lost. A key that still counted is revoked
 * first; the one that replaces it counts only when a second person has confirmed it.
 */
export const invitePerson = async (
  desk: Desk,
  viewer: Viewer,
  { commandId, person }: OnPerson,
): Promise<InvitationReceipt> => {
  actingRole(desk, viewer, ADMIN);
  requirePerson(desk, person);
  if (person === viewer.person) throw new RefusalError(refuse('INVALID_INPUT', 'cannotInviteSelf'));
  const isAgain = desk.journal.recordsOfCommand(commandId) !== null;
  let key: string | null = null;
  const receipt = await byPerson(desk, viewer, commandId, () => {
    const role = actingRole(desk, viewer, ADMIN);
    requirePerson(desk, person);
    key = desk.keys.personKey(person)?.id ?? null;
    return { drafts: revocationOf(desk, person, role, 'lost'), subject: person };
  });
  return inviteBy(desk, receipt, person, { key: isAgain ? revokedBy(desk, receipt) : key, isAgain });
};

/** The key that a command revoked. */
const revokedBy = (desk: Desk, { seq }: CommandReceipt): string | null => {
  const key = seq === null ? null : desk.journal.read(seq).data.key;
  return typeof key === 'string' ? key : null;
};

const revocationOf = (desk: Desk, person: PersonId, role: Role, cause: 'lost' | 'replaced' | 'left'): DraftRecord[] => {
  const { registry } = desk.journal;
  const key = registry.validKeyOf(person) ?? registry.pendingKeyOf(person)?.key ?? null;
  return key === null ? [] : [{ type: 'person.keyRevoked', subject: person, by: { role }, data: { key, cause } }];
};

export const changeRoles = (
  desk: Desk,
  viewer: Viewer,
  input: OnPerson & { version: number; roles: Role[] },
): Promise<CommandReceipt> => {
  checkRoles(input.roles);
  return byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ADMIN);
    const entry = requirePerson(desk, input.person);
    checkVersion(entry, input.version);
    if (entry.roles.includes('admin') && !input.roles.includes('admin')) checkLastAdmin(desk, entry.id);
    return {
      drafts: [{ type: 'person.rolesChanged', subject: entry.id, by: { role }, data: { roles: input.roles } }],
      subject: entry.id,
    };
  }).then((receipt) => {
    // As it stands now: the command may have been sent again long after.
    if (!desk.tables.people.get(input.person)?.roles.includes('admin')) desk.keys.distrustAdmin(input.person);
    return receipt;
  });
};

/** Ends a person's roles and key; what they did stays theirs. */
export const removePerson = async (
  desk: Desk,
  viewer: Viewer,
  input: OnPerson & { version: number },
): Promise<CommandReceipt> => {
  const receipt = await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, ADMIN);
    const entry = requirePerson(desk, input.person);
    checkVersion(entry, input.version);
    if (entry.id === viewer.person) throw new RefusalError(refuse('INVALID_INPUT', 'cannotRemoveSelf'));
    if (entry.roles.includes('admin')) checkLastAdmin(desk, entry.id);
    return { drafts: [{ type: 'person.removed', subject: entry.id, by: { role }, data: {} }], subject: entry.id };
  });
  desk.keys.removePersonKey(input.person);
  desk.keys.removeInvitation(input.person);
  desk.keys.distrustAdmin(input.person);
  return receipt;
};

/** Records the key of a person who redeemed their invitation. */
export const registerKey = (desk: Desk, viewer: Viewer, { commandId, person }: OnPerson): Promise<CommandReceipt> =>
  byPerson(desk, viewer, commandId, () => {
    const role = actingRole(desk, viewer, ADMIN);
    requirePerson(desk, person);
    const key = desk.keys.personKey(person);
    if (keyStateOf(desk, person) !== 'accepted' || !key)
      throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'noKeyWaits'));
    const { publicKey, proof } = key;
    return {
      drafts: [{ type: 'person.keyRegistered', subject: person, by: { role }, data: { publicKey, proof } }],
      subject: person,
    };
  });

/** The second person's word for a key that replaces an earlier one. */
export const confirmKey = (
  desk: Desk,
  viewer: Viewer,
  { commandId, person, key }: OnPerson & { key: string },
): Promise<CommandReceipt> =>
  byPerson(desk, viewer, commandId, () => {
    const role = actingRole(desk, viewer, ['admin', 'legal']);
    const pending = desk.journal.registry.pendingKeyOf(person);
    if (pending?.key !== key) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'noKeyWaits'));
    if (pending.registeredBy === viewer.person || person === viewer.person) {
      const barred = new Set([pending.registeredBy, person]);
      const who = [...peopleInRole(desk, 'admin', barred), ...peopleInRole(desk, 'legal', barred)].map(
        ({ name }) => name,
      );
      throw new RefusalError(refuse('FORBIDDEN', 'confirmNeedsAnother', { who: [...new Set(who)] }));
    }
    return { drafts: [{ type: 'person.keyConfirmed', subject: person, by: { role }, data: { key } }], subject: person };
  });

export const revokeKey = (desk: Desk, viewer: Viewer, { commandId, person }: OnPerson): Promise<CommandReceipt> =>
  byPerson(desk, viewer, commandId, () => {
    const isSelf = person === viewer.person;
    const role = isSelf ? (viewer.roles[0] ?? 'agent') : actingRole(desk, viewer, ADMIN);
    const drafts = revocationOf(desk, person, role, isSelf ? 'replaced' : 'left');
    if (drafts.length === 0) throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'noKeyWaits'));
    if (desk.tables.people.get(person)?.roles.includes('admin')) checkLastAdmin(desk, person);
    return { drafts, subject: person };
  });

/** How far a person's key is. */
export const keyStateOf = (desk: Desk, person: PersonId): PersonView['keyState'] => {
  const { registry } = desk.journal;
  const key = desk.keys.personKey(person);
  const valid = registry.validKeyOf(person);
  if (valid !== null) return 'valid';
  if (registry.pendingKeyOf(person)) return 'unconfirmed';
  if (key && registry.publicKey(key.id) === null) return 'accepted';
  return desk.keys.invitationOf(person) ? 'invited' : 'none';
};

/** People as this person sees and may manage them. */
export const peopleView = (desk: Desk, viewer: Viewer): { people: PersonView[]; mayManage: boolean } => {
  const mayManage = viewer.roles.includes('admin') && !desk.journal.readOnly;
  const mayConfirm = mayManage || (viewer.roles.includes('legal') && !desk.journal.readOnly);
  const { registry } = desk.journal;
  const people = [...desk.tables.people.values()].map((entry): PersonView => {
    const keyState = entry.isRemoved ? 'none' : keyStateOf(desk, entry.id);
    const pending = registry.pendingKeyOf(entry.id);
    const isSelf = entry.id === viewer.person;
    return {
      id: entry.id,
      version: entry.version,
      name: entry.name,
      roles: [...entry.roles],
      isRemoved: entry.isRemoved,
      addedAt: entry.addedAt,
      removedAt: entry.removedAt,
      keyState,
      keyId: registry.validKeyOf(entry.id) ?? pending?.key ?? desk.keys.personKey(entry.id)?.id ?? null,
      keys: entry.keys
        .map((key) => ({
          ...key,
          registeredBy: personRef(desk, key.registeredBy),
          confirmedBy: key.confirmedBy ? personRef(desk, key.confirmedBy) : null,
        }))
        .toReversed(),
      invitationExpiresAt: keyState === 'invited' ? (desk.keys.invitationOf(entry.id)?.expiresAt ?? null) : null,
      acts: {
        changeRoles: mayManage && !entry.isRemoved,
        remove: mayManage && !entry.isRemoved && !isSelf,
        invite: mayManage && !entry.isRemoved && !isSelf,
        registerKey: mayManage && keyState === 'accepted',
        confirmKey: mayConfirm && keyState === 'unconfirmed' && pending?.registeredBy !== viewer.person && !isSelf,
        revokeKey: mayManage && keyState === 'valid' && !isSelf,
      },
    };
  });
  return {
    people: people.sort((a, b) => Number(a.isRemoved) - Number(b.isRemoved) || a.name.localeCompare(b.name)),
    mayManage,
  };
};
