import type { PersonId } from '#workflows/identifiers.ts';
import { DEFAULT_POLICY, type PolicyContent } from '#workflows/policy/policy.ts';
import type { Tables } from './tables.ts';

/** The approved version of the policy, or the program's own as version 0. */
export const policyInForceIn = ({ policy }: Pick<Tables, 'policy'>): { version: number; content: PolicyContent } =>
  policy.get().versions.find((entry) => entry.state.value === 'approved') ?? { version: 0, content: DEFAULT_POLICY };

/** A version of the policy by its number; the program's own for 0. */
export const policyVersionIn = ({ policy }: Pick<Tables, 'policy'>, version: number): PolicyContent =>
  policy.get().versions[version - 1]?.content ?? DEFAULT_POLICY;

export const nameIn = ({ people }: Pick<Tables, 'people'>, person: PersonId): string =>
  people.get(person)?.name ?? person;
