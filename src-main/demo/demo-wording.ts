import { DEFAULT_POLICY, type PolicyContent } from '#workflows/policy/policy.ts';
import { documentFromTemplate, parseBody, type TemplateContent } from '#workflows/template/template.ts';
import type { Document } from '#workflows/content/document.ts';

export const TEMPLATE: TemplateContent = {
  name: 'Late delivery, new date',
  language: 'en',
  body: parseBody(
    'Sorry about the wait, {{name}}. Your {{article}} now arrives on {{date}}. If that does not suit you, tell us here and we find another day.',
  ),
  slots: [
    { name: 'name', type: 'name', prompt: 'How the customer is called', example: 'Sam' },
    { name: 'article', type: 'text', prompt: 'What was ordered', example: 'washing machine' },
    {
      name: 'date',
      type: 'date',
      prompt: 'The new date, as the carrier confirmed it',
      example: 'Thursday, 26 November',
    },
  ],
  channels: null,
  validUntil: null,
};

/** The template's text with its slots filled. */
export const fill = (content: TemplateContent, values: Readonly<Record<string, string>>): Document => ({
  lines: documentFromTemplate(content).lines.map((line) =>
    line.map((inline) => (inline.type === 'slot' ? { ...inline, value: values[inline.slot] ?? '' } : inline)),
  ),
});

export const POLICY: PolicyContent = {
  ...DEFAULT_POLICY,
  name: 'Public replies',
  rules: [
    { id: 'R-1', when: {}, require: ['comms'], reason: 'Every public reply' },
    {
      id: 'R-2',
      when: { deviationOver: 0 },
      require: ['legal'],
      reason: 'The text is not exactly the approved template',
    },
    {
      id: 'R-3',
      when: { words: ['refund', 'arrives on'] },
      require: ['legal'],
      reason: 'The text promises something',
    },
  ],
};
