import { describe, expect, test } from 'vitest';
import { PERSON_RECORDS, personNameSchema } from '#workflows/people/person.records.ts';
import { isPersonActor, REVIEW_KINDS, ROLES, roleSchema } from '#workflows/people/roles.ts';
import { ANA, as } from '../cast.ts';

test('every review is decided in a role of its name', () => {
  expect(REVIEW_KINDS.filter((review) => !(ROLES as readonly string[]).includes(review))).toEqual([]);
});

test('the roles are those of DESIGN.md', () => {
  expect([...ROLES].sort()).toEqual(['admin', 'agent', 'auditor', 'comms', 'legal', 'publisher']);
  expect(roleSchema.safeParse('superuser').success).toBe(false);
});

test('a person and the program are told apart', () => {
  expect(isPersonActor(as(ANA, 'agent'))).toBe(true);
  expect(isPersonActor({ system: 'outbox' })).toBe(false);
});

describe('a person’s name', () => {
  test('keeps what it is in any script, without the white space around it', () => {
    expect(personNameSchema.parse('  Ana María Ñandú ')).toBe('Ana María Ñandú');
    expect(personNameSchema.parse('田中さん')).toBe('田中さん');
  });

  test.each([
    ['nothing', ''],
    ['white space alone', ' \t '],
    ['81 letters', 'x'.repeat(81)],
    ['half a character', 'Ana \ud83d'],
  ])('is not %s', (_, name) => {
    expect(personNameSchema.safeParse(name).success).toBe(false);
  });
});

describe('the roles of a person', () => {
  const accepts = (roles: unknown): boolean => PERSON_RECORDS['person.rolesChanged'].safeParse({ roles }).success;

  test('are at least one, and each once', () => {
    expect(accepts(['agent', 'publisher'])).toBe(true);
    expect(accepts([])).toBe(false);
    expect(accepts(['agent', 'agent'])).toBe(false);
    expect(accepts(['superuser'])).toBe(false);
  });
});

test('a key is 32 bytes and a proof 64, in base64 of one spelling', () => {
  const { 'person.keyRegistered': schema } = PERSON_RECORDS;
  const bytes = (count: number): string => Buffer.alloc(count, 1).toString('base64');
  expect(schema.safeParse({ publicKey: bytes(32), proof: bytes(64) }).success).toBe(true);
  expect(schema.safeParse({ publicKey: bytes(31), proof: bytes(64) }).success).toBe(false);
  expect(schema.safeParse({ publicKey: bytes(32), proof: bytes(32) }).success).toBe(false);
  expect(schema.safeParse({ publicKey: bytes(32).replace('=', ''), proof: bytes(64) }).success).toBe(false);
  // The last character carries two bits that no byte needs: set, they would be a second spelling.
  const spelledOtherwise = bytes(32).replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`);
  expect(Buffer.from(spelledOtherwise, 'base64').equals(Buffer.alloc(32, 1))).toBe(true);
  expect(schema.safeParse({ publicKey: spelledOtherwise, proof: bytes(64) }).success).toBe(false);
});
