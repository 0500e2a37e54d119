import type { Document } from '../content/document.ts';
import { wordsOf } from '../content/words.ts';
import type { TemplateContent } from './template.ts';

/** How far a text is from its template (DESIGN.md, Terms). */
export interface Deviation {
  /** Words that differ outside slot values: word-level edit distance. */
  readonly distance: number;
  /** Words of the template outside its slots. */
  readonly words: number;
}

/** A slot stands as one token that no word can equal: no word begins with NUL. */
const slotToken = (name: string): string => `\u0000${name}`;

const tokensOfTemplate = ({ body }: TemplateContent): string[] =>
  body.flatMap((line) =>
    line.flatMap((inline) => (inline.type === 'text' ? wordsOf(inline.text) : [slotToken(inline.slot)])),
  );

/** Only approved places are free: a slot that the template does not have, or not so often, counts by its words. */
const tokensOfDocument = ({ lines }: Document, template: readonly string[]): string[] => {
  const places = [...template];
  return lines.flat().flatMap((inline) => {
    if (inline.type === 'text') return wordsOf(inline.text);
    const place = places.indexOf(slotToken(inline.slot));
    if (place < 0) return wordsOf(inline.value);
    places.splice(place, 1);
    return [slotToken(inline.slot)];
  });
};

/** Levenshtein distance over tokens: insert, remove and replace cost 1. Two rows of memory. */
export const editDistance = (from: readonly string[], to: readonly string[]): number => {
  let previous = Uint32Array.from({ length: to.length + 1 }, (_, index) => index);
  let current = new Uint32Array(to.length + 1);
  for (const [row, token] of from.entries()) {
    current[0] = row + 1;
    for (let column = 1; column <= to.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (to[column - 1] === token ? 0 : 1);
      const remove = (previous[column] ?? 0) + 1;
      const insert = (current[column - 1] ?? 0) + 1;
      current[column] = Math.min(replace, remove, insert);
    }
    [previous, current] = [current, previous];
  }
  return previous[to.length] ?? 0;
};

export const deviationFrom = (template: TemplateContent, document: Document): Deviation => {
  const wanted = tokensOfTemplate(template);
  return {
    distance: editDistance(wanted, tokensOfDocument(document, wanted)),
    words: wanted.filter((token) => !token.startsWith('\u0000')).length,
  };
};

/** Percent for people: rounded, but never to 0 while something differs. */
export const deviationPercent = ({ distance, words }: Deviation): number =>
  distance === 0 ? 0 : Math.max(1, Math.round((distance * 100) / Math.max(1, words)));

/** Exact, in whole numbers: whether the deviation is more than a limit in percent. */
export const isOverPercent = ({ distance, words }: Deviation, limit: number): boolean =>
  distance * 100 > limit * Math.max(1, words);
