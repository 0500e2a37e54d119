import { isSameLanguage } from '../content/language.ts';
import { firstPhraseIn } from '../checks/find-words.ts';
import type { ChannelId, CustomerId } from '../identifiers.ts';
import { REVIEW_KINDS, type ReviewKind } from '../people/roles.ts';
import { isOverPercent, type Deviation } from '../template/deviation.ts';
import { DEFAULT_RULE, type Condition, type PolicyContent } from './policy.ts';
import type { Route, RouteReason } from './route.ts';

/** What a policy looks at. */
export interface PolicyInput {
  readonly channel: ChannelId;
  readonly customer: CustomerId;
  readonly language: string;
  readonly text: string;
  /** `null` when the text was not made from a template. */
  readonly deviation: Deviation | null;
}

/** Whether every member of the condition that is given holds. */
export const holds = (condition: Condition, input: PolicyInput): boolean => {
  const { channels, languages, deviationOver, words, customers } = condition;
  if (channels && !channels.includes(input.channel)) return false;
  if (customers && !customers.includes(input.customer)) return false;
  if (languages && !languages.some((language) => isSameLanguage(language, input.language))) return false;
  if (words && firstPhraseIn(input.text, words) === null) return false;
  return deviationOver === undefined || input.deviation === null || isOverPercent(input.deviation, deviationOver);
};

/**
 * The reviews that this policy demands for this text, each with its reasons. When no rule applies, comms and legal
 * both decide: a policy can add reasons and reviews, but never leave a reply without any.
 * @param version version of the policy, 0 for the program's default
 */
export const routeFor = (policy: PolicyContent, version: number, input: PolicyInput): Route => {
  const reasons = new Map<ReviewKind, RouteReason[]>();
  for (const { id, when, require, reason } of policy.rules) {
    if (!holds(when, input)) continue;
    for (const review of require) reasons.set(review, [...(reasons.get(review) ?? []), { rule: id, reason }]);
  }
  if (reasons.size === 0) {
    for (const review of REVIEW_KINDS) {
      reasons.set(review, [{ rule: DEFAULT_RULE, reason: 'Every public reply that no other rule covers' }]);
    }
  }
  return {
    policy: version,
    order: policy.order,
    reviews: REVIEW_KINDS.flatMap((review) => {
      const given = reasons.get(review);
      return given ? [{ review, reasons: given }] : [];
    }),
    validityHours: policy.approvalValidityHours,
    authorMayRelease: policy.authorMayRelease,
  };
};
