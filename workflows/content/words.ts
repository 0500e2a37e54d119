const segmenters = new Map<string, Intl.Segmenter>();

const segmenterOf = (granularity: 'word' | 'grapheme'): Intl.Segmenter => {
  const known = segmenters.get(granularity);
  if (known) return known;
  const segmenter = new Intl.Segmenter('und', { granularity });
  segmenters.set(granularity, segmenter);
  return segmenter;
};

/** The words of a text in order, punctuation and white space left out (Unicode UAX #29). */
export const wordsOf = (text: string): string[] => {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenterOf('word').segment(text.normalize('NFC'))) {
    if (isWordLike) words.push(segment);
  }
  return words;
};

/** Characters as a reader sees them (grapheme clusters, Unicode UAX #29), each with its place in UTF-16 units. */
export const graphemesOf = (text: string): Iterable<{ readonly segment: string; readonly index: number }> =>
  segmenterOf('grapheme').segment(text);

/** How many characters a reader counts. */
export const countGraphemes = (text: string): number => {
  let count = 0;
  for (const _ of segmenterOf('grapheme').segment(text)) count += 1;
  return count;
};

/** The first `count` grapheme clusters of a text, with an ellipsis where it was cut. */
export const firstGraphemes = (text: string, count: number): string => {
  let index = 0;
  for (const { index: start } of segmenterOf('grapheme').segment(text)) {
    if (index === count) return `${text.slice(0, start).trimEnd()}…`;
    index += 1;
  }
  return text;
};
