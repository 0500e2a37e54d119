import { documentOfText, type Document } from '#workflows/content/document.ts';
import { documentFromTemplate, parseBody, type TemplateContent } from '#workflows/template/template.ts';
import { DEFAULT_POLICY, type PolicyContent } from '#workflows/policy/policy.ts';

export const text = (words: string): Document => documentOfText(words);

/** A template with two slots. */
export const LATE_DELIVERY: TemplateContent = {
  name: 'Late delivery',
  language: 'en',
  body: parseBody('Sorry about the wait, {{name}}. It now arrives on {{date}}.'),
  slots: [
    { name: 'name', type: 'name', prompt: 'How the customer is called', example: 'Sam' },
    { name: 'date', type: 'date', prompt: 'The new date', example: 'Thursday' },
  ],
  channels: null,
  validUntil: null,
};

/** The template's text with its slots filled. */
export const filled = (content: TemplateContent, values: Readonly<Record<string, string>>): Document => ({
  lines: documentFromTemplate(content).lines.map((line) =>
    line.map((inline) => (inline.type === 'slot' ? { ...inline, value: values[inline.slot] ?? '' } : inline)),
  ),
});

/** The program's own policy with some of it changed. */
export const policyWith = (change: Partial<PolicyContent>): PolicyContent => ({ ...DEFAULT_POLICY, ...change });
