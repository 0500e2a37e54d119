/** Scripts that write words without spaces, in which a word has no boundary to look for. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const patternOf = (phrase: string): RegExp => {
  const words = phrase.trim().normalize('NFC').split(/\s+/u).map(escape).join('\\s+');
  return UNSPACED.test(phrase)
    ? new RegExp(words, 'giu')
    : new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'giu');
};

const patterns = new Map<string, RegExp>();

const cachedPattern = (phrase: string): RegExp => {
  const known = patterns.get(phrase);
  if (known) return known;
  if (patterns.size > 5_000) patterns.clear();
  const pattern = patternOf(phrase);
  patterns.set(phrase, pattern);
  return pattern;
};

/** A place in a text, in UTF-16 units, `to` not included. */
export interface Passage {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Where a word or phrase stands in a text: whole words, whatever the case and the white space between.
 * Precondition: `text` is in Unicode normal form C where it matters to the caller; places are in the text as given.
 */
export const findPhrase = (text: string, phrase: string): Passage[] => {
  const found: Passage[] = [];
  for (const match of text.matchAll(cachedPattern(phrase))) {
    found.push({ from: match.index, to: match.index + match[0].length, text: match[0] });
  }
  return found;
};

/** The first of the phrases that stands in the text. */
export const firstPhraseIn = (text: string, phrases: readonly string[]): string | null =>
  phrases.find((phrase) => findPhrase(text, phrase).length > 0) ?? null;
