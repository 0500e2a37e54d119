import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countChanges, diffTexts, type DiffPart } from '#renderer/reply/compare/word-diff.ts';

const shown = (parts: readonly DiffPart[]): string =>
  parts.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`)).join('');

const side = (parts: readonly DiffPart[], left: 'added' | 'removed'): string =>
  parts
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('');

const words = fc
  .array(fc.constantFrom('we', 'refund', 'you', ' ', ' ', '\n', ',', '.', 'זיכוי', '👩‍👧', 'é'), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('the difference of two texts', () => {
  test('loses nothing: without what was added it is the older text, without what was removed the newer', () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        const parts = diffTexts(before, after);
        expect(side(parts, 'added')).toBe(before);
        expect(side(parts, 'removed')).toBe(after);
      }),
    );
  });

  test('reads as phrases: words changed in a row are one change, with the white space between them', () => {
    expect(shown(diffTexts('that only we have is strange', 'that only our app has is odd'))).toBe(
      'that only -we have-+our app has+ is -strange-+odd+',
    );
  });

  test('leaves white space alone where words were only added or only removed', () => {
    expect(shown(diffTexts('a refund', 'a full refund'))).toMatch(/^a \+full ?\+ ?refund$/);
    expect(side(diffTexts('one\ntwo', 'one\nthree'), 'added')).toBe('one\ntwo');
    expect(shown(diffTexts('one\ntwo', 'six\nten'))).toBe('-one-+six+\n-two-+ten+');
  });

  test('counts words, not marks', () => {
    expect(countChanges(diffTexts('We refund you.', 'We refund you, all of it!'))).toEqual({ added: 3, removed: 0 });
  });
});
