import type { PolicyContent } from '#workflows/policy/policy.ts';
import type { Names } from './condition-words.ts';
import { RouteRules, TermRules } from './policy-rules.tsx';
import { PolicySigning, PolicyTimes } from './policy-times.tsx';

/** A whole policy, as it is read. */
export const PolicyText = ({ content, names }: { content: PolicyContent; names: Names }) => (
  <div className="policy-text">
    <RouteRules content={content} names={names} />
    <PolicyTimes content={content} />
    <PolicySigning content={content} />
    <TermRules content={content} names={names} />
  </div>
);
