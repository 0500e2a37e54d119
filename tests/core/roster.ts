import type { Role } from '#workflows/people/roles.ts';

/** The people of the tests' desk, by the roles that they have. */
export const ROSTER = {
  ada: { name: 'Ada', roles: ['admin'] },
  abe: { name: 'Abe', roles: ['admin'] },
  agnes: { name: 'Agnes', roles: ['agent'] },
  ben: { name: 'Ben', roles: ['agent'] },
  cleo: { name: 'Cleo', roles: ['comms'] },
  carl: { name: 'Carl', roles: ['comms'] },
  leo: { name: 'Leo', roles: ['legal'] },
  lena: { name: 'Lena', roles: ['legal'] },
  kay: { name: 'Kay', roles: ['comms', 'legal'] },
  pat: { name: 'Pat', roles: ['publisher'] },
  uma: { name: 'Uma', roles: ['auditor'] },
} as const satisfies Record<string, { name: string; roles: readonly Role[] }>;

export type Who = keyof typeof ROSTER;

export const EVERYBODY = Object.keys(ROSTER) as Who[];

/** Everybody's passphrase on the tests' desk. */
export const PASSPHRASE = 'a passphrase for tests';
