import { graphemesOf } from '../content/words.ts';

/** A text in the form in which wording is looked for, and the way back to the text as it was given. */
export interface FoldedText {
  readonly text: string;
  /** The place in the given text, in UTF-16 units, of a place in the folded one; never an empty place for a full one. */
  readonly placeOf: (from: number, to: number) => readonly [from: number, to: number];
}

/** What a reader cannot see, but for fillers, which are letters and leave a gap. */
const UNSEEN = /(?!\p{L})\p{Default_Ignorable_Code_Point}/gu;

const fold = (text: string): string => text.normalize('NFC').replace(UNSEEN, '');

/**
 * Unicode normal form C without characters that cannot be seen, so that neither another spelling of an accent nor a
 * joiner within a word hides it (UAX #15, UAX #29: no cluster of characters is composed with its neighbour).
 */
export const foldText = (source: string): FoldedText => {
  if (fold(source) === source) return { text: source, placeOf: (from, to) => [from, to] };
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { segment, index } of graphemesOf(source)) {
    const folded = fold(segment);
    // A cluster that stays as it is keeps its inner places; of a changed one only the whole can be pointed at.
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(folded === segment ? index + unit : index);
      ends.push(folded === segment ? index + unit + 1 : index + segment.length);
    }
    text += folded;
  }
  return { text, placeOf: (from, to) => [starts[from] ?? source.length, ends[to - 1] ?? source.length] };
};
