import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_POLICY,
  DEFAULT_RULE,
  policyContentSchema,
  policyHashOf,
  ruleIdSchema,
} from '#workflows/policy/policy.ts';
import { isRequired, reviewsBefore, routeSchema } from '#workflows/policy/route.ts';
import { routeOf } from '../reply/events.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const accepts = (change: object): boolean => policyContentSchema.safeParse({ ...DEFAULT_POLICY, ...change }).success;

test('the program’s own policy is one that the journal takes, and so is its rule’s name', () => {
  expect(accepts({})).toBe(true);
  expect(ruleIdSchema.safeParse(DEFAULT_RULE).success).toBe(true);
});

test.each([
  ['an approval that never counts', { approvalValidityHours: 0 }],
  ['an approval that counts longer than a year', { approvalValidityHours: 24 * 365 + 1 }],
  ['a rule without reviews', { rules: [{ id: 'R-1', when: {}, require: [], reason: 'x' }] }],
  ['a rule without a reason', { rules: [{ id: 'R-1', when: {}, require: ['comms'], reason: '' }] }],
  [
    'a rule with an unknown condition',
    { rules: [{ id: 'R-1', when: { moon: 'full' }, require: ['comms'], reason: 'x' }] },
  ],
  ['a rule on no channels at all', { rules: [{ id: 'R-1', when: { channels: [] }, require: ['comms'], reason: 'x' }] }],
  ['a rule that demands an unknown review', { rules: [{ id: 'R-1', when: {}, require: ['board'], reason: 'x' }] }],
  ['a rule with an unreadable name', { rules: [{ id: 'r1', when: {}, require: ['comms'], reason: 'x' }] }],
  ['half an hour', { idleLockMinutes: 0.5 }],
  ['a desk that never locks', { idleLockMinutes: 0 }],
])('a policy cannot have %s', (_, change) => {
  expect(accepts(change)).toBe(false);
});

test('a policy’s hash is the SHA-256 of its RFC 8785 text', () => {
  const literal =
    '{"approvalValidityHours":24,"atRiskMinutes":30,"authorMayRelease":true,"deviationLimit":20,"idleLockMinutes":15,' +
    '"name":"Comms and Legal read everything","order":"parallel","passphraseMinutes":0,"rules":[],"terms":[]}';
  expect(policyHashOf(DEFAULT_POLICY, { sha256 })).toBe(createHash('sha256').update(literal).digest('hex'));
});

describe('a route', () => {
  const both = routeOf(['legal', 'comms'], { order: 'inOrder' });

  test('says which reviews it demands', () => {
    expect(isRequired(routeOf(['legal']), 'legal')).toBe(true);
    expect(isRequired(both, 'comms')).toBe(true);
    expect(isRequired(routeOf(['legal']), 'comms')).toBe(false);
    expect(isRequired(null, 'legal')).toBe(false);
  });

  test('says which reviews come first, in its own order', () => {
    expect(reviewsBefore(both, 'comms')).toEqual(['legal']);
    expect(reviewsBefore(both, 'legal')).toEqual([]);
    expect(reviewsBefore(routeOf(['legal', 'comms']), 'comms')).toEqual([]);
    expect(reviewsBefore(routeOf(['legal'], { order: 'inOrder' }), 'comms')).toEqual([]);
  });

  test.each([
    ['no review', { reviews: [] }],
    ['a review twice', { reviews: [...both.reviews, ...both.reviews] }],
    ['a review without a reason', { reviews: [{ review: 'comms', reasons: [] }] }],
    ['no validity', { validityHours: 0 }],
  ])('cannot have %s', (_, change) => {
    expect(routeSchema.safeParse({ ...both, ...change }).success).toBe(false);
  });
});
