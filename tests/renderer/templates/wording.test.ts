import { describe, expect, test } from 'vitest';
import { parseBody } from '#workflows/template/body.ts';
import { bodyOf, documentOf, slotsIn, unknownSlotsIn } from '#renderer/templates/wording.ts';

const KNOWN = new Set(['name', 'date']);

describe('a wording that is edited', () => {
  test('comes back as the same body when nothing is changed', () => {
    const body = parseBody('Hello {{name}},\n\nsee you on {{date}}.');
    expect(bodyOf(documentOf(body), KNOWN)).toEqual(body);
  });

  test('takes a described slot that was typed in double braces as a slot, and leaves any other as text', () => {
    const body = bodyOf({ lines: [[{ type: 'text', text: 'Hello {{name}} and {{nobody}}' }]] }, KNOWN);
    expect(body).toEqual([
      [
        { type: 'text', text: 'Hello ' },
        { type: 'slot', slot: 'name' },
        { type: 'text', text: ' and {{nobody}}' },
      ],
    ]);
    expect(unknownSlotsIn(body)).toEqual(['nobody']);
    expect([...slotsIn(body)]).toEqual(['name']);
  });

  test('joins texts that the editor cut, so that its fingerprint stays', () => {
    const lines = [
      [
        { type: 'text' as const, text: 'Hel' },
        { type: 'text' as const, text: 'lo' },
      ],
    ];
    expect(bodyOf({ lines }, KNOWN)).toEqual([[{ type: 'text', text: 'Hello' }]]);
  });

  test('loses empty lines at both ends, and keeps those within', () => {
    const text = (line: string) => (line === '' ? [] : [{ type: 'text' as const, text: line }]);
    const lines = ['', ' ', 'one', '', 'two', ''].map(text);
    expect(bodyOf({ lines }, KNOWN)).toEqual([text('one'), [], text('two')]);
  });
});
