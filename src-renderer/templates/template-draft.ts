import type { Document } from '#workflows/content/document.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { Slot, TemplateContent } from '#workflows/template/template.ts';
import type { Words } from '../words/use-words.ts';
import { bodyOf, documentOf, slotsIn, unknownSlotsIn } from './wording.ts';

/** A template as it is being written. */
export interface TemplateDraft {
  readonly name: string;
  readonly language: string;
  readonly document: Document;
  readonly slots: readonly Slot[];
  readonly channels: readonly ChannelId[] | null;
  /** A day, `2026-11-30`, or empty. */
  readonly validTo: string;
  /** Content hash of what it was begun from; `null` for a new template. */
  readonly base: string | null;
}

/** As the contract bounds them (`templateContentSchema`). */
export const MOST = { name: 120, lines: 500, text: 20_000, prompt: 200, example: 200, slots: 40 } as const;
const SLOT_NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** The day of a moment, here. */
const dayOf = (at: string): string => {
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

export const emptyDraft = (language: string): TemplateDraft => ({
  name: '',
  language,
  document: { lines: [[]] },
  slots: [],
  channels: null,
  validTo: '',
  base: null,
});

export const draftOf = (content: TemplateContent, base: string): TemplateDraft => ({
  name: content.name,
  language: content.language,
  document: documentOf(content.body),
  slots: content.slots,
  channels: content.channels,
  validTo: content.validUntil === null ? '' : dayOf(content.validUntil),
  base,
});

/** @param before the version it was begun from: a day that was not touched keeps its exact time */
export const contentOf = (draft: TemplateDraft, before: TemplateContent | null): TemplateContent => {
  const kept = before?.validUntil ?? null;
  const isSameDay = kept !== null && dayOf(kept) === draft.validTo;
  return {
    name: draft.name.trim(),
    language: draft.language,
    body: bodyOf(draft.document, new Set(draft.slots.map(({ name }) => name))),
    slots: draft.slots.map((slot) => ({ ...slot, prompt: slot.prompt.trim(), example: slot.example.trim() })),
    channels: draft.channels === null ? null : [...draft.channels],
    validUntil: draft.validTo === '' ? null : isSameDay ? kept : new Date(`${draft.validTo}T00:00:00`).toISOString(),
  };
};

export interface DraftProblems {
  readonly name: string | null;
  readonly text: string | null;
  readonly channels: string | null;
  /** By the slot's name. */
  readonly slots: ReadonlyMap<string, string>;
}

/** What keeps it from being saved, each at its place. */
export const problemsOf = (say: Words, draft: TemplateDraft): DraftProblems => {
  const content = contentOf(draft, null);
  const unknown = unknownSlotsIn(content.body);
  const isEmpty = content.body.every((line) => line.length === 0);
  const isTooLong =
    content.body.length > MOST.lines ||
    content.body.flat().some((inline) => inline.type === 'text' && inline.text.length > MOST.text);
  return {
    name: content.name === '' ? say('templates.edit.name.needed') : null,
    text: isEmpty
      ? say('templates.edit.text.needed')
      : unknown.length > 0
        ? say('templates.edit.unknownSlot', { slots: unknown.map((slot) => `{{${slot}}}`) })
        : isTooLong
          ? say('templates.edit.tooLong')
          : null,
    channels: draft.channels?.length === 0 ? say('templates.edit.channels.needed') : null,
    slots: new Map(
      content.slots.flatMap(({ name, prompt }) =>
        prompt === '' ? [[name, say('templates.edit.prompt.needed')] as const] : [],
      ),
    ),
  };
};

export const firstProblem = ({ name, text, channels, slots }: DraftProblems): string | null =>
  name ?? text ?? [...slots.values()][0] ?? channels;

/** Why a slot may not have this name, or `null`. */
export const slotNameProblem = (say: Words, draft: TemplateDraft, name: string): string | null => {
  if (!SLOT_NAME.test(name)) return say('templates.edit.slotName.bad');
  return draft.slots.some((slot) => slot.name === name) ? say('templates.edit.slotName.taken') : null;
};

/** Slots that stand in the text as it is now. */
export const slotsInDraft = (draft: TemplateDraft): ReadonlySet<string> => slotsIn(contentOf(draft, null).body);
