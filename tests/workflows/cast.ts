import type { PersonId } from '#workflows/identifiers.ts';
import type { PersonActor, Role } from '#workflows/people/roles.ts';
import { addHours, type Time } from '#workflows/time.ts';

/** A ULID that shows its label. Precondition: the label has at most 25 of Crockford's letters and digits. */
export const ulidOf = (label: string): string => label.padStart(26, '0');

const personId = (label: string): PersonId => `person/${ulidOf(label)}`;

/** People of the invented desk. What they may do is what the event that names them says. */
export const ANA = personId('ANA');
export const BEN = personId('BEN');
export const CATE = personId('CATE');
export const KAY = personId('KAY');
export const REX = personId('REX');
export const VERA = personId('VERA');
export const PAT = personId('PAT');
export const PEOPLE = [ANA, BEN, CATE, KAY, REX, VERA, PAT] as const;

export const as = (person: PersonId, role: Role): PersonActor => ({ person, role });

/** When the tests' story begins. */
export const START: Time = '2026-03-02T09:00:00.000Z';

export const hoursLater = (hours: number, from: Time = START): Time => addHours(from, hours);

/** A hash of a content that nobody needs to see: 64 hex digits that show the number. */
export const hashOf = (number: number): string => number.toString(16).padStart(64, '0');
