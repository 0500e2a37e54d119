import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, Inline } from '#workflows/content/document.ts';
import { deviationFrom, deviationPercent, editDistance, isOverPercent } from '#workflows/template/deviation.ts';
import { documentFromTemplate, parseBody, type TemplateContent } from '#workflows/template/template.ts';
import { slowEditDistance } from './slow-distance.ts';

const templateOf = (source: string): TemplateContent => ({
  name: 'Test',
  language: 'en',
  body: parseBody(source),
  slots: [],
  channels: null,
  validUntil: null,
});

/** A piece of a line, in which `{{slot=value}}` is a filled slot. */
const inlineOf = (piece: string): Inline[] => {
  const [, slot, value] = /^\{\{([a-z-]+)=([^}]*)\}\}$/.exec(piece) ?? [];
  if (slot !== undefined && value !== undefined) return [{ type: 'slot', slot, value }];
  return piece === '' ? [] : [{ type: 'text', text: piece }];
};

const documentOf = (source: string): Document => ({
  lines: source.split('\n').map((line) => line.split(/(\{\{[^}]*\}\})/).flatMap(inlineOf)),
});

const deviation = (template: string, text: string) => deviationFrom(templateOf(template), documentOf(text));

describe('the edit distance', () => {
  const tokens = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 7 });

  test('is what the slow definition says', () => {
    fc.assert(
      fc.property(tokens, tokens, (from, to) => {
        expect(editDistance(from, to)).toBe(slowEditDistance(from, to));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [['a', 'b', 'c'], ['a', 'b', 'c'], 0],
    [[], ['a', 'b'], 2],
    [['a', 'b'], [], 2],
    [['k', 'i', 't', 't', 'e', 'n'], ['s', 'i', 't', 't', 'i', 'n', 'g'], 3],
  ])('from %j to %j is %i', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  test('is the same both ways', () => {
    fc.assert(
      fc.property(tokens, tokens, (from, to) => {
        expect(editDistance(from, to)).toBe(editDistance(to, from));
      }),
    );
  });
});

describe('the deviation from a template', () => {
  test.each([
    ['nothing changed', 'We are sorry.', 'We are sorry.', 0, 3],
    ['punctuation and white space are no words', 'We are sorry.', '  We are\n\n sorry!', 0, 3],
    ['one word replaced', 'We are sorry.', 'We are happy.', 1, 3],
    ['one word put in', 'We are sorry.', 'We are very sorry.', 1, 3],
    ['one word taken out', 'We are sorry.', 'We sorry.', 1, 3],
    ['another case is another word', 'We are sorry.', 'we are sorry.', 1, 3],
    ['a slot’s value costs nothing', 'Dear {{name}}, hello', 'Dear {{name=Ann Marie van der Berg}}, hello', 0, 2],
    ['an empty slot costs nothing', 'Dear {{name}}, hello', 'Dear {{name=}}, hello', 0, 2],
    ['a slot taken out costs one', 'Dear {{name}}, hello', 'Dear hello', 1, 2],
    ['a word in a slot’s place costs one', 'Dear {{name}}, hello', 'Dear Ann, hello', 1, 2],
    ['another slot in its place costs one', 'Dear {{name}}, hello', 'Dear {{order=7}}, hello', 1, 2],
    ['a template of slots alone has no words', '{{name}}', '{{name=Ann}}', 0, 0],
    ['German compounds are one word', 'Die Versandkostenerstattung folgt', 'Die Versandkosten folgt', 1, 3],
    ['German umlauts in another Unicode form are the same', 'Grüße', 'Gru\u0308ße', 0, 1],
    ['Chinese is counted by the words that ICU finds', '我们很抱歉', '我们很高兴', 1, 3],
    ['Japanese likewise', 'ご連絡ありがとうございます', 'ご連絡ありがとうございます', 0, 3],
    ['Arabic words are told apart at their spaces', 'نحن آسفون جدا', 'نحن سعداء جدا', 1, 3],
    ['emoji are no words', 'Thank you', 'Thank you 🙏🏽', 0, 2],
    ['an apostrophe does not part a word', 'We don’t know', 'We do know', 1, 3],
  ])('%s', (_, template, text, distance, words) => {
    expect(deviation(template, text)).toMatchObject({ distance });
    if (!/[぀-ヿ]/.test(template)) expect(deviation(template, text)).toEqual({ distance, words });
  });

  test('of a fresh document is nothing', () => {
    const template = templateOf('Dear {{name}},\n\nwe are sorry about {{order}}.');
    expect(deviationFrom(template, documentFromTemplate(template)).distance).toBe(0);
  });

  test('counts the words of a slot that the template does not have: only approved places are free', () => {
    expect(
      deviation('We are sorry.', 'We are sorry. {{more=You will get all of your money back}}').distance,
    ).toBeGreaterThanOrEqual(8);
  });
});

test('a slot is free as often as the template has it, and counts by its words beyond that', () => {
  const template = templateOf('Dear {{name}}, sorry.');
  const once = documentOf('Dear {{name=Ann}}, sorry.');
  const twice = documentOf('Dear {{name=Ann}}, sorry. {{name=You get everything back}}');
  expect(deviationFrom(template, once).distance).toBe(0);
  expect(deviationFrom(template, twice).distance).toBe(4);
});

describe('a deviation in percent', () => {
  test.each([
    [0, 40, 0],
    [1, 1_000, 1],
    [1, 40, 3],
    [5, 40, 13],
    [40, 40, 100],
    [80, 40, 200],
    [1, 0, 100],
    [0, 0, 0],
  ])('%i of %i words is %i %%', (distance, words, percent) => {
    expect(deviationPercent({ distance, words })).toBe(percent);
  });

  test('is over a limit by exact count, not by what is shown', () => {
    expect(isOverPercent({ distance: 1, words: 1_000 }, 0)).toBe(true);
    expect(isOverPercent({ distance: 1, words: 1_000 }, 1)).toBe(false);
    expect(isOverPercent({ distance: 3, words: 20 }, 15)).toBe(false);
    expect(isOverPercent({ distance: 151, words: 1_000 }, 15)).toBe(true);
    expect(isOverPercent({ distance: 1, words: 0 }, 100)).toBe(false);
    expect(isOverPercent({ distance: 0, words: 10 }, 0)).toBe(false);
  });

  test('is never shown as nothing while something differs', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(5_000), (distance, words) => {
        expect(deviationPercent({ distance, words }) === 0).toBe(distance === 0);
      }),
    );
  });
});
