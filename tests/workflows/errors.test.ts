import { expect, test } from 'vitest';
import {
  assertNever,
  ERROR_CODES,
  HTTP_STATUS,
  refuse,
  RefusalError,
  RETRYABLE,
  throwIfRefused,
} from '#workflows/errors.ts';

test.each(ERROR_CODES)('%s has an HTTP status that says whose fault it is', (code) => {
  expect(HTTP_STATUS[code]).toBeGreaterThanOrEqual(400);
  expect(HTTP_STATUS[code]).toBeLessThan(600);
});

test('there is no status for a code that does not exist', () => {
  expect(Object.keys(HTTP_STATUS).sort()).toEqual([...ERROR_CODES].sort());
});

test('what is wrong with a command itself is never worth sending again', () => {
  for (const code of ['INVALID_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'REVISION_STALE'] as const) {
    expect(RETRYABLE.has(code)).toBe(false);
  }
  expect([...RETRYABLE].filter((code) => !ERROR_CODES.includes(code))).toEqual([]);
});

test('a refusal is thrown as it is, and none is not', () => {
  const refusal = refuse('FORBIDDEN', 'decideOnOwn', { review: 'legal' });
  expect(refusal).toEqual({ code: 'FORBIDDEN', reason: 'decideOnOwn', values: { review: 'legal' } });
  expect(refuse('INTERNAL', 'x').values).toEqual({});
  expect(() => throwIfRefused(null)).not.toThrow();
  const thrown = ((): unknown => {
    try {
      throwIfRefused(refusal);
    } catch (error) {
      return error;
    }
    return null;
  })();
  expect(thrown).toBeInstanceOf(RefusalError);
  expect((thrown as RefusalError).refusal).toBe(refusal);
  expect((thrown as RefusalError).message).toBe('FORBIDDEN: decideOnOwn');
});

test('a case that no switch knows is a bug and says so', () => {
  expect(() => assertNever('surprise' as never)).toThrow('unexpected case: "surprise"');
});
