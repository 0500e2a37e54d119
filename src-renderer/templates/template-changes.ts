import { formatBody } from '#workflows/template/body.ts';
import type { Slot, TemplateContent } from '#workflows/template/template.ts';
import { diffFromTemplate, type DiffPart } from '../reply/compare/word-diff.ts';
import type { Words } from '../words/use-words.ts';
import { documentOf } from './wording.ts';

/** How the wording differs from an earlier one, word by word; slots by their names. */
export const diffWordings = (before: TemplateContent, after: TemplateContent): DiffPart[] =>
  diffFromTemplate(formatBody(before.body), documentOf(after.body)).map((part) =>
    part.isSlot ? { ...part, text: part.text.replace(/^\{\{|\}\}$/g, '') } : part,
  );

export interface ContentChange {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** How a template's facts are put into words. */
export interface FactWords {
  readonly language: (tag: string) => string;
  readonly channels: (channels: TemplateContent['channels']) => string;
  readonly valid: (until: string | null) => string;
}

const ASPECTS = ['type', 'prompt', 'example'] as const;

const aspect = (say: Words, slot: Slot, name: (typeof ASPECTS)[number]): string =>
  name === 'type' ? say(`templates.type.${slot.type}`) : slot[name];

const slotChanges = (say: Words, before: TemplateContent, after: TemplateContent): ContentChange[] => {
  const old = new Map(before.slots.map((slot) => [slot.name, slot]));
  const now = new Set(after.slots.map(({ name }) => name));
  return [
    ...after.slots.flatMap((slot): ContentChange[] => {
      const was = old.get(slot.name);
      if (!was)
        return [{ what: say('templates.change.slotAdded', { slot: slot.name }), before: '', after: slot.prompt }];
      return ASPECTS.filter((name) => was[name] !== slot[name]).map((name) => ({
        what: say('templates.change.slot', { slot: slot.name, what: say(`templates.change.slot.${name}`) }),
        before: aspect(say, was, name),
        after: aspect(say, slot, name),
      }));
    }),
    ...before.slots
      .filter(({ name }) => !now.has(name))
      .map(({ name, prompt }) => ({
        what: say('templates.change.slotRemoved', { slot: name }),
        before: prompt,
        after: '',
      })),
  ];
};

/** What differs besides the wording. */
export const contentChanges = (
  say: Words,
  before: TemplateContent,
  after: TemplateContent,
  words: FactWords,
): ContentChange[] => {
  const facts: ContentChange[] = [
    { what: say('templates.change.name'), before: before.name, after: after.name },
    {
      what: say('templates.change.language'),
      before: words.language(before.language),
      after: words.language(after.language),
    },
    {
      what: say('templates.change.channels'),
      before: words.channels(before.channels),
      after: words.channels(after.channels),
    },
    {
      what: say('templates.change.valid'),
      before: words.valid(before.validUntil),
      after: words.valid(after.validUntil),
    },
  ];
  return [...facts.filter((fact) => fact.before !== fact.after), ...slotChanges(say, before, after)];
};
