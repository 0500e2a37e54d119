import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTidSequence, isTid, timeOfTid } from '#main/channels/bluesky/tid.ts';

const AT = Date.parse('2026-11-22T15:12:36.123Z');

describe('A timestamp identifier', () => {
  it.each([
    // By hand in base 32 (https://atproto.com/specs/tid): 1,000 µs are 31 · 32 + 8.
    [0, 0, '2222222222222'],
    [0, 31, '222222222222z'],
    [0, 1023, '22222222222zz'],
    [1, 0, '222222222zc22'],
  ])('spells %d ms and clock %d as %s', (milliseconds, clockId, expected) => {
    expect(createTidSequence(clockId)(new Date(milliseconds))).toBe(expected);
  });

  it('is well formed and tells its time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        fc.integer({ min: 0, max: 1023 }),
        (time, clockId) => {
          const tid = createTidSequence(clockId)(new Date(time));
          expect(isTid(tid)).toBe(true);
          expect(timeOfTid(tid)).toBe(time);
        },
      ),
    );
  });

  it('sorts as time does', () => {
    fc.assert(
      fc.property(fc.nat(4_102_444_800_000), fc.nat(4_102_444_800_000), (a, b) => {
        const [first, second] = [createTidSequence(7)(new Date(a)), createTidSequence(7)(new Date(b))];
        expect(first < second).toBe(a < b);
      }),
    );
  });

  it('strictly increases, within a millisecond too and when the clock goes back', () => {
    const next = createTidSequence(5);
    const tids = Array.from({ length: 5_000 }, (_, index) => next(new Date(AT - (index % 7) * 1_000)));
    expect(tids).toEqual([...tids].sort());
    expect(new Set(tids).size).toBe(tids.length);
  });

  it.each(['', '3jzfcijpj2z2', '3jzfcijpj2z2aa', 'zjzfcijpj2z2a', '3JZFCIJPJ2Z2A', '3jzf-ijpj2z2a', '1jzfcijpj2z2a'])(
    'is not %j',
    (text) => {
      expect(isTid(text)).toBe(false);
    },
  );
});
