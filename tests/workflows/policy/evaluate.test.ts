import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, routeFor, type PolicyInput } from '#workflows/policy/evaluate.ts';
import { DEFAULT_POLICY, DEFAULT_RULE, type Condition, type PolicyContent } from '#workflows/policy/policy.ts';
import { routeSchema } from '#workflows/policy/route.ts';
import { REVIEW_KINDS, type ReviewKind } from '#workflows/people/roles.ts';
import { ulidOf } from '../cast.ts';

const BLUESKY = `channel/${ulidOf('B')}` as const;
const BLOG = `channel/${ulidOf('W')}` as const;
const ANN = `customer/${ulidOf('ANN')}` as const;
const BERT = `customer/${ulidOf('BERT')}` as const;

const INPUT: PolicyInput = {
  channel: BLUESKY,
  customer: ANN,
  language: 'de-AT',
  text: 'We will refund the postage today.',
  deviation: { distance: 3, words: 20 },
};

const rule = (id: string, require: ReviewKind[], when: Condition = {}) => ({ id, when, require, reason: `Why ${id}` });
const policyOf = (rules: PolicyContent['rules'], members: Partial<PolicyContent> = {}): PolicyContent => ({
  ...DEFAULT_POLICY,
  rules,
  ...members,
});
const reviewsFor = (policy: PolicyContent, input = INPUT): string[] =>
  routeFor(policy, 1, input).reviews.map(({ review }) => review);

describe('a condition', () => {
  test.each<[string, Condition, Partial<PolicyInput>, boolean]>([
    ['that is empty always holds', {}, {}, true],
    ['on channels holds on each of them', { channels: [BLOG, BLUESKY] }, {}, true],
    ['on channels does not hold on another', { channels: [BLOG] }, {}, false],
    ['on customers holds for each of them', { customers: [BERT, ANN] }, {}, true],
    ['on customers does not hold for another', { customers: [BERT] }, {}, false],
    ['on a language holds in its regions', { languages: ['de'] }, {}, true],
    ['on languages holds in each of them', { languages: ['en', 'de'] }, {}, true],
    ['on a region’s language holds in the whole language', { languages: ['de-CH'] }, {}, true],
    ['on languages does not hold in another', { languages: ['en', 'nl'] }, {}, false],
    ['on languages looks at no case', { languages: ['DE'] }, {}, true],
    ['on words holds for one of them', { words: ['lawyer', 'refund'] }, {}, true],
    ['on words looks at no case', { words: ['REFUND'] }, {}, true],
    ['on words does not hold within a longer word', { words: ['fund'] }, {}, false],
    ['on a phrase holds across a line end', { words: ['refund the'] }, { text: 'refund\n the' }, true],
    ['on deviation holds above the limit', { deviationOver: 14 }, {}, true],
    ['on deviation does not hold at the limit', { deviationOver: 15 }, {}, false],
    ['on deviation holds without a template', { deviationOver: 1_000 }, { deviation: null }, true],
    [
      'on deviation does not hold for the very wording',
      { deviationOver: 0 },
      { deviation: { distance: 0, words: 5 } },
      false,
    ],
    [
      'on deviation over nothing holds for one word',
      { deviationOver: 0 },
      { deviation: { distance: 1, words: 900 } },
      true,
    ],
    ['holds only when all its members do', { channels: [BLUESKY], words: ['lawyer'] }, {}, false],
    [
      'holds when all its members do',
      { channels: [BLUESKY], customers: [ANN], languages: ['de'], words: ['refund'], deviationOver: 10 },
      {},
      true,
    ],
  ])('%s', (_, condition, change, expected) => {
    expect(holds(condition, { ...INPUT, ...change })).toBe(expected);
  });
});

describe('a route', () => {
  test('has comms and legal, by the program’s own rule, where no rule applies', () => {
    const route = routeFor(policyOf([rule('R-1', ['comms'], { channels: [BLOG] })]), 4, INPUT);
    expect(route.reviews.map(({ review }) => review)).toEqual(['comms', 'legal']);
    expect(route.reviews.flatMap(({ reasons }) => reasons.map((reason) => reason.rule))).toEqual([
      DEFAULT_RULE,
      DEFAULT_RULE,
    ]);
    expect(route.policy).toBe(4);
  });

  test('has comms and legal under the default policy', () => {
    expect(reviewsFor(DEFAULT_POLICY)).toEqual(['comms', 'legal']);
  });

  test('has the reviews that rules which apply demand, and no others', () => {
    expect(reviewsFor(policyOf([rule('R-1', ['legal']), rule('R-2', ['comms'], { channels: [BLOG] })]))).toEqual([
      'legal',
    ]);
  });

  test('names every rule that demands a review, in the order of the policy, in the rule’s own words', () => {
    const policy = policyOf([
      rule('R-1', ['legal'], { words: ['refund'] }),
      rule('R-2', ['comms'], { channels: [BLOG] }),
      rule('R-3', ['legal', 'comms']),
    ]);
    expect(routeFor(policy, 2, INPUT).reviews).toEqual([
      { review: 'comms', reasons: [{ rule: 'R-3', reason: 'Why R-3' }] },
      {
        review: 'legal',
        reasons: [
          { rule: 'R-1', reason: 'Why R-1' },
          { rule: 'R-3', reason: 'Why R-3' },
        ],
      },
    ]);
  });

  test('takes order, validity and release from the policy', () => {
    const members = { order: 'inOrder', approvalValidityHours: 7, authorMayRelease: false } as const;
    expect(routeFor(policyOf([], members), 2, INPUT)).toMatchObject({
      order: 'inOrder',
      validityHours: 7,
      authorMayRelease: false,
    });
  });

  test('is never empty, always in one order, and always one that the journal takes', () => {
    const conditions: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
      {},
      { channels: [BLUESKY] },
      { channels: [BLOG] },
      { words: ['refund'] },
      { words: ['lawyer'] },
      { deviationOver: 5 },
      { deviationOver: 50 },
    );
    const rules = fc.array(
      fc.record({
        id: fc.constantFrom('R-1', 'R-2', 'LEG-12'),
        when: conditions,
        require: fc.uniqueArray(fc.constantFrom(...REVIEW_KINDS), { minLength: 1 }),
        reason: fc.constantFrom('Money', 'Law'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rules, fc.nat(5), (given, version) => {
        const route = routeFor(policyOf(given), version, INPUT);
        expect(routeSchema.safeParse(route).error).toBeUndefined();
        const names = route.reviews.map(({ review }) => review);
        expect(names).toEqual(REVIEW_KINDS.filter((review) => names.includes(review)));
        const demanded = given.filter(({ when }) => holds(when, INPUT)).flatMap(({ require }) => require);
        expect(new Set(names)).toEqual(new Set(demanded.length > 0 ? demanded : REVIEW_KINDS));
      }),
    );
  });
});
