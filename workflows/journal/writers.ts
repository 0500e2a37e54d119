import { kindOf, type Subject } from '../identifiers.ts';
import { isPersonActor, type Actor, type Role } from '../people/roles.ts';
import type { JsonObject } from './canonical.ts';

/** Who may write a type of record (JOURNAL.md, Who may write what). */
export type Writer =
  | { readonly by: 'system' }
  | { readonly by: 'roles'; readonly roles: readonly Role[] }
  /** The role that `data.review` names. */
  | { readonly by: 'review' }
  /** The person that the record is about, or one of the roles. */
  | { readonly by: 'selfOrRoles'; readonly roles: readonly Role[] }
  | { readonly by: 'anyPerson' };

const SYSTEM: Writer = { by: 'system' };
const REVIEW: Writer = { by: 'review' };
const ANY_PERSON: Writer = { by: 'anyPerson' };
const roles = (...allowed: Role[]): Writer => ({ by: 'roles', roles: allowed });

const each = (writer: Writer, ...types: string[]): [string, Writer][] => types.map((type) => [type, writer]);

const EXACT: ReadonlyMap<string, Writer> = new Map([
  ...each(
    roles('admin'),
    'workspace.created',
    'workspace.keyRotated',
    'workspace.upgraded',
    'workspace.restored',
    'workspace.timestampingChanged',
    'person.added',
    'person.rolesChanged',
    'person.removed',
    'person.keyRegistered',
    'clock.corrected',
    'erasure.proposed',
  ),
  ...each(roles('admin', 'legal'), 'person.keyConfirmed'),
  ...each({ by: 'selfOrRoles', roles: ['admin'] }, 'person.keyRevoked', 'person.away'),
  ...each(
    roles('agent', 'comms', 'legal'),
    'reply.opened',
    'reply.claimed',
    'reply.triaged',
    'reply.revised',
    'reply.submitted',
    'reply.recalled',
    'reply.withdrawn',
    'reply.closed',
  ),
  ...each(REVIEW, 'reply.approved', 'reply.changesRequested', 'reply.rejected'),
  ...each(
    roles('publisher', 'agent', 'comms'),
    'reply.released',
    'reply.scheduled',
    'reply.unscheduled',
    'publication.confirmedByHand',
  ),
  ...each(
    REVIEW,
    'template.approved',
    'template.changesRequested',
    'template.rejected',
    'policy.approved',
    'policy.changesRequested',
    'policy.rejected',
  ),
  ...each(roles('comms', 'legal', 'publisher'), 'publishing.paused'),
  ...each(roles('comms', 'legal'), 'publishing.resumeProposed', 'publishing.resumed'),
  ...each(roles('legal'), 'hold.placed', 'hold.lifted', 'erasure.confirmed', 'erasure.declined'),
  ...each(roles('admin', 'agent', 'comms', 'legal', 'publisher'), 'clock.confirmed'),
  ...each(ANY_PERSON, 'audit.read', 'audit.verified', 'audit.exported'),
  ...each(
    SYSTEM,
    'publication.attempted',
    'publication.succeeded',
    'publication.failed',
    'publication.unknown',
    'publication.observed',
    'subject.erased',
    'journal.recovered',
    'clock.jumped',
    'reply.breached',
    'reply.escalated',
    'reply.approvalExpired',
    'reply.recounted',
    'reply.monitoringEnded',
    'mention.captured',
  ),
]);

/** Rows of the table that name a whole family. */
const FAMILIES: ReadonlyMap<string, Writer> = new Map([
  ['channel', roles('admin')],
  ['brand', roles('admin')],
  ['mention', roles('agent', 'comms', 'legal')],
  ['case', roles('agent', 'comms', 'legal')],
  ['incident', roles('agent', 'comms', 'legal')],
  ['template', roles('comms', 'legal')],
  ['policy', roles('comms', 'legal')],
]);

const familyOf = (type: string): string => type.slice(0, type.indexOf('.'));

/** The writer of a type, without its `/2`; `null` for a type that the table does not know. */
export const writerOf = (type: string): Writer | null => {
  const slash = type.indexOf('/');
  const name = slash < 0 ? type : type.slice(0, slash);
  return EXACT.get(name) ?? FAMILIES.get(familyOf(name)) ?? null;
};

/** Families whose records stand on the subject of the same kind. `erasure` and `subject` stand on what they erase. */
const FREE_FAMILIES: ReadonlySet<string> = new Set(['erasure', 'subject']);

export const isSubjectOfType = (type: string, subject: Subject): boolean => {
  const family = familyOf(type);
  // What is erased is one of many: there is no erasing the policy, or the journal itself.
  if (FREE_FAMILIES.has(family)) return subject.includes('/');
  return kindOf(subject) === family;
};

/** Roles that decide no review (DESIGN.md, People), whatever a type of a later version calls its reviews. */
const NEVER_DECIDE: readonly Role[] = ['agent', 'auditor', 'admin'];

/**
 * Why the actor may not write this record, or `null`. Whether a person really has the role that they act in
 * is judged elsewhere, from the journal before the record.
 */
export const problemWithWriter = (
  writer: Writer,
  actor: Actor,
  { subject, data }: { subject: Subject; data: JsonObject },
): string | null => {
  if (!isPersonActor(actor)) return writer.by === 'system' ? null : 'only a person may write it';
  switch (writer.by) {
    case 'system':
      return 'only the program may write it';
    case 'anyPerson':
      return null;
    case 'review':
      return actor.role === data.review && !NEVER_DECIDE.includes(actor.role)
        ? null
        : 'it is decided in the role that the review names';
    case 'roles':
      return writer.roles.includes(actor.role) ? null : `the role ${actor.role} may not write it`;
    case 'selfOrRoles':
      return actor.person === subject || writer.roles.includes(actor.role)
        ? null
        : 'only that person or an admin may write it';
  }
};
