import { foldText, type FoldedText } from './fold-text.ts';

/** Scripts that write words without spaces, in which a word has no boundary to look for. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A mark belongs to the letter before it and makes it another one. So many are looked at; no script writes more. */
const AFTER_NO_WORD = '(?<![\\p{L}\\p{N}]\\p{M}{0,8})';
const BEFORE_NO_WORD = '(?![\\p{L}\\p{N}\\p{M}])';
const BEFORE_NO_MARK = '(?!\\p{M})';

/** `null` for a phrase in which nothing can be seen: it would stand everywhere. */
const patternOf = (phrase: string): RegExp | null => {
  const words = foldText(phrase).text.trim();
  if (words === '') return null;
  const pattern = words.split(/\s+/u).map(escape).join('\\s+');
  return new RegExp(
    UNSPACED.test(words) ? `${pattern}${BEFORE_NO_MARK}` : `${AFTER_NO_WORD}${pattern}${BEFORE_NO_WORD}`,
    'giu',
  );
};

const patterns = new Map<string, RegExp | null>();

const cachedPattern = (phrase: string): RegExp | null => {
  const known = patterns.get(phrase);
  if (known !== undefined) return known;
  if (patterns.size > 5_000) patterns.clear();
  const pattern = patternOf(phrase);
  patterns.set(phrase, pattern);
  return pattern;
};

/** The text of the last question: a policy asks for hundreds of phrases in one text. */
let lastFolded: { readonly source: string; readonly folded: FoldedText } | null = null;

const foldOnce = (source: string): FoldedText => {
  if (lastFolded?.source !== source) lastFolded = { source, folded: foldText(source) };
  return lastFolded.folded;
};

/** A place in a text, in UTF-16 units, `to` not included. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Where a word or phrase stands in a text: whole words, whatever the case, the white space between, the Unicode form and
 * characters that cannot be seen. Places are in the text as given.
 */
export const findPhrase = (text: string, phrase: string): Passage[] => {
  const pattern = cachedPattern(phrase);
  if (!pattern) return [];
  const folded = foldOnce(text);
  return [...folded.text.matchAll(pattern)].map((match) => {
    const [from, to] = folded.placeOf(match.index, match.index + match[0].length);
    return { from, to, text: text.slice(from, to) };
  });
};

/** The first of the phrases that stands in the text. */
export const firstPhraseIn = (text: string, phrases: readonly string[]): string | null =>
  phrases.find((phrase) => findPhrase(text, phrase).length > 0) ?? null;
