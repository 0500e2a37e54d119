import type { BodyInline } from './template.ts';

const SLOT_MARK = /\{\{\s*([a-z][a-z0-9-]{0,39})\s*\}\}/g;

/** A body written as text with `{{slot}}` marks, one array per line. */
export const parseBody = (source: string): BodyInline[][] =>
  source.split(/\r\n|\r|\n/).map((line) => {
    const inlines: BodyInline[] = [];
    let end = 0;
    for (const match of line.matchAll(SLOT_MARK)) {
      if (match.index > end) inlines.push({ type: 'text', text: line.slice(end, match.index) });
      inlines.push({ type: 'slot', slot: match[1] ?? '' });
      end = match.index + match[0].length;
    }
    if (end < line.length) inlines.push({ type: 'text', text: line.slice(end) });
    return inlines;
  });

/** The inverse of {@link parseBody}. */
export const formatBody = (body: readonly (readonly BodyInline[])[]): string =>
  body
    .map((line) => line.map((inline) => (inline.type === 'text' ? inline.text : `{{${inline.slot}}}`)).join(''))
    .join('\n');
