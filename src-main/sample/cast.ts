import type { Role } from '#workflows/people/roles.ts';

interface Part {
  readonly name: string;
  readonly role: Role;
}

/** Everybody at the sample desk; all of them invented. Two legal and three comms can cover every review. */
export const CAST = {
  ada: { name: 'Ada Okonjo', role: 'admin' },
  jonas: { name: 'Jonas Brandt', role: 'agent' },
  leila: { name: 'Leïla Benali', role: 'agent' },
  mateo: { name: 'Mateo Herrera', role: 'agent' },
  priya: { name: 'Priya Raman', role: 'agent' },
  ingrid: { name: 'Ingrid Solberg', role: 'comms' },
  kwame: { name: 'Kwame Mensah', role: 'comms' },
  yuki: { name: 'Yuki Morita', role: 'comms' },
  rachel: { name: 'Rachel Adler', role: 'legal' },
  tomasz: { name: 'Tomasz Zieliński', role: 'legal' },
  nour: { name: 'Nour Haddad', role: 'publisher' },
  edwin: { name: 'Edwin Castillo', role: 'auditor' },
} as const satisfies Record<string, Part>;

/** A person of the sample desk, as its scripts call them. */
export type CastName = keyof typeof CAST;

/** The admin who creates the workspace. */
export const FOUNDER = 'ada' satisfies CastName;

/** Those whom the founder adds, in the order in which they come. */
export const INVITED = (Object.keys(CAST) as CastName[]).filter((name) => name !== FOUNDER);
