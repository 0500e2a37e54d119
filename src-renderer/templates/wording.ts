import type { Document, Inline } from '#workflows/content/document.ts';
import { parseBody } from '#workflows/template/body.ts';
import type { BodyInline, TemplateContent } from '#workflows/template/template.ts';

type Body = TemplateContent['body'];

/** A body as a document in which each slot has a value that stands for it: its name, its example. */
export const documentOf = (body: Body, valueOf: (slot: string) => string = (slot) => slot): Document => ({
  lines: body.map((line) =>
    line.map((inline): Inline =>
      inline.type === 'text' ? inline : { type: 'slot', slot: inline.slot, value: valueOf(inline.slot) },
    ),
  ),
});

/** Slots of an edited document, and those that were typed as `{{name}}` and are described. */
const inlinesOf = (inline: Inline, known: ReadonlySet<string>): BodyInline[] => {
  if (inline.type === 'slot') return [{ type: 'slot', slot: inline.slot }];
  return (parseBody(inline.text)[0] ?? []).map((part) =>
    part.type === 'slot' && !known.has(part.slot) ? { type: 'text', text: `{{${part.slot}}}` } : part,
  );
};

/** Neighbouring texts are one: a text that was cut by the editor has the same fingerprint as before. */
const joined = (line: readonly BodyInline[]): BodyInline[] =>
  line.reduce<BodyInline[]>((parts, part) => {
    const last = parts.at(-1);
    if (last?.type === 'text' && part.type === 'text')
      return [...parts.slice(0, -1), { ...last, text: last.text + part.text }];
    return [...parts, part];
  }, []);

/** An edited document as a body; empty lines at both ends are left out. */
export const bodyOf = ({ lines }: Document, known: ReadonlySet<string>): Body => {
  const body = lines.map((line) => joined(line.flatMap((inline) => inlinesOf(inline, known))));
  const isBlank = (line: readonly BodyInline[]): boolean =>
    line.every((inline) => inline.type === 'text' && inline.text.trim() === '');
  const first = body.findIndex((line) => !isBlank(line));
  if (first < 0) return [[]];
  return body.slice(first, body.findLastIndex((line) => !isBlank(line)) + 1);
};

/** Names of slots that stand in a body, each once. */
export const slotsIn = (body: Body): Set<string> =>
  new Set(body.flat().flatMap((inline) => (inline.type === 'slot' ? [inline.slot] : [])));

/** Names that the text has in double braces though no such slot is described. */
export const unknownSlotsIn = (body: Body): string[] => [
  ...new Set(
    body.flat().flatMap((inline) =>
      inline.type === 'text'
        ? parseBody(inline.text)
            .flat()
            .flatMap((part) => (part.type === 'slot' ? [part.slot] : []))
        : [],
    ),
  ),
];
