import { ulid } from 'ulid';
import { NAMES, refusedTo, type ProcedureCase } from '../procedure-case.ts';
import { accepted, invited, registered, unconfirmed, versionOf } from './newcomers.ts';

const adminsOnly = refusedTo('agnes', NAMES.admins);

export const PEOPLE_CASES = {
  'people.list': { by: 'uma', access: 'everybody' },
  'people.add': {
    by: 'ada',
    access: adminsOnly,
    input: ({ desk }) => ({ commandId: desk.command(), name: `Newcomer ${ulid()}`, roles: ['auditor'] }),
  },
  'people.invite': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ commandId: desk.command(), person: (await invited(desk)).person }),
  },
  'people.changeRoles': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => {
      const { person } = await invited(desk);
      return { commandId: desk.command(), person, version: versionOf(desk, person), roles: ['publisher'] };
    },
  },
  'people.remove': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => {
      const { person } = await invited(desk);
      return { commandId: desk.command(), person, version: versionOf(desk, person) };
    },
  },
  'people.registerKey': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ commandId: desk.command(), person: await accepted(desk) }),
  },
  'people.confirmKey': {
    by: 'leo',
    access: refusedTo('agnes', [...NAMES.admins, ...NAMES.legal]),
    input: async ({ desk }) => ({ commandId: desk.command(), ...(await unconfirmed(desk)) }),
  },
  'people.revokeKey': {
    by: 'ada',
    access: adminsOnly,
    input: async ({ desk }) => ({ commandId: desk.command(), person: await registered(desk) }),
  },
} satisfies Record<string, ProcedureCase>;
