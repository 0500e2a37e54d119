import { documentOfText, type Document, type Inline } from '#workflows/content/document.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import { documentFromTemplate } from '#workflows/template/template.ts';
import type { Actor } from '../scripted/script-desk.ts';
import type { Wording } from './scene.ts';
import type { Stage } from './stage.ts';

/** A text as the editor hands it over. */
export interface WrittenText {
  readonly document: Document;
  readonly template: TemplatePin | null;
}

/** Replaces a passage of the text between the slots. @throws Error when no line has it */
const change = (document: Document, [from, to]: readonly [string, string]): Document => {
  const target = document.lines.flat().find((inline) => inline.type === 'text' && inline.text.includes(from));
  if (target?.type !== 'text') throw new Error(`there is no “${from}” in the template`);
  const text = target.text.replace(from, () => to);
  const changed: Inline[] = text === '' ? [] : [{ ...target, text }];
  return { lines: document.lines.map((line) => line.flatMap((inline) => (inline === target ? changed : [inline]))) };
};

/** Writes a text as a person does, from the newest approved version of its template where it has one. */
export const write = async (stage: Stage, actor: Actor, reply: ReplyId, wording: Wording): Promise<WrittenText> => {
  if (typeof wording === 'string') return { document: documentOfText(wording), template: null };
  const { template: name, slots, changes = [] } = wording;
  const { templates } = await actor.desk.template.usable({ reply });
  const usable = templates.find(({ id }) => id === stage.template(name));
  if (!usable) throw new Error(`no version of ${name} may be used here`);
  const filled: Document = {
    lines: documentFromTemplate(usable.content).lines.map((line) =>
      line.map((inline) => (inline.type === 'slot' ? { ...inline, value: slots[inline.slot] ?? '' } : inline)),
    ),
  };
  return {
    document: changes.reduce(change, filled),
    template: { template: usable.id, version: usable.version },
  };
};
