import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentSchema, emptySlotsOf, textOf } from '#workflows/content/document.ts';
import {
  documentFromTemplate,
  formatBody,
  parseBody,
  SLOT_TYPES,
  templateContentSchema,
  templateHashOf,
  type BodyInline,
  type TemplateContent,
} from '#workflows/template/template.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

const NAME_SLOT = { name: 'name', type: 'name', prompt: 'First name', example: 'Ann' } as const;
const TEMPLATE: TemplateContent = {
  name: 'Late parcel',
  language: 'en',
  body: [
    [
      { type: 'text', text: 'Hi ' },
      { type: 'slot', slot: 'name' },
    ],
    [],
    [{ type: 'text', text: 'Sorry.' }],
  ],
  slots: [NAME_SLOT],
  channels: null,
  validUntil: null,
};
const accepts = (change: object): boolean => templateContentSchema.safeParse({ ...TEMPLATE, ...change }).success;

describe('a body written as text', () => {
  test.each<[string, BodyInline[][]]>([
    ['', [[]]],
    ['Hello', [[{ type: 'text', text: 'Hello' }]]],
    ['{{name}}', [[{ type: 'slot', slot: 'name' }]]],
    ['{{ name }}', [[{ type: 'slot', slot: 'name' }]]],
    [
      'a{{b}}c',
      [
        [
          { type: 'text', text: 'a' },
          { type: 'slot', slot: 'b' },
          { type: 'text', text: 'c' },
        ],
      ],
    ],
    [
      '{{a}}{{b}}',
      [
        [
          { type: 'slot', slot: 'a' },
          { type: 'slot', slot: 'b' },
        ],
      ],
    ],
    [
      'one\r\ntwo\rthree\n',
      [[{ type: 'text', text: 'one' }], [{ type: 'text', text: 'two' }], [{ type: 'text', text: 'three' }], []],
    ],
    ['{{Name}} {{1}} {{}} {name}', [[{ type: 'text', text: '{{Name}} {{1}} {{}} {name}' }]]],
    [
      '{{{a}}}',
      [
        [
          { type: 'text', text: '{' },
          { type: 'slot', slot: 'a' },
          { type: 'text', text: '}' },
        ],
      ],
    ],
    ['{{a\n}}', [[{ type: 'text', text: '{{a' }], [{ type: 'text', text: '}}' }]]],
  ])('%j is read as its pieces', (source, body) => {
    expect(parseBody(source)).toEqual(body);
  });

  test('is written as it was read, slot marks without the blanks in them', () => {
    const source = fc
      .array(
        fc.oneof(fc.constantFrom('{{', '}}', '{', '}', 'a', 'b-1', ' ', '\n', '{{name}}', '{{ name }}'), fc.string()),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(source, (text) => {
        const written = formatBody(parseBody(text));
        const plain = text
          .replace(/\r\n|\r/g, '\n')
          .replace(/\{\{[^\S\n]*([a-z][a-z0-9-]{0,39})[^\S\n]*\}\}/g, '{{$1}}');
        expect(written).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps every body that it could have been read from', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('{', '}', '{{', '}}', 'x', ' ', 'é', '👋🏽', '{{A}}'), fc.string()), {
        minLength: 1,
      })
      .map((parts) => parts.join('').replace(/[\r\n]/g, ' '))
      .filter((written) => written !== '' && !/\{\{\s*[a-z][a-z0-9-]{0,39}\s*\}\}/.test(written))
      .map((written): BodyInline => ({ type: 'text', text: written }));
    const slot = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/).map((name): BodyInline => ({ type: 'slot', slot: name }));
    // Two pieces of text side by side are one piece.
    const line = fc
      .array(fc.oneof(text, slot), { maxLength: 6 })
      .map((inlines) => inlines.filter(({ type }, index) => type === 'slot' || inlines[index - 1]?.type !== 'text'));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (body) => {
        expect(parseBody(formatBody(body))).toEqual(body);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a template', () => {
  test('that is well-formed is one that the journal takes', () => {
    expect(accepts({})).toBe(true);
    for (const type of SLOT_TYPES) expect(accepts({ slots: [{ ...NAME_SLOT, type }] })).toBe(true);
  });

  test.each([
    ['a slot in its body that is not described', { slots: [] }],
    ['two slots of one name', { slots: [NAME_SLOT, { ...NAME_SLOT, type: 'text' }] }],
    ['a slot of an unknown type', { slots: [{ ...NAME_SLOT, type: 'secret' }] }],
    ['a slot whose name could not be written in the body', { slots: [{ ...NAME_SLOT, name: 'First name' }] }],
    ['no line', { body: [] }],
    ['an empty piece of text', { body: [[{ type: 'text', text: '' }]] }],
    ['a slot with a value in its body', { body: [[{ type: 'slot', slot: 'name', value: 'Ann' }]] }],
    ['no name', { name: '' }],
    ['a time that is none', { validUntil: '2026-02-30T00:00:00.000Z' }],
  ])('cannot have %s', (_, change) => {
    expect(accepts(change)).toBe(false);
  });

  test('gives a document with its text and its slots empty', () => {
    const document = documentFromTemplate(TEMPLATE);
    expect(documentSchema.safeParse(document).success).toBe(true);
    expect(textOf(document)).toBe('Hi \n\nSorry.');
    expect(emptySlotsOf(document)).toEqual(['name']);
  });

  test('has the SHA-256 of its RFC 8785 text for a hash', () => {
    const literal =
      '{"body":[[{"text":"Hi ","type":"text"},{"slot":"name","type":"slot"}],[],[{"text":"Sorry.","type":"text"}]],' +
      '"channels":null,"language":"en","name":"Late parcel",' +
      '"slots":[{"example":"Ann","name":"name","prompt":"First name","type":"name"}],"validUntil":null}';
    expect(templateHashOf(TEMPLATE, { sha256 })).toBe(createHash('sha256').update(literal).digest('hex'));
  });
});
