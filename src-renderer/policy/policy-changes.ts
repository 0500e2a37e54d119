import type { PolicyContent, RouteRule, TermRule } from '#workflows/policy/policy.ts';
import type { Change } from '../approval/change-list.tsx';
import type { Words } from '../words/use-words.ts';
import { conditionInWords, minutesInWords, type Names } from './condition-words.ts';

/** A rule in one line. */
const ruleInWords = (say: Words, names: Names, { when, require, reason }: RouteRule): string => {
  const parts = conditionInWords(say, when, names);
  const words = when.words ? ` (${when.words.join(', ')})` : '';
  const condition = parts.length === 0 ? say('policy.when.always') : parts.join('; ') + words;
  const reviews = require.map((review) => say(`review.${review}`));
  return `${condition}: ${say('policy.then.approve', { reviews, count: reviews.length })}. ${reason}`;
};

const termInWords = (say: Words, names: Names, term: TermRule): string =>
  [
    term.words.join(', '),
    ...(term.languages ? [say('policy.terms.in', { languages: term.languages.map(names.language) })] : []),
    say(`policy.severity.${term.severity}`),
    term.reason,
    ...(term.suggestion ? [say('policy.terms.suggestion', { words: term.suggestion })] : []),
  ].join(' · ');

const listChanges = <Rule extends { readonly id: string }>(
  before: readonly Rule[],
  after: readonly Rule[],
  nameOf: (id: string) => string,
  inWords: (rule: Rule) => string,
): Change[] => {
  const old = new Map(before.map((rule) => [rule.id, inWords(rule)]));
  const now = new Map(after.map((rule) => [rule.id, inWords(rule)]));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((id) => old.get(id) !== now.get(id))
    .map((id) => ({ what: nameOf(id), before: old.get(id) ?? '', after: now.get(id) ?? '' }));
};

/** What differs between two versions of the policy, in words. */
export const policyChanges = (say: Words, before: PolicyContent, after: PolicyContent, names: Names): Change[] => {
  const yesOrNo = (is: boolean): string => say(is ? 'policy.change.yes' : 'policy.change.no');
  const fact = (what: string, inWords: (content: PolicyContent) => string): Change => ({
    what,
    before: inWords(before),
    after: inWords(after),
  });
  const facts = [
    fact(say('policy.change.name'), ({ name }) => name),
    fact(say('policy.change.order'), ({ order }) => say(`policy.change.order.${order}`)),
    fact(say('policy.atRisk'), ({ atRiskMinutes }) => minutesInWords(say, atRiskMinutes)),
    fact(say('policy.validity'), ({ approvalValidityHours }) => minutesInWords(say, approvalValidityHours * 60)),
    fact(say('policy.deviation'), ({ deviationLimit }) => say('policy.change.percent', { percent: deviationLimit })),
    fact(say('policy.change.authorMayRelease'), ({ authorMayRelease }) => yesOrNo(authorMayRelease)),
    fact(say('policy.passphrase'), ({ passphraseMinutes }) =>
      passphraseMinutes === 0 ? say('policy.change.eachTime') : minutesInWords(say, passphraseMinutes),
    ),
    fact(say('policy.idle'), ({ idleLockMinutes }) => minutesInWords(say, idleLockMinutes)),
  ].filter((change) => change.before !== change.after);
  return [
    ...facts,
    ...listChanges(
      before.rules,
      after.rules,
      (rule) => say('policy.change.rule', { rule }),
      (rule) => ruleInWords(say, names, rule),
    ),
    ...listChanges(
      before.terms,
      after.terms,
      (rule) => say('policy.change.term', { rule }),
      (term) => termInWords(say, names, term),
    ),
  ];
};
