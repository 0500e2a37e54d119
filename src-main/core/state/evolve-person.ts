import type { PersonId } from '#workflows/identifiers.ts';
import { fromBase64, toHex } from '#workflows/journal/bytes.ts';
import type { Role } from '#workflows/people/roles.ts';
import type { KnownRecord } from '#workflows/records.ts';
import type { Time } from '#workflows/time.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { PersonEntry, PersonKeyEntry } from './tables.ts';

type ChangeOfPerson = Exclude<Extract<KnownRecord, { type: `person.${string}` }>, { type: 'person.added' }>;

export const newPerson = (
  id: PersonId,
  { name, roles }: { name: string; roles: readonly Role[] },
  addedAt: Time,
): PersonEntry => ({ id, version: 1, name, roles, isRemoved: false, addedAt, removedAt: null, keys: [] });

/** @param publicKey base64 of 32 bytes, judged when its record was */
const newKey = (publicKey: string, registeredBy: PersonId, registeredAt: Time): PersonKeyEntry => ({
  id: toHex(nodeCrypto.sha256(fromBase64(publicKey) ?? new Uint8Array())),
  registeredAt,
  registeredBy,
  validFrom: null,
  confirmedBy: null,
  endedAt: null,
  cause: null,
});

/** The admin who made the workspace, with the key that record 0 brought. */
export const founder = (id: PersonId, name: string, publicKey: string, at: Time): PersonEntry => ({
  ...newPerson(id, { name, roles: ['admin'] }, at),
  version: 0,
  keys: [{ ...newKey(publicKey, id, at), validFrom: at }],
});

/** The keys, those that count or wait to ended here. */
const ended = (
  keys: readonly PersonKeyEntry[],
  endedAt: Time,
  cause: NonNullable<PersonKeyEntry['cause']>,
): PersonKeyEntry[] => keys.map((key) => (key.endedAt === null ? { ...key, endedAt, cause } : key));

/** What a record changes about a person, besides their version. */
export const personChange = (known: PersonEntry, record: ChangeOfPerson, by: PersonId): Partial<PersonEntry> => {
  const { at } = record;
  switch (record.type) {
    case 'person.rolesChanged':
      return { roles: record.data.roles };
    case 'person.removed':
      return { roles: [], isRemoved: true, removedAt: at, keys: ended(known.keys, at, 'removed') };
    case 'person.keyRegistered': {
      const fresh = newKey(record.data.publicKey, by, at);
      // The first key counts at once; one that replaces another waits for a second person.
      const isFirst = known.keys.length === 0;
      return { keys: [...known.keys, isFirst ? { ...fresh, validFrom: at } : fresh] };
    }
    case 'person.keyConfirmed':
      return {
        keys: known.keys.map((key) => (key.id === record.data.key ? { ...key, validFrom: at, confirmedBy: by } : key)),
      };
    case 'person.keyRevoked':
      return { keys: ended(known.keys, at, record.data.cause) };
  }
};
