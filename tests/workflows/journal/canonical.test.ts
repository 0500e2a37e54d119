import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '#workflows/journal/bytes.ts';
import {
  canonicalBytes,
  canonicalText,
  isTooDeep,
  MAX_DEPTH,
  NotCanonicalError,
  problemInValue,
} from '#workflows/journal/canonical.ts';
import { ifShared, readSharedText, sharedFiles, sharedIsAbsent } from '../../journal/shared-data.ts';

describe.skipIf(sharedIsAbsent)(`RFC 8785 vectors${ifShared}`, () => {
  it('every document of the vectors gets exactly the published bytes', () => {
    const names = sharedFiles('.json', 'vectors', 'jcs', 'input');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const value: unknown = JSON.parse(readSharedText('vectors', 'jcs', 'input', name));
      const hex = readSharedText('vectors', 'jcs', 'outhex', name.replace('.json', '.txt')).replaceAll(/\s/g, '');
      expect(Buffer.from(canonicalText(value)).toString('hex'), name).toBe(hex);
      expect(canonicalText(value), name).toBe(readSharedText('vectors', 'jcs', 'output', name));
    }
  });

  it('a document of integers alone may stand in the journal, one with fractions may not', () => {
    const verdicts = sharedFiles('.json', 'vectors', 'jcs', 'input').map((name) => {
      const value: unknown = JSON.parse(readSharedText('vectors', 'jcs', 'input', name));
      if (problemInValue(value) === null) {
        expect(Buffer.from(canonicalBytes(value)).toString(), name).toBe(
          readSharedText('vectors', 'jcs', 'output', name),
        );
      }
      return [name, problemInValue(value)];
    });
    expect(verdicts).toEqual([
      ['arrays.json', null],
      ['structures.json', null],
      ['values.json', 'a number is not an integer of magnitude below 2^53'],
    ]);
  });

  it('every number of the ECMAScript vectors has the published spelling', () => {
    const lines = readSharedText('vectors', 'jcs', 'es6-numbers-10k.shared.txt').trim().split('\n');
    expect(lines.length).toBeGreaterThan(4000);
    const view = new DataView(new ArrayBuffer(8));
    const wrong = lines.filter((line) => {
      const [hex = '', expected] = line.split(',');
      view.setBigUint64(0, BigInt(`0x${hex}`));
      return canonicalText(view.getFloat64(0)) !== expected;
    });
    expect(wrong).toEqual([]);
  });
});

describe('the canonical form', () => {
  it('orders members by UTF-16 code units, not by code points', () => {
    expect(canonicalText({ '\u{fb33}': 1, '\u{1f600}': 2, '\u{20ac}': 3, a: 4 })).toBe(
      '{"a":4,"\u{20ac}":3,"\u{1f600}":2,"\u{fb33}":1}',
    );
  });

  it('does not depend on the order in which members were set', () => {
    const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.integer(), { noNullPrototype: true });
    fc.assert(
      fc.property(objects, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalText(reversed)).toBe(canonicalText(value));
      }),
    );
  });

  it('is what the published canonicaliser gives, of what is in order and of what is not', () => {
    const names = fc.oneof(
      fc.constantFrom('', '9', '10', '-1', 'a', 'A', 'é', '\u{fb33}', '"', 'constructor'),
      fc.string(),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('plain', 'a"b', 'a\\b', '\u{7f}', '\n', '~ !'),
    );
    const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        texts,
        fc.integer(),
        fc.boolean(),
        fc.constantFrom(null, undefined, 0.1, -0, new Date(0), 1e21),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(values, (value) => {
        const wrapped = { b: value, a: [value], c: { z: value, y: 1 } };
        const expected = canonicalize(wrapped);
        expect(canonicalText(wrapped)).toBe(expected);
        const inOrder: unknown = JSON.parse(expected ?? '');
        expect(canonicalText(inOrder)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('has no spelling for a lone surrogate, wherever it stands', () => {
    expect(() => canonicalText({ a: '\ud800' })).toThrow();
    expect(() => canonicalText({ b: 1, a: ['\udc00'] })).toThrow();
    expect(() => canonicalText({ '\ud800': 1 })).toThrow();
    expect(() => canonicalText({ b: 1, '\ud800': 1, a: 1 })).toThrow();
  });

  it('escapes nothing but what RFC 8785 section 3.2.2.2 names', () => {
    expect(canonicalText('\b\t\n\f\r"\\/\u{1}\u{7f}\u{2028}é\u{1f600}')).toBe(
      '"\\b\\t\\n\\f\\r\\"\\\\/\\u0001\u{7f}\u{2028}é\u{1f600}"',
    );
  });

  it('does not compose or decompose letters', () => {
    expect(canonicalText('\u{c5}')).not.toBe(canonicalText('A\u{30a}'));
  });

  it('leaves out members that are undefined, as JSON does', () => {
    expect(canonicalText({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY]])('has no spelling for %s', (value) => {
    expect(() => canonicalText({ value })).toThrow();
  });

  it('of nothing at all is refused', () => {
    expect(() => canonicalText(undefined)).toThrow(NotCanonicalError);
  });
});

describe('what may stand in the journal', () => {
  it.each([
    ['2^53', 2 ** 53],
    ['-2^53', -(2 ** 53)],
    ['a fraction', 0.5],
    ['1e21', 1e21],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus zero', -0],
    ['a lone high surrogate', 'a\u{d800}'],
    ['a lone low surrogate', '\u{dc00}a'],
    ['surrogates in the wrong order', '\u{dc00}\u{d800}'],
    ['undefined', undefined],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
  ])('is not %s, on any level', (_what, value) => {
    expect(problemInValue(value)).not.toBeNull();
    expect(problemInValue({ deeper: [value] })).not.toBeNull();
    expect(() => canonicalBytes({ value })).toThrow(NotCanonicalError);
  });

  it('is not a member name with a lone surrogate', () => {
    expect(problemInValue({ '\u{d800}': 1 })).not.toBeNull();
  });

  it('is not a member named __proto__, as JSON.parse makes it', () => {
    expect(problemInValue(JSON.parse('{"__proto__":1}'))).not.toBeNull();
    expect(problemInValue(JSON.parse('{"a":[{"__proto__":{}}]}'))).not.toBeNull();
    expect(problemInValue(JSON.parse('{"constructor":1,"prototype":2,"toString":3}'))).toBeNull();
  });

  it.each([[Number.MAX_SAFE_INTEGER], [Number.MIN_SAFE_INTEGER], [0], [-1], ['\u{1f600}'], [''], [true], [null], [[]]])(
    'is %j',
    (value) => {
      expect(problemInValue(value)).toBeNull();
      expect(problemInValue({ value })).toBeNull();
    },
  );

  it('has the same bytes after a journey through JSON', () => {
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.maxSafeInteger().map((number) => number + 0),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(null, true, false),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(problemInValue(value) === null);
        const bytes = canonicalBytes(value);
        expect(canonicalBytes(JSON.parse(Buffer.from(bytes).toString()))).toEqual(bytes);
        expect(bytes).toEqual(utf8(canonicalText(value)));
      }),
    );
  });
});

describe('depth', () => {
  const nested = (levels: number, open: string, close: string): string => open.repeat(levels) + close.repeat(levels);

  it.each([
    ['arrays', '[', ']', ''],
    ['objects', '{"a":', '}', '0'],
  ])('of %s is allowed to level 32 and no further', (_what, open, close, inner) => {
    const textOf = (levels: number): string => open.repeat(levels) + inner + close.repeat(levels);
    expect(MAX_DEPTH).toBe(32);
    expect(isTooDeep(textOf(32))).toBe(false);
    expect(isTooDeep(textOf(33))).toBe(true);
    expect(problemInValue(JSON.parse(textOf(32)))).toBeNull();
    expect(problemInValue(JSON.parse(textOf(33)))).not.toBeNull();
  });

  it('of 30,000 levels is found without parsing and without a recursion', () => {
    expect(isTooDeep(nested(30_000, '[', ']'))).toBe(true);
    expect(isTooDeep('['.repeat(30_000))).toBe(true);
    expect(problemInValue(JSON.parse(nested(30_000, '[', ']')))).not.toBeNull();
  });

  it('does not count brackets inside strings', () => {
    expect(isTooDeep(JSON.stringify('['.repeat(100)))).toBe(false);
    expect(isTooDeep(JSON.stringify(`\\"${'{'.repeat(100)}`))).toBe(false);
    expect(isTooDeep(`["\\\\",${nested(32, '[', ']')}]`)).toBe(true);
  });

  it('counts levels, not siblings', () => {
    expect(isTooDeep(`[${Array.from({ length: 100 }, () => nested(31, '[', ']')).join(',')}]`)).toBe(false);
  });
});
