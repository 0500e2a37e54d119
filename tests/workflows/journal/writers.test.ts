import { describe, expect, it } from 'vitest';
import type { PersonId, Subject } from '#workflows/identifiers.ts';
import { isSubjectOfType, problemWithWriter, writerOf } from '#workflows/journal/writers.ts';
import { ROLES, type Actor, type Role } from '#workflows/people/roles.ts';
import { RECORD_SCHEMAS } from '#workflows/records.ts';

const PERSON: PersonId = 'person/01ARZ3NDEKTSV4RRFFQ69G5FAV';
const SOMEBODY_ELSE: PersonId = 'person/01BX5ZZKBKACTAV9WEVGEMMVRZ';
const REPLY: Subject = 'reply/01ARZ3NDEKTSV4RRFFQ69G5FAV';

const mayWrite = (type: string, actor: Actor, subject: Subject = REPLY, data = {}): boolean => {
  const writer = writerOf(type);
  if (!writer) throw new Error(`${type} is not in the table`);
  return problemWithWriter(writer, actor, { subject, data }) === null;
};

/** The roles in which a person may write a type, about somebody or something else than themselves. */
const rolesThatMayWrite = (type: string, data = {}): Role[] =>
  ROLES.filter((role) => mayWrite(type, { person: PERSON, role }, REPLY, data));

const programMayWrite = (type: string): boolean => mayWrite(type, { system: 'outbox' });

/** JOURNAL.md, Who may write what: rows whose writer is a role. */
const BY_ROLE: readonly (readonly [types: string, roles: readonly Role[]])[] = [
  ['workspace.created workspace.keyRotated workspace.upgraded workspace.restored', ['admin']],
  // Not in JOURNAL.md: who time-stamps checkpoints.
  ['workspace.timestampingChanged', ['admin']],
  ['person.added person.rolesChanged person.removed person.keyRegistered', ['admin']],
  ['channel.added channel.changed channel.removed channel.somethingNew', ['admin']],
  ['brand.added brand.somethingNew clock.corrected erasure.proposed', ['admin']],
  ['person.keyConfirmed', ['legal', 'admin']],
  ['reply.opened reply.claimed reply.revised reply.submitted reply.recalled', ['agent', 'comms', 'legal']],
  ['reply.withdrawn reply.closed reply.triaged', ['agent', 'comms', 'legal']],
  ['mention.linked case.opened incident.opened case.somethingNew', ['agent', 'comms', 'legal']],
  ['reply.released reply.scheduled reply.unscheduled', ['agent', 'comms', 'publisher']],
  ['publication.confirmedByHand', ['agent', 'comms', 'publisher']],
  ['template.revised template.submitted template.retired', ['comms', 'legal']],
  ['policy.revised policy.submitted policy.retired', ['comms', 'legal']],
  ['publishing.paused', ['comms', 'legal', 'publisher']],
  ['publishing.resumeProposed publishing.resumed', ['comms', 'legal']],
  ['hold.placed hold.lifted erasure.confirmed erasure.declined', ['legal']],
  // Not in JOURNAL.md: a person says that the time after a leap is right.
  ['clock.confirmed', ['agent', 'comms', 'legal', 'publisher', 'admin']],
  ['audit.read audit.verified audit.exported', ROLES],
];

const BY_REVIEW =
  'reply.approved reply.changesRequested reply.rejected template.approved template.changesRequested template.rejected policy.approved policy.changesRequested policy.rejected';

const BY_THE_PROGRAM =
  'publication.attempted publication.succeeded publication.failed publication.unknown publication.observed subject.erased journal.recovered clock.jumped reply.breached reply.escalated reply.approvalExpired reply.recounted reply.monitoringEnded mention.captured';

const rows = BY_ROLE.flatMap(([types, roles]) => types.split(' ').map((type) => [type, roles] as const));

describe('the table of writers', () => {
  it.each(rows)('%s is written in the roles %j, and never by the program', (type, roles) => {
    expect(rolesThatMayWrite(type)).toEqual(ROLES.filter((role) => roles.includes(role)));
    expect(programMayWrite(type)).toBe(false);
  });

  it.each(BY_REVIEW.split(' '))('%s is written in the role that data.review names, and in no other', (type) => {
    expect(rolesThatMayWrite(type, { review: 'legal' })).toEqual(['legal']);
    expect(rolesThatMayWrite(type, { review: 'comms' })).toEqual(['comms']);
    for (const review of ['moon', 'agent', 'auditor', 'admin']) expect(rolesThatMayWrite(type, { review })).toEqual([]);
    expect(rolesThatMayWrite(type)).toEqual([]);
    expect(programMayWrite(type)).toBe(false);
  });

  it.each(BY_THE_PROGRAM.split(' '))('%s is written by the program and by no person', (type) => {
    expect(rolesThatMayWrite(type)).toEqual([]);
    expect(programMayWrite(type)).toBe(true);
  });

  it.each(['person.keyRevoked', 'person.away'])('%s is written by that person in any role, or by an admin', (type) => {
    expect(rolesThatMayWrite(type)).toEqual(['admin']);
    for (const role of ROLES) {
      expect(mayWrite(type, { person: PERSON, role }, PERSON)).toBe(true);
      expect(mayWrite(type, { person: PERSON, role }, SOMEBODY_ELSE)).toBe(role === 'admin');
    }
    expect(programMayWrite(type)).toBe(false);
  });

  it('lets an auditor write nothing but audit records and their own keys', () => {
    const types = [...rows.map(([type]) => type), ...BY_REVIEW.split(' '), ...BY_THE_PROGRAM.split(' ')];
    const allowed = types.filter((type) => rolesThatMayWrite(type, { review: 'legal' }).includes('auditor'));
    expect(allowed).toEqual(['audit.read', 'audit.verified', 'audit.exported']);
  });

  it('has a row for every type that the program writes, on a subject of its own kind', () => {
    expect(Object.keys(RECORD_SCHEMAS).filter((type) => writerOf(type) === null)).toEqual([]);
  });

  it('gives a later version of a type the writers of the first', () => {
    expect(writerOf('reply.revised/2')).toEqual(writerOf('reply.revised'));
    expect(writerOf('channel.added/12')).toEqual(writerOf('channel.added'));
  });

  it.each([
    'moon.landed',
    'reply.somethingNew',
    'publication.somethingNew',
    'workspace.somethingNew',
    'person.somethingNew',
    'audit.somethingNew',
    'hold.somethingNew',
    'publishing.somethingNew',
    'journal.somethingNew',
    'channels.added',
    'constructor.name',
  ])('does not know %s', (type) => {
    expect(writerOf(type)).toBeNull();
  });
});

describe('the subject of a type', () => {
  it('is of the kind that the type begins with', () => {
    expect(isSubjectOfType('reply.opened', REPLY)).toBe(true);
    expect(isSubjectOfType('reply.opened', 'policy')).toBe(false);
    expect(isSubjectOfType('reply.opened', PERSON)).toBe(false);
    expect(isSubjectOfType('policy.approved', 'policy')).toBe(true);
    expect(isSubjectOfType('policy.approved', 'publishing')).toBe(false);
    expect(isSubjectOfType('reply.revised/2', REPLY)).toBe(true);
    expect(isSubjectOfType('clock.jumped', 'clock')).toBe(true);
    expect(isSubjectOfType('clock.jumped', 'journal')).toBe(false);
  });

  it('is free for an erasure, which stands on what it erases', () => {
    for (const type of ['erasure.proposed', 'erasure.confirmed', 'subject.erased']) {
      expect(isSubjectOfType(type, 'customer/01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(true);
      expect(isSubjectOfType(type, 'policy')).toBe(false);
    }
  });
});
