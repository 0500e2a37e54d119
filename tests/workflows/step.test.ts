import { describe, expect, test } from 'vitest';
import { setup, assign } from 'xstate';
import { begin, isIn, pathsOf, step } from '#workflows/step.ts';
import { deepFreeze } from './subject.ts';

const doorMachine = setup({
  types: { context: {} as { times: number }, events: {} as { type: 'open' } | { type: 'close' } | { type: 'count' } },
  guards: { isNotWorn: ({ context }) => context.times < 2 },
  actions: { count: assign({ times: ({ context }) => context.times + 1 }) },
}).createMachine({
  context: { times: 0 },
  initial: 'closed',
  states: {
    closed: { on: { open: { guard: 'isNotWorn', target: 'open', actions: 'count' }, count: { actions: 'count' } } },
    open: { on: { close: 'closed', open: 'open' } },
  },
});

describe('a step', () => {
  test('gives the next state and leaves the one before as it was', () => {
    const closed = deepFreeze(begin(doorMachine));
    const open = step(doorMachine, closed, { type: 'open' });
    expect(open).toEqual({ value: 'open', context: { times: 1 } });
    expect(closed).toEqual({ value: 'closed', context: { times: 0 } });
  });

  test('is null for an event that the state does not take, and never the state itself', () => {
    expect(step(doorMachine, begin(doorMachine), { type: 'close' })).toBeNull();
  });

  test('is null where a guard forbids it', () => {
    expect(step(doorMachine, { value: 'closed', context: { times: 2 } }, { type: 'open' })).toBeNull();
  });

  test('is taken where it leads back to where it was and changes nothing', () => {
    const open = { value: 'open', context: { times: 1 } };
    expect(step(doorMachine, open, { type: 'open' })).toEqual(open);
  });

  test('may change only what is remembered', () => {
    const counted = step(doorMachine, begin(doorMachine), { type: 'count' });
    expect(counted).toEqual({ value: 'closed', context: { times: 1 } });
  });
});

describe('the same step twice', () => {
  test('is worked out once: a command is tried first and applied later', () => {
    const closed = begin(doorMachine);
    const tried = step(doorMachine, closed, { type: 'open' });
    expect(step(doorMachine, closed, { type: 'open' })).toBe(tried);
  });

  test('is another step for another event, another machine or an equal state of its own', () => {
    const closed = begin(doorMachine);
    const open = step(doorMachine, closed, { type: 'open' });
    expect(step(doorMachine, closed, { type: 'count' })).toEqual({ value: 'closed', context: { times: 1 } });
    expect(step(doorMachine, { ...closed, context: { times: 2 } }, { type: 'open' })).toBeNull();
    expect(step(doorMachine, closed, { type: 'open' })).toEqual(open);
    const wornMachine = doorMachine.provide({ guards: { isNotWorn: () => false } });
    expect(step(wornMachine, closed, { type: 'open' })).toBeNull();
  });

  test('compares all that an event says, in depth', () => {
    const noted = setup({
      types: { context: {} as { notes: readonly string[] }, events: {} as { type: 'note'; notes: readonly string[] } },
      actions: { take: assign(({ event }) => ({ notes: event.notes })) },
    }).createMachine({ context: { notes: [] }, on: { note: { actions: 'take' } } });
    const empty = begin(noted);
    const context = (...notes: string[]) => step(noted, empty, { type: 'note', notes })?.context;
    expect(context('a')).toEqual({ notes: ['a'] });
    expect(context('a', 'b')).toEqual({ notes: ['a', 'b'] });
    expect(context('b')).toEqual({ notes: ['b'] });
  });

  test('gives what a fresh machine gives, whatever the context that the state value had before', () => {
    const worn = { value: 'closed', context: { times: 5 } };
    expect(step(doorMachine, worn, { type: 'count' })).toEqual({ value: 'closed', context: { times: 6 } });
    expect(step(doorMachine, { value: 'closed', context: { times: 1 } }, { type: 'open' })).toEqual({
      value: 'open',
      context: { times: 2 },
    });
  });
});

describe('the paths of a state value', () => {
  const value = { work: { inReview: { comms: 'approved', legal: 'deciding' } }, hold: 'none' };

  test('are all states that are entered, from the outermost in', () => {
    expect(pathsOf(value)).toEqual([
      'work',
      'work.inReview',
      'work.inReview.comms',
      'work.inReview.comms.approved',
      'work.inReview.legal',
      'work.inReview.legal.deciding',
      'hold',
      'hold.none',
    ]);
    expect(pathsOf('draft')).toEqual(['draft']);
  });

  test('answer whether a state is entered, whole names only', () => {
    expect(isIn(value, 'work.inReview.legal')).toBe(true);
    expect(isIn(value, 'work.in')).toBe(false);
    expect(isIn(value, 'inReview')).toBe(false);
  });
});
