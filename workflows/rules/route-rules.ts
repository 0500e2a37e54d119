import type { ChannelId, CustomerId } from '../identifiers.ts';
import { REVIEW_KINDS } from '../people/roles.ts';
import { holds } from '../policy/evaluate.ts';
import { DEFAULT_RULE, type Condition, type PolicyContent, type RouteRule } from '../policy/policy.ts';
import type { Route } from '../policy/route.ts';
import type { Deviation } from '../template/deviation.ts';

/** What of a submitted revision stands in plain view; its text and the text's language are sealed. */
export interface PlainSubmission {
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  readonly deviation: Deviation | null;
}

/** Whether a condition looks at what is sealed. */
const readsText = ({ words, languages }: Condition): boolean => words !== undefined || languages !== undefined;

/** Whether the part of the condition that can be seen holds. */
const holdsInPlain = ({ words: _words, languages: _languages, ...plain }: Condition, input: PlainSubmission): boolean =>
  holds(plain, { ...input, language: '', text: '' });

/** Whether a policy has rules that only the sealed text could tell to apply. */
export const hasRulesOverText = ({ rules }: PolicyContent): boolean => rules.some(({ when }) => readsText(when));

const problemWithReason = (route: Route, rules: readonly RouteRule[], input: PlainSubmission): string | null => {
  for (const { review, reasons } of route.reviews) {
    for (const { rule, reason } of reasons) {
      const named = rules.find(({ id }) => id === rule);
      if (!named?.require.includes(review) || named.reason !== reason) {
        return `the policy has no rule ${rule} that asks for ${review} in these words`;
      }
      if (!holdsInPlain(named.when, input)) return `the rule ${rule} of the policy does not apply`;
    }
  }
  return null;
};

/** Without a rule that applies, comms and legal both decide, by the program's own rule. */
const isDefault = ({ reviews }: Route): boolean =>
  reviews.some(({ reasons }) => reasons.some(({ rule }) => rule === DEFAULT_RULE));

const isWholeDefault = ({ reviews }: Route): boolean =>
  REVIEW_KINDS.every((kind) => reviews.some(({ review }) => review === kind)) &&
  reviews.every(({ reasons }) => reasons.every(({ rule }) => rule === DEFAULT_RULE));

/**
 * What is wrong with the route of a submission under the policy in force (DESIGN.md, invariant 1), as far as it can be
 * told without the sealed text: a rule over words or languages may have applied or not.
 */
export const problemsWithRoute = (
  route: Route,
  policy: { readonly version: number; readonly content: PolicyContent },
  input: PlainSubmission,
): string[] => {
  const { version, content } = policy;
  if (route.policy !== version) {
    return [`its route is by version ${String(route.policy)} of the policy where ${String(version)} was in force`];
  }
  const problems: string[] = [];
  if (
    route.order !== content.order ||
    route.validityHours !== content.approvalValidityHours ||
    route.authorMayRelease !== content.authorMayRelease
  ) {
    problems.push('its route differs from the policy in order, in how long approvals count, or in who releases');
  }
  const certain = content.rules.filter(({ when }) => !readsText(when) && holdsInPlain(when, input));
  for (const { id, require } of certain) {
    for (const review of require) {
      const asked = route.reviews.find((entry) => entry.review === review);
      if (!asked?.reasons.some(({ rule }) => rule === id)) {
        problems.push(`its route lacks ${review}, for which the rule ${id} of the policy asks`);
      }
    }
  }
  if (isDefault(route)) {
    if (!isWholeDefault(route)) problems.push('its route lacks a review that the program asks for by itself');
  } else {
    const problem = problemWithReason(route, content.rules, input);
    if (problem) problems.push(problem);
  }
  return problems;
};
