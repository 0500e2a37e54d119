import { z } from 'zod';

/** Longest text that any field of the desk takes; a channel's own limit is far below. */
export const MAX_TEXT = 100_000;

/** Longest value of a slot. */
export const MAX_SLOT_VALUE = 2_000;

export const slotNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

const wellFormed = (text: string): boolean => text.isWellFormed();

export const inlineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(MAX_TEXT).refine(wellFormed) }),
  z.strictObject({
    type: z.literal('slot'),
    slot: slotNameSchema,
    value: z.string().max(MAX_SLOT_VALUE).refine(wellFormed),
  }),
]);
export type Inline = z.infer<typeof inlineSchema>;

/**
 * What an author writes: lines of plain text and filled slots. Emphasis and the like do not exist, because no channel
 * would show them; links, mentions and tags are what the channel finds in the text.
 */
export const documentSchema = z.strictObject({
  lines: z.array(z.array(inlineSchema).max(2_000)).max(5_000),
});
export type Document = z.infer<typeof documentSchema>;

export const emptyDocument = (): Document => ({ lines: [[]] });

/** The document of a plain text without slots. */
export const documentOfText = (text: string): Document => ({
  lines: text.split(/\r\n|\r|\n/).map((line) => (line === '' ? [] : [{ type: 'text', text: line }])),
});

const inlineText = (inline: Inline): string => (inline.type === 'text' ? inline.text : inline.value);

/**
 * The text as the public would read it: lines joined by LF, without the white space at the ends of the whole, which no
 * channel keeps and which nobody could see when approving it.
 */
export const textOf = (document: Document): string =>
  document.lines
    .map((line) => line.map(inlineText).join(''))
    .join('\n')
    .trim();

/** Names of slots that have no value yet, each once, in order. */
export const emptySlotsOf = (document: Document): string[] => [
  ...new Set(
    document.lines
      .flat()
      .flatMap((inline) => (inline.type === 'slot' && inline.value.trim() === '' ? [inline.slot] : [])),
  ),
];

/** Slots in order of appearance, with their values. */
export const slotsOf = (document: Document): { slot: string; value: string }[] =>
  document.lines
    .flat()
    .flatMap((inline) => (inline.type === 'slot' ? [{ slot: inline.slot, value: inline.value }] : []));
