import type { Document } from '#workflows/content/document.ts';

/** The text of a document as the public would read it; the same rule as the core's, without its schemas. */
export const plainText = (document: Document): string =>
  document.lines
    .map((line) => line.map((inline) => (inline.type === 'text' ? inline.text : inline.value)).join(''))
    .join('\n')
    .trim();

/** How many UTF-16 units of white space stand before the first character that is sent. */
export const leadingSpace = (document: Document): number => {
  const whole = document.lines
    .map((line) => line.map((inline) => (inline.type === 'text' ? inline.text : inline.value)).join(''))
    .join('\n');
  return whole.length - whole.trimStart().length;
};
