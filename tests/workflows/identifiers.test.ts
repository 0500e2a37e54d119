import { describe, expect, test } from 'vitest';
import {
  hex256Schema,
  kindOf,
  MANY_KINDS,
  ONE_KINDS,
  personIdSchema,
  replyIdSchema,
  subjectSchema,
  ulidOf,
  ulidSchema,
} from '#workflows/identifiers.ts';

const ULID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('a ULID', () => {
  test('is 26 characters of Crockford’s base 32', () => {
    expect(accepts(ulidSchema, ULID)).toBe(true);
    expect(accepts(ulidSchema, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ')).toBe(true);
  });

  test.each([
    ['in small letters', ULID.toLowerCase()],
    ['with a letter that Crockford left out', ULID.replace('A', 'I')],
    ['beyond 128 bits', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['too short', ULID.slice(1)],
    ['too long', `${ULID}0`],
    ['with a line end', `${ULID}\n`],
  ])('is not one %s', (_, text) => {
    expect(accepts(ulidSchema, text)).toBe(false);
  });
});

describe('a subject', () => {
  test.each(MANY_KINDS)('%s has many, each with its ULID', (kind) => {
    expect(accepts(subjectSchema, `${kind}/${ULID}`)).toBe(true);
    expect(accepts(subjectSchema, kind)).toBe(false);
    expect(kindOf(`${kind}/${ULID}`)).toBe(kind);
    expect(ulidOf(`${kind}/${ULID}`)).toBe(ULID);
  });

  test.each(ONE_KINDS)('%s is one alone', (kind) => {
    expect(accepts(subjectSchema, kind)).toBe(true);
    expect(accepts(subjectSchema, `${kind}/${ULID}`)).toBe(false);
    expect(kindOf(kind)).toBe(kind);
  });

  test.each(['', 'reply/', `reply/${ULID}/x`, `invoice/${ULID}`, ` reply/${ULID}`, `reply/${ULID}\n`, 7, null])(
    'is not %j',
    (value) => {
      expect(accepts(subjectSchema, value)).toBe(false);
    },
  );
});

test('an id of one kind is none of another', () => {
  expect(accepts(replyIdSchema, `reply/${ULID}`)).toBe(true);
  expect(accepts(personIdSchema, `reply/${ULID}`)).toBe(false);
});

test('a hash is 64 hex digits in small letters', () => {
  expect(accepts(hex256Schema, 'a'.repeat(64))).toBe(true);
  expect(accepts(hex256Schema, 'A'.repeat(64))).toBe(false);
  expect(accepts(hex256Schema, 'a'.repeat(63))).toBe(false);
  expect(accepts(hex256Schema, 'g'.repeat(64))).toBe(false);
});
