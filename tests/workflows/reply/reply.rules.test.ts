import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '#workflows/errors.ts';
import * as rules from '#workflows/reply/reply.rules.ts';
import { REFUSALS } from './refusals.ts';

describe.each(REFUSALS)('$title', ({ ask, expected }) => {
  test(expected === null ? 'is allowed' : `is refused: ${expected}`, () => {
    const refusal = ask(rules);
    expect(refusal?.reason ?? null).toBe(expected);
    if (refusal) expect(ERROR_CODES).toContain(refusal.code);
  });
});

test('no two cases of the table have one title', () => {
  expect(new Set(REFUSALS.map(({ title }) => title)).size).toBe(REFUSALS.length);
});
