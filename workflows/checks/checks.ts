import { z } from 'zod';
import type { ChannelLimits, Measure } from '../channel/channel.ts';
import { isSameLanguage } from '../content/language.ts';
import { emptySlotsOf, textOf, type Document } from '../content/document.ts';
import type { PolicyContent } from '../policy/policy.ts';
import { findPhrase } from './find-words.ts';

export const SEVERITIES = ['note', 'warn', 'block'] as const;

export const findingSchema = z.strictObject({
  /** Stable within one text, so that a finding can be named and kept. */
  id: z.string(),
  check: z.enum(['length', 'slots', 'terms', 'characters', 'empty']),
  severity: z.enum(SEVERITIES),
  /** Place in the text, UTF-16 units; `null` where the whole text is meant. */
  passage: z.strictObject({ from: z.int(), to: z.int(), text: z.string() }).nullable(),
  /** A rule of the policy, `L-4`; `null` for the program's own. */
  rule: z.string().nullable(),
  /** Message key and values in the catalogue, `check.<message>`. */
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Better wording for the passage. */
  suggestion: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;

export interface CheckInput {
  readonly document: Document;
  readonly language: string;
  readonly policy: PolicyContent;
  readonly measure: Measure;
  readonly limits: ChannelLimits;
}

type Check = (input: CheckInput) => Finding[];

const checkEmpty: Check = ({ document }) =>
  textOf(document) === ''
    ? [
        {
          id: 'empty',
          check: 'empty',
          severity: 'block',
          passage: null,
          rule: null,
          message: 'empty',
          values: {},
          suggestion: null,
        },
      ]
    : [];

const checkLength: Check = ({ measure, limits }) => {
  if (measure.fits) return [];
  const overGraphemes = limits.graphemes !== null && measure.graphemes > limits.graphemes;
  return [
    {
      id: 'length',
      check: 'length',
      severity: 'block',
      passage: null,
      rule: null,
      message: overGraphemes ? 'tooManyCharacters' : 'tooManyBytes',
      values: overGraphemes
        ? { over: measure.graphemes - (limits.graphemes ?? 0), limit: limits.graphemes ?? 0 }
        : { over: measure.bytes - (limits.bytes ?? 0), limit: limits.bytes ?? 0 },
      suggestion: null,
    },
  ];
};

const checkSlots: Check = ({ document }) =>
  emptySlotsOf(document).map((slot) => ({
    id: `slot:${slot}`,
    check: 'slots',
    severity: 'block',
    passage: null,
    rule: null,
    message: 'emptySlot',
    values: { slot },
    suggestion: null,
  }));

const checkTerms: Check = ({ document, language, policy }) => {
  const text = textOf(document);
  const findings = policy.terms
    .filter(({ languages }) => !languages || languages.some((wanted) => isSameLanguage(wanted, language)))
    .flatMap(({ id, words, severity, reason, suggestion }) =>
      words.flatMap((phrase) =>
        findPhrase(text, phrase).map((passage) => ({
          id: `${id}:${String(passage.from)}-${String(passage.to)}`,
          check: 'terms' as const,
          severity,
          passage: { ...passage },
          rule: id,
          message: 'term',
          values: { words: passage.text, reason },
          suggestion: suggestion ?? null,
        })),
      ),
    );
  // Two spellings of one phrase in a rule stand at the same place; that is one finding.
  return [...new Map(findings.map((finding) => [finding.id, finding])).values()];
};

/**
 * Characters that a reader cannot see, or that change the order of what is read: an approval of such a text would not
 * be an approval of what others see. Joiners, direction marks and a single variation selector stay free: scripts and
 * emoji need them. Hostile input: whole messages are smuggled in runs of selectors and in tag characters.
 */
const HIDDEN =
  /(?![\p{Variation_Selector}\u061c\u200c-\u200f])\p{Default_Ignorable_Code_Point}|(?<=\p{Variation_Selector})\p{Variation_Selector}|[\u2028\u2029\ufff9-\ufffb]|[^\P{Cc}\n\t]/gu;

/** England's, Scotland's and Wales's flags are written with tag characters behind a black flag; no others are shown. */
const TAG_SEQUENCE =
  /\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu;

const checkCharacters: Check = ({ document }) => {
  const text = textOf(document);
  const flags = [...text.matchAll(TAG_SEQUENCE)].map((match) => [match.index, match.index + match[0].length] as const);
  return [...text.matchAll(HIDDEN)]
    .filter((match) => !flags.some(([from, to]) => match.index >= from && match.index < to))
    .map((match) => ({
      id: `character:${String(match.index)}`,
      check: 'characters',
      severity: 'block',
      passage: { from: match.index, to: match.index + match[0].length, text: match[0] },
      rule: null,
      message: 'hiddenCharacter',
      values: { code: `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` },
      suggestion: '',
    }));
};

/** Every check, in the order in which findings are shown. */
export const CHECKS = {
  empty: checkEmpty,
  slots: checkSlots,
  length: checkLength,
  terms: checkTerms,
  characters: checkCharacters,
} as const satisfies Record<Finding['check'], Check>;

/** Runs every check over a text. Pure; the same input gives the same findings in the same order. */
export const runChecks = (input: CheckInput): Finding[] => Object.values(CHECKS).flatMap((check) => check(input));

export const isBlocking = ({ severity }: Finding): boolean => severity === 'block';
