import { z } from 'zod';
import { channelIdSchema, customerIdSchema } from '../identifiers.ts';
import { toHex } from '../journal/bytes.ts';
import { canonicalBytes } from '../journal/canonical.ts';
import type { CryptoPort } from '../journal/crypto-port.ts';
import { reviewKindSchema } from '../people/roles.ts';

export const ruleIdSchema = z.string().regex(/^[A-Z]{1,3}-\d{1,4}$/);

/** All members that are given must hold; an empty condition always holds. */
export const conditionSchema = z.strictObject({
  channels: z.array(channelIdSchema).min(1).optional(),
  languages: z.array(z.string()).min(1).optional(),
  /** The text deviates from its template by more than so many percent, or has no template. */
  deviationOver: z.int().min(0).max(1000).optional(),
  /** The text has one of these words or phrases. */
  words: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  customers: z.array(customerIdSchema).min(1).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const routeRuleSchema = z.strictObject({
  id: ruleIdSchema,
  when: conditionSchema,
  require: z.array(reviewKindSchema).min(1),
  /** In plain words, shown to author and reviewer. */
  reason: z.string().min(1).max(300),
});
export type RouteRule = z.infer<typeof routeRuleSchema>;

/** Wording that the company watches. */
export const termRuleSchema = z.strictObject({
  id: ruleIdSchema,
  words: z.array(z.string().min(1).max(100)).min(1).max(500),
  languages: z.array(z.string()).min(1).optional(),
  severity: z.enum(['note', 'warn', 'block']),
  reason: z.string().min(1).max(300),
  /** Better wording, offered with one click. */
  suggestion: z.string().min(1).max(200).optional(),
});
export type TermRule = z.infer<typeof termRuleSchema>;

export const policyContentSchema = z.strictObject({
  name: z.string().min(1).max(120),
  order: z.enum(['parallel', 'inOrder']),
  rules: z.array(routeRuleSchema).max(200),
  terms: z.array(termRuleSchema).max(500),
  /** Shown as the limit beside a reply's deviation, in percent. */
  deviationLimit: z.int().min(0).max(1000),
  approvalValidityHours: z
    .int()
    .positive()
    .max(24 * 365),
  authorMayRelease: z.boolean(),
  /** For how long a passphrase counts for further decisions; 0 asks each time. */
  passphraseMinutes: z.int().min(0).max(60),
  /** A desk left alone locks after so many minutes. */
  idleLockMinutes: z.int().min(1).max(480),
  /** So long before it is due a reply is at risk. */
  atRiskMinutes: z.int().min(1).max(1440),
});
export type PolicyContent = z.infer<typeof policyContentSchema>;

export const policyHashOf = (content: PolicyContent, crypto: Pick<CryptoPort, 'sha256'>): string =>
  toHex(crypto.sha256(canonicalBytes(content)));

/** What holds until a workspace has approved a policy of its own: comms and legal read everything. */
export const DEFAULT_POLICY: PolicyContent = {
  name: 'Comms and Legal read everything',
  order: 'parallel',
  rules: [],
  terms: [],
  deviationLimit: 20,
  approvalValidityHours: 24,
  authorMayRelease: true,
  passphraseMinutes: 0,
  idleLockMinutes: 15,
  atRiskMinutes: 30,
};

/** Rule that stands for the program's own: without a rule that applies, comms and legal both decide. */
export const DEFAULT_RULE = 'D-1';
