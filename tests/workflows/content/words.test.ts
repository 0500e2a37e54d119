import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameLanguage, primaryLanguage } from '#workflows/content/language.ts';
import { countGraphemes, firstGraphemes, wordsOf } from '#workflows/content/words.ts';

describe('the words of a text', () => {
  test.each([
    ['Hello, world!', ['Hello', 'world']],
    ['don’t stop', ['don’t', 'stop']],
    ['3.5 kg at 10:30', ['3.5', 'kg', 'at', '10', '30']],
    ['money-back', ['money', 'back']],
    ['Straße und Gru\u0308ße', ['Straße', 'und', 'Grüße']],
    ['نحن آسفون', ['نحن', 'آسفون']],
    ['我们很抱歉', ['我们', '很', '抱歉']],
    ['👋🏽 … — !', []],
    ['', []],
    [' \n\t ', []],
  ])('%j are its words', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('characters', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['e\u0301', 1],
    ['👨‍👩‍👧‍👦', 1],
    ['🇩🇪🇫🇷', 2],
    ['👋🏽', 1],
    ['क्षि', 1],
    ['\r\n', 1],
  ])('of %j are counted as a reader counts them', (text, count) => {
    expect(countGraphemes(text)).toBe(count);
  });

  test.each([
    ['abcdef', 3, 'abc…'],
    ['abc', 3, 'abc'],
    ['ab cd', 3, 'ab…'],
    ['👨‍👩‍👧‍👦👋🏽x', 2, '👨‍👩‍👧‍👦👋🏽…'],
    ['abc', 0, '…'],
    ['', 5, ''],
  ])('of %j, the first %i are %j', (text, count, expected) => {
    expect(firstGraphemes(text, count)).toBe(expected);
  });

  test('are never cut in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(10), (text, count) => {
        const first = firstGraphemes(text, count);
        expect(first === text || text.startsWith(first.slice(0, -1))).toBe(true);
        expect(first.isWellFormed()).toBe(true);
        expect(countGraphemes(first)).toBeLessThanOrEqual(Math.max(countGraphemes(text), count + 1));
      }),
    );
  });
});

describe('languages', () => {
  test.each([
    ['de', 'de-AT', true],
    ['DE', 'de', true],
    [' de', 'de ', true],
    ['zh-Hant', 'zh-Hans', true],
    ['de', 'nl', false],
    ['en', 'eng', false],
    ['', '', true],
  ])('%j and %j are one or not', (one, other, same) => {
    expect(isSameLanguage(one, other)).toBe(same);
  });

  test('have a primary subtag in small letters', () => {
    expect(primaryLanguage('DE-at')).toBe('de');
  });
});
