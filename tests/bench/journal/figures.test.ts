import { describe, expect, it } from 'vitest';
import { asJson, atLeast, atMost, plain, verdictOf, type Figure } from './figures.ts';

const figure = (value: number, promised?: Figure['promised']): Figure => ({
  name: 'A figure',
  value,
  unit: 'ms',
  from: 'a test',
  ...(promised ? { promised } : {}),
});

describe('a figure of the bench', () => {
  it('that may be at most so much is met on the bar and stretched on the stretch, not beyond', () => {
    const verdicts = [1.9, 2.2, 2.21, 3, 3.01].map((value) => verdictOf(figure(value, atMost(3, 2.2))));
    expect(verdicts).toEqual(['stretch', 'stretch', 'met', 'met', 'not met']);
  });

  it('that must be at least so much is judged the other way round', () => {
    const verdicts = [4_999, 5_000, 9_999, 10_000].map((value) => verdictOf(figure(value, atLeast(5_000, 10_000))));
    expect(verdicts).toEqual(['not met', 'met', 'met', 'stretch']);
  });

  it('that could not be measured meets nothing', () => {
    expect(verdictOf(figure(Number.NaN, atMost(3, 2)))).toBe('not met');
    expect(verdictOf(figure(Number.NaN, atLeast(3, 4)))).toBe('not met');
  });

  it('that is only there to compare with has no verdict', () => {
    expect(verdictOf(figure(1))).toBe('');
  });

  it('is kept with its verdict', () => {
    const kept: unknown = JSON.parse(asJson([figure(2, atMost(3, 1))], { node: 'v24' }));
    expect(kept).toMatchObject({ machine: { node: 'v24' }, figures: [{ value: 2, verdict: 'met' }] });
  });

  it('is written with three figures when small and with grouped thousands when large', () => {
    expect([plain(0.12345), plain(12.34), plain(1_234_567.8)]).toEqual(['0.123', '12.3', '1,234,568']);
  });
});
