import { getShortestPaths } from '@xstate/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicationMachine, type PublicationEvent } from '#workflows/publication/publication.machine.ts';
import { openPublication, stepPublication } from '#workflows/publication/publication.replay.ts';
import { pathsOf } from '#workflows/step.ts';
import { hashOf, hoursLater, START } from '../cast.ts';
import { watch } from '../onlooker.ts';
import { statesOf } from '../state-nodes.ts';
import { roundTrip } from '../subject.ts';
import { publicationHistories, publicationOnlooker } from './invariants.ts';
import { postsMade, turnsArbitrary } from './one-post.ts';

const SUBJECT = { begin: openPublication, step: stepPublication };

const attempt = (number: number, members: Partial<Extract<PublicationEvent, { type: 'attempt' }>> = {}) =>
  ({ type: 'attempt', attempt: number, payloadHash: hashOf(1), key: 'key-1', at: START, ...members }) as const;
const fail = (members: Partial<Extract<PublicationEvent, { type: 'fail' }>> = {}) =>
  ({ type: 'fail', isFinal: false, wasLookedUp: false, retryAt: hoursLater(1), at: START, ...members }) as const;
const SUCCEED = { type: 'succeed', at: START } as const;
const LOSE_TRACK = { type: 'loseTrack', at: START } as const;
const confirm = (isThere: boolean) => ({ type: 'confirm', isThere, at: START }) as const;
const observe = (outcome: 'same' | 'drifted' | 'gone') => ({ type: 'observe', outcome, at: START }) as const;

/** The state value after events that must all be taken. */
const after = (...events: PublicationEvent[]): unknown => {
  let state = openPublication();
  for (const event of events) {
    const next = stepPublication(state, event);
    if (!next) throw new Error(`${event.type} was refused in ${JSON.stringify(state.value)}`);
    state = next;
  }
  return state.value;
};

/** Whether an event is refused after others that must all be taken. */
const isRefused = (event: PublicationEvent, ...before: PublicationEvent[]): boolean =>
  stepPublication(
    before.reduce((state, each) => stepPublication(state, each) ?? state, openPublication()),
    event,
  ) === null;

describe('every state of the publication machine', () => {
  const paths = getShortestPaths(publicationMachine, {
    events: ({ context }) => [
      attempt(context.attempts + 1),
      fail(),
      fail({ isFinal: true }),
      SUCCEED,
      LOSE_TRACK,
      observe('same'),
      observe('drifted'),
      observe('gone'),
    ],
    serializeState: ({ value }) => JSON.stringify(value),
  });

  test('is reached by a path of events, with a round trip through JSON at each step', () => {
    const visited = new Set<string>();
    for (const { steps, state: end } of paths) {
      let state = openPublication();
      for (const { event } of steps) {
        if (event.type.startsWith('xstate.')) continue;
        const next = stepPublication(roundTrip(state), roundTrip(event));
        expect(next).toEqual(stepPublication(state, event));
        state = next ?? state;
        pathsOf(state.value).forEach((path) => visited.add(path));
      }
      expect(state.value).toEqual(end.value);
    }
    expect(statesOf(publicationMachine).filter((path) => path !== 'queued' && !visited.has(path))).toEqual([]);
    expect(pathsOf(openPublication().value)).toEqual(['queued']);
  });
});

describe('random histories of a publication', () => {
  test.each(Object.keys(publicationOnlooker.invariants))('%s', (title) => {
    fc.assert(
      fc.property(publicationHistories, (events) => {
        expect(watch(SUBJECT, publicationOnlooker, events).broken).not.toContain(title);
      }),
      { numRuns: 100 },
    );
  });

  test('visit every state, so that the invariants have something to judge', () => {
    const visited = fc
      .sample(publicationHistories, { seed: 4, numRuns: 500 })
      .flatMap((events) => watch(SUBJECT, publicationOnlooker, events).states)
      .flatMap(({ value }) => pathsOf(value));
    expect(statesOf(publicationMachine).filter((path) => !visited.includes(path))).toEqual([]);
  });
});

describe('the public sees at most one post, whatever crashes when', () => {
  test.each([
    ['a channel that makes one post under a key', 'key-1'],
    ['a channel without keys', null],
  ])('on %s', (_, key) => {
    fc.assert(
      fc.property(turnsArbitrary, (turns) => postsMade(SUBJECT, key, turns) <= 1),
      { numRuns: 400 },
    );
  });

  test('and does see it where nothing goes wrong', () => {
    const turn = { isMade: true, isCutOff: false, isFinal: false, asksPerson: false };
    expect(postsMade(SUBJECT, 'key-1', [turn, turn])).toBe(1);
  });
});

describe('a publication', () => {
  test('backs off after a failure and remembers when it may go on', () => {
    expect(after(attempt(1), fail())).toBe('backingOff');
    expect(
      stepPublication(stepPublication(openPublication(), attempt(1)) ?? openPublication(), fail())?.context,
    ).toEqual({
      attempts: 1,
      payloadHash: hashOf(1),
      key: 'key-1',
      attemptedAt: START,
      retryAt: hoursLater(1),
    });
  });

  test('goes on under the same key when it was given back and is released again', () => {
    expect(after(attempt(1), fail({ isFinal: true }))).toBe('failed');
    expect(after(attempt(1), fail({ isFinal: true }), attempt(2))).toBe('attempted');
    expect(isRefused(attempt(2, { key: 'key-2' }), attempt(1), fail({ isFinal: true }))).toBe(true);
    expect(isRefused(attempt(2, { payloadHash: hashOf(2) }), attempt(1), fail({ isFinal: true }))).toBe(true);
  });

  test('whose outcome is unknown waits for a certain absence or a person', () => {
    expect(isRefused(attempt(2), attempt(1), LOSE_TRACK)).toBe(true);
    expect(isRefused(fail(), attempt(1), LOSE_TRACK)).toBe(true);
    expect(isRefused(fail({ wasLookedUp: true }), attempt(1, { key: null }), LOSE_TRACK)).toBe(true);
    expect(after(attempt(1), LOSE_TRACK, fail({ wasLookedUp: true }), attempt(2))).toBe('attempted');
    expect(after(attempt(1, { key: null }), LOSE_TRACK, confirm(false), attempt(2, { key: null }))).toBe('attempted');
    expect(after(attempt(1), LOSE_TRACK, confirm(true))).toEqual({ succeeded: 'awaitingReadback' });
  });

  test('that succeeded can be looked at again and again, and be nothing else any more', () => {
    expect(after(attempt(1), SUCCEED, observe('same'), observe('gone'), observe('drifted'))).toEqual({
      succeeded: 'drifted',
    });
    for (const event of [attempt(2), fail(), SUCCEED, LOSE_TRACK, confirm(false)]) {
      expect(isRefused(event, attempt(1), SUCCEED)).toBe(true);
    }
  });

  test('begins with the first attempt and no other', () => {
    expect(isRefused(attempt(2))).toBe(true);
    expect(isRefused(SUCCEED)).toBe(true);
    expect(isRefused(observe('same'))).toBe(true);
  });
});
