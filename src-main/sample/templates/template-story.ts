import { toTime } from '#workflows/time.ts';
import { parseBody, type Slot, type TemplateContent } from '#workflows/template/template.ts';
import { MINUTE, type Calendar, type Moment } from '../calendar.ts';
import type { CastName } from '../cast.ts';

/** The wording of one version, as its authors write it. */
export interface TemplateWording {
  readonly name: string;
  readonly language: string;
  /** Text with `{{slot}}` marks. */
  readonly body: string;
  readonly slots: Readonly<Record<string, readonly [type: Slot['type'], prompt: string, example: string]>>;
  /** Days from now until which it may be used; without end where absent. */
  readonly validDays?: number;
}

export type TemplateAct =
  | { readonly do: 'revise'; readonly wording: TemplateWording }
  | { readonly do: 'submit' | 'approve' }
  | { readonly do: 'requestChanges' | 'reject' | 'retire'; readonly reason: string };

/** What happened to one version of a template. */
export interface TemplateVersionStory {
  readonly from: Moment;
  /** Minutes after its beginning, or a moment; who; what. */
  readonly steps: readonly (readonly [when: number | Moment, who: CastName, act: TemplateAct])[];
}

/** A template's versions, the oldest first. */
export type TemplateStory = readonly TemplateVersionStory[];

export const contentOf = (
  { name, language, body, slots, validDays }: TemplateWording,
  { now }: Calendar,
): TemplateContent => ({
  name,
  language,
  body: parseBody(body),
  slots: Object.entries(slots).map(([slot, [type, prompt, example]]) => ({ name: slot, type, prompt, example })),
  channels: null,
  validUntil: validDays === undefined ? null : toTime(now + validDays * 24 * 60 * MINUTE),
});

/** A version that went through without a word. */
export const approvedAsWritten = (
  from: Moment,
  { by, comms, legal }: { by: CastName; comms: CastName; legal: CastName },
  wording: TemplateWording,
): TemplateVersionStory => ({
  from,
  steps: [
    [0, by, { do: 'revise', wording }],
    [9, by, { do: 'submit' }],
    [41, comms, { do: 'approve' }],
    [74, legal, { do: 'approve' }],
  ],
});
