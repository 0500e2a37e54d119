import { describe, expect, test } from 'vitest';
import {
  freeTextSchema,
  pageSchema,
  passphraseSchema,
  receiptSchema,
  requiredTextSchema,
} from '#workflows/contract/base.ts';
import { DEFAULT_PREFERENCES, preferencesSchema } from '#workflows/contract/preferences.contract.ts';
import { newPassphraseSchema, NEW_PASSPHRASE_LENGTH } from '#workflows/contract/workspace.contract.ts';

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('a page of a list', () => {
  test('is bounded, so that nobody asks for everything', () => {
    expect(pageSchema.parse({})).toEqual({ offset: 0, limit: 60 });
    expect(accepts(pageSchema, { limit: 201 })).toBe(false);
    expect(accepts(pageSchema, { limit: 0 })).toBe(false);
    expect(accepts(pageSchema, { offset: -1 })).toBe(false);
    expect(accepts(pageSchema, { offset: 0.5 })).toBe(false);
  });
});

describe('a passphrase', () => {
  test('is bounded before anything is computed from it', () => {
    expect(accepts(passphraseSchema, 'x'.repeat(1_000))).toBe(true);
    expect(accepts(passphraseSchema, 'x'.repeat(1_001))).toBe(false);
    expect(accepts(passphraseSchema, '')).toBe(false);
  });

  test('is kept as it was typed, white space and all', () => {
    expect(passphraseSchema.parse(' two  words ')).toBe(' two  words ');
  });

  test('that is chosen has a least length', () => {
    expect(accepts(newPassphraseSchema, 'x'.repeat(NEW_PASSPHRASE_LENGTH))).toBe(true);
    expect(accepts(newPassphraseSchema, 'x'.repeat(NEW_PASSPHRASE_LENGTH - 1))).toBe(false);
  });
});

test('a reason that must be given is more than white space', () => {
  expect(accepts(requiredTextSchema, ' \n ')).toBe(false);
  expect(accepts(requiredTextSchema, 'No')).toBe(true);
  expect(accepts(freeTextSchema, '')).toBe(true);
  expect(accepts(freeTextSchema, 'x'.repeat(10_001))).toBe(false);
});

test('an answer to a command says where its records are', () => {
  const commandId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  expect(accepts(receiptSchema, { commandId, seq: 4, count: 2, subject: 'policy' })).toBe(true);
  expect(accepts(receiptSchema, { commandId, seq: null, count: 0, subject: null })).toBe(true);
  expect(accepts(receiptSchema, { commandId, seq: 4, count: 2, subject: 'nothing/known' })).toBe(false);
});

test('the preferences that a new machine has are ones that may be set', () => {
  expect(preferencesSchema.parse(DEFAULT_PREFERENCES)).toEqual(DEFAULT_PREFERENCES);
});
