import { describe, expect, test } from 'vitest';
import {
  CHECKS,
  findingSchema,
  isBlocking,
  runChecks,
  type CheckInput,
  type Finding,
} from '#workflows/checks/checks.ts';
import { documentOfText, type Document } from '#workflows/content/document.ts';
import { DEFAULT_POLICY, type TermRule } from '#workflows/policy/policy.ts';

const FITTING = { graphemes: 10, bytes: 10, fits: true };

const inputOf = (text: string | Document, members: Partial<CheckInput> = {}): CheckInput => ({
  document: typeof text === 'string' ? documentOfText(text) : text,
  language: 'en-GB',
  policy: DEFAULT_POLICY,
  measure: FITTING,
  limits: { graphemes: 300, bytes: 3_000 },
  ...members,
});
const policyWith = (...terms: TermRule[]) => ({ ...DEFAULT_POLICY, terms });
const term = (id: string, words: string[], members: Partial<TermRule> = {}): TermRule => ({
  id,
  words,
  severity: 'warn',
  reason: 'Because',
  ...members,
});
const found = (findings: readonly Finding[]) => findings.map(({ check, passage }) => [check, passage?.text ?? null]);

test('a plain text gives no finding', () => {
  expect(runChecks(inputOf('Hello Ann,\n\n\tyour parcel is on its way. 🙂'))).toEqual([]);
});

describe('an empty text', () => {
  test.each(['', ' ', '\n \t\n'])('is blocked: %j', (text) => {
    expect(runChecks(inputOf(text)).map(({ id, severity }) => [id, severity])).toEqual([['empty', 'block']]);
  });

  test('is one whose slots are all that it has, and empty', () => {
    const document: Document = { lines: [[{ type: 'slot', slot: 'name', value: ' ' }]] };
    expect(runChecks(inputOf(document)).map(({ id }) => id)).toEqual(['empty', 'slot:name']);
  });
});

describe('a text that is too long', () => {
  test('is blocked, with the number of characters that are over', () => {
    const findings = runChecks(inputOf('x', { measure: { graphemes: 312, bytes: 312, fits: false } }));
    expect(findings).toMatchObject([
      { id: 'length', severity: 'block', message: 'tooManyCharacters', values: { over: 12, limit: 300 } },
    ]);
  });

  test('is blocked by bytes where its characters fit', () => {
    const findings = runChecks(inputOf('x', { measure: { graphemes: 300, bytes: 3_500, fits: false } }));
    expect(findings).toMatchObject([{ message: 'tooManyBytes', values: { over: 500, limit: 3_000 } }]);
  });

  test('is judged by the channel, not by the limits', () => {
    expect(runChecks(inputOf('x', { measure: { graphemes: 999, bytes: 1, fits: true } }))).toEqual([]);
  });
});

test('every empty slot blocks, each once', () => {
  const slot = (name: string, value: string) => ({ type: 'slot' as const, slot: name, value });
  const document: Document = {
    lines: [
      [slot('name', 'Ann'), slot('order', '')],
      [slot('order', ''), slot('date', '\n'), { type: 'text', text: '.' }],
    ],
  };
  expect(runChecks(inputOf(document)).map(({ id, severity, values }) => [id, severity, values])).toEqual([
    ['slot:order', 'block', { slot: 'order' }],
    ['slot:date', 'block', { slot: 'date' }],
  ]);
});

describe('watched wording', () => {
  test('is found with its rule, its reason and the better wording', () => {
    const policy = policyWith(term('L-4', ['guarantee'], { severity: 'block', suggestion: 'aim' }));
    expect(runChecks(inputOf('  We Guarantee it.', { policy }))).toEqual([
      {
        id: expect.stringContaining('L-4') as unknown,
        check: 'terms',
        severity: 'block',
        passage: { from: 3, to: 12, text: 'Guarantee' },
        rule: 'L-4',
        message: 'term',
        values: { words: 'Guarantee', reason: 'Because' },
        suggestion: 'aim',
      },
    ]);
  });

  test.each([
    ['in every language without any', undefined, true],
    ['in a language and its regions', ['en'], true],
    ['in each of several languages', ['de', 'en'], true],
    ['in the language of another region', ['en-US'], true],
    ['in none of the other languages', ['de', 'fr'], false],
  ])('is looked for %s', (_, languages, isFound) => {
    const policy = policyWith(term('L-1', ['gift'], languages ? { languages } : {}));
    expect(runChecks(inputOf('a gift', { policy })).length > 0).toBe(isFound);
  });

  test('is found in what was filled into a slot, and across its edge', () => {
    const document: Document = {
      lines: [
        [
          { type: 'text', text: 'money ' },
          { type: 'slot', slot: 'what', value: 'back now' },
        ],
      ],
    };
    const policy = policyWith(term('L-1', ['money back']));
    expect(found(runChecks(inputOf(document, { policy })))).toEqual([['terms', 'money back']]);
  });

  test('is found in a text of another Unicode form', () => {
    const policy = policyWith(term('L-1', ['crédit']));
    expect(runChecks(inputOf('un cre\u0301dit', { policy }))).toHaveLength(1);
  });

  test('gives findings with names of their own, though words of one rule stand at one place', () => {
    const policy = policyWith(term('L-1', ['money', 'money back', 'back']));
    const ids = runChecks(inputOf('money back', { policy })).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });
});

test('two spellings of one phrase in a rule give one finding', () => {
  const policy = policyWith(term('L-1', ['Money', 'money']), term('L-2', ['money']));
  expect(runChecks(inputOf('money', { policy })).map(({ rule }) => rule)).toEqual(['L-1', 'L-2']);
});

describe('hidden characters', () => {
  test.each([
    ['a zero-width space', '\u200b'],
    ['a word joiner', '\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['a Mongolian vowel separator', '\u180e'],
    ['a left-to-right embedding', '\u202a'],
    ['a right-to-left embedding', '\u202b'],
    ['the end of an embedding', '\u202c'],
    ['a left-to-right override', '\u202d'],
    ['a right-to-left override', '\u202e'],
    ['a left-to-right isolate', '\u2066'],
    ['a right-to-left isolate', '\u2067'],
    ['a first-strong isolate', '\u2068'],
    ['the end of an isolate', '\u2069'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a bell', '\u0007'],
    ['an escape', '\u001b'],
    ['a NUL', '\u0000'],
    ['a carriage return', '\r'],
    ['a C1 control', '\u0085'],
    ['a language tag', '\u{e0001}'],
    ['a tag letter without a flag', '\u{e0041}'],
    ['the end of a tag without a flag', '\u{e007f}'],
    ['an invisible times sign', '\u2062'],
    ['an invisible plus', '\u2064'],
    ['a deprecated format character', '\u206f'],
    ['a Hangul filler', '\u3164'],
    ['a half-width Hangul filler', '\uffa0'],
    ['a Hangul initial filler', '\u115f'],
    ['an interlinear annotation anchor', '\ufff9'],
    ['an invisible musical sign', '\u{1d173}'],
  ])('%s is blocked, and offered to be taken out', (_, character) => {
    const document: Document = { lines: [[{ type: 'text', text: `a${character}b` }]] };
    const findings = runChecks(inputOf(document));
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    expect(findings).toEqual([
      {
        id: 'character:1',
        check: 'characters',
        severity: 'block',
        passage: { from: 1, to: 1 + character.length, text: character },
        rule: null,
        message: 'hiddenCharacter',
        values: { code },
        suggestion: '',
      },
    ]);
  });

  test.each([
    ['line ends and tabs', 'one\n\n\ttwo'],
    ['a family joined by joiners', '👨‍👩‍👧‍👦'],
    ['a heart with its variation selector', '❤️ and ☎︎'],
    ['a skin tone', '👋🏽'],
    ['a national flag', '🇩🇪'],
    ['the flag of England', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
    ['the flag of Scotland twice', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'.repeat(2)],
    ['Persian with its non-joiner', 'می‌خواهم'],
    ['Hindi with a joiner', 'क्‍ष'],
    ['accents that stand apart', 'cafe\u0301'],
    ['Arabic', 'نحن آسفون'],
    ['a no-break space', '10\u00a0000\u202f€'],
  ])('%s are none', (_, text) => {
    expect(runChecks(inputOf(text))).toEqual([]);
  });

  test('cannot hide behind a flag', () => {
    const hidden = [...'call 0900 12345']
      .map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)))
      .join('');
    expect(runChecks(inputOf(`Hello 🏴${hidden}\u{e007f}`)).some(isBlocking)).toBe(true);
  });

  test.each([
    ['selectors behind a letter', `a\ufe01\u{e0141}\ufe0fb`, ['\u{e0141}', '\ufe0f']],
    ['a selector that an emoji has already', '❤\ufe0f\ufe0f', ['\ufe0f']],
  ])('cannot be written in a run of %s', (_, text, places) => {
    expect(found(runChecks(inputOf(text)))).toEqual(places.map((place) => ['characters', place]));
  });

  test('are found beside a flag', () => {
    const flag = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
    expect(found(runChecks(inputOf(`${flag}\u200b${flag}`)))).toEqual([['characters', '\u200b']]);
  });
});

describe('findings', () => {
  const everything = inputOf(
    {
      lines: [
        [
          { type: 'text', text: 'We guarantee\u200b it, ' },
          { type: 'slot', slot: 'name', value: '' },
        ],
      ],
    },
    { policy: policyWith(term('L-1', ['guarantee'])), measure: { graphemes: 301, bytes: 9, fits: false } },
  );

  test('come in one order, and are the same for the same input', () => {
    const findings = runChecks(everything);
    expect(findings.map(({ check }) => check)).toEqual(['slots', 'length', 'terms', 'characters']);
    expect(runChecks(everything)).toEqual(findings);
  });

  test('are what the contract promises', () => {
    for (const finding of runChecks(everything)) expect(findingSchema.safeParse(finding).error).toBeUndefined();
    expect(Object.keys(CHECKS).sort()).toEqual([...findingSchema.shape.check.options].sort());
  });

  test('block by their severity alone', () => {
    expect(
      runChecks(everything)
        .filter(isBlocking)
        .map(({ check }) => check),
    ).toEqual(['slots', 'length', 'characters']);
  });
});
