import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  documentOfText,
  documentSchema,
  emptyDocument,
  emptySlotsOf,
  inlineSchema,
  MAX_SLOT_VALUE,
  slotsOf,
  textOf,
  type Document,
  type Inline,
} from '#workflows/content/document.ts';

const text = (words: string): Inline => ({ type: 'text', text: words });
const slot = (name: string, value: string): Inline => ({ type: 'slot', slot: name, value });

const LETTER: Document = {
  lines: [
    [text('Dear '), slot('name', 'Ann'), text(',')],
    [],
    [text('order '), slot('order', ' '), slot('name', 'Ann')],
  ],
};

describe('the text of a document', () => {
  test('is what the public would read: lines joined, slots filled', () => {
    expect(textOf(LETTER)).toBe('Dear Ann,\n\norder  Ann');
  });

  test('has no white space at its ends, and keeps it within', () => {
    expect(textOf({ lines: [[], [text('  a  b ')], [text('\t')], []] })).toBe('a  b');
    expect(textOf(emptyDocument())).toBe('');
    expect(documentSchema.safeParse(emptyDocument()).success).toBe(true);
    expect(textOf({ lines: [] })).toBe('');
  });

  test('of a plain text is that text, whatever its line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', 'é', '{{x}}') }), (source) => {
        const document = documentOfText(source);
        expect(textOf(document)).toBe(source.replace(/\r\n|\r/g, '\n').trim());
        expect(documentSchema.safeParse(document).success).toBe(true);
      }),
    );
  });
});

describe('the slots of a document', () => {
  test('come in order with their values, each time that they stand there', () => {
    expect(slotsOf(LETTER)).toEqual([
      { slot: 'name', value: 'Ann' },
      { slot: 'order', value: ' ' },
      { slot: 'name', value: 'Ann' },
    ]);
  });

  test('are empty when white space is all they hold, and are named once', () => {
    expect(emptySlotsOf({ lines: [...LETTER.lines, [slot('order', ''), slot('date', '\u00a0')]] })).toEqual([
      'order',
      'date',
    ]);
    expect(emptySlotsOf(emptyDocument())).toEqual([]);
  });
});

describe('a piece of a line', () => {
  test.each<[string, unknown]>([
    ['text that is empty', { type: 'text', text: '' }],
    ['half a character', { type: 'text', text: '\ud83d' }],
    ['half a character in a slot', { type: 'slot', slot: 'name', value: '\udc00' }],
    ['a slot whose value is too long', { type: 'slot', slot: 'name', value: 'x'.repeat(MAX_SLOT_VALUE + 1) }],
    ['a slot without a name', { type: 'slot', slot: '', value: '' }],
    ['a slot named like no other', { type: 'slot', slot: 'Name', value: '' }],
    ['emphasis', { type: 'text', text: 'x', bold: true }],
    ['a picture', { type: 'image', source: 'x' }],
  ])('cannot be %s', (_, inline) => {
    expect(inlineSchema.safeParse(inline).success).toBe(false);
  });

  test('may be an empty slot, for a document is saved before it is finished', () => {
    expect(inlineSchema.safeParse(slot('name', '')).success).toBe(true);
  });
});
