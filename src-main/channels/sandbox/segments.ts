import type { PreviewSegment } from '#workflows/channel/channel.ts';

/** Addresses, @handles and #tags, as most networks find them in a text. */
const MARKS =
  /(?<link>\bhttps?:\/\/[^\s<>"]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|example|test|de|fr|uk|eu)\/[^\s<>"]*)|(?<mention>(?<![\p{L}\p{N}_])@[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?)|(?<tag>(?<![\p{L}\p{N}_#])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/giu;

/** Punctuation that ends a sentence, not an address. */
const TRAILING = /[.,;:!?…'"”’»]+$|(?<!\([^)]*)\)+$/u;

const plain = (text: string): PreviewSegment[] => (text === '' ? [] : [{ kind: 'text', text, href: null }]);

/** A text in the pieces in which it is shown. Their texts joined are the text. */
export const segmentsOf = (text: string): PreviewSegment[] => {
  const segments: PreviewSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const { link, mention } = match.groups ?? {};
    const mark = link === undefined ? match[0] : match[0].replace(TRAILING, '');
    segments.push(...plain(text.slice(end, match.index)));
    if (link !== undefined) {
      segments.push({ kind: 'link', text: mark, href: /^https?:/i.test(mark) ? mark : `https://${mark}` });
    } else if (mention !== undefined) {
      segments.push({ kind: 'mention', text: mark, href: `practice://people/${mark.slice(1)}` });
    } else {
      segments.push({ kind: 'tag', text: mark, href: `practice://tags/${mark.slice(1)}` });
    }
    end = match.index + mark.length;
  }
  segments.push(...plain(text.slice(end)));
  return segments;
};
