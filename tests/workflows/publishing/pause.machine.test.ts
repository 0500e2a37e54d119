import { getShortestPaths } from '@xstate/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROLES, type PersonActor } from '#workflows/people/roles.ts';
import { mayPause, mayResume, pauseMachine, type PauseEvent } from '#workflows/publishing/pause.machine.ts';
import { isPaused, publishingIsOn, stepPause, toPauseEvent } from '#workflows/publishing/pause.replay.ts';
import { pathsOf } from '#workflows/step.ts';
import { ANA, as, CATE, PAT, REX, START } from '../cast.ts';
import { watch } from '../onlooker.ts';
import { statesOf } from '../state-nodes.ts';
import { recordOf } from '../record-examples.ts';
import { roundTrip } from '../subject.ts';
import { pauseHistories, pauseOnlooker } from './invariants.ts';

const SUBJECT = { begin: publishingIsOn, step: stepPause };
const event = (type: PauseEvent['type'], actor: PersonActor): PauseEvent => ({ type, actor, at: START });

describe('every state of the switch', () => {
  const events = (['pause', 'proposeResume', 'resume'] as const).flatMap((type) =>
    [as(CATE, 'comms'), as(REX, 'legal'), as(PAT, 'publisher')].map((actor) => event(type, actor)),
  );
  const paths = getShortestPaths(pauseMachine, {
    events,
    serializeState: ({ value, context }) => JSON.stringify([value, context]),
  });

  test('is reached by a path of events, with a round trip through JSON at each step', () => {
    const visited = new Set(pathsOf(publishingIsOn().value));
    for (const { steps, state: end } of paths) {
      let state = publishingIsOn();
      for (const taken of steps.map((each) => each.event).filter(({ type }) => !type.startsWith('xstate.'))) {
        const next = stepPause(roundTrip(state), roundTrip(taken));
        expect(next).toEqual(stepPause(state, taken));
        state = next ?? state;
        pathsOf(state.value).forEach((path) => visited.add(path));
      }
      expect(state).toEqual({ value: end.value, context: end.context });
    }
    expect(statesOf(pauseMachine).filter((path) => !visited.has(path))).toEqual([]);
  });

  test('takes exactly the events that the design gives it, by people who may', () => {
    const taken = { on: ['pause'], paused: ['proposeResume'], resumeProposed: ['pause', 'resume'] };
    for (const { state } of paths) {
      const stored = { value: state.value, context: state.context };
      const types = events.filter((each) => stepPause(stored, each) !== null).map(({ type }) => type);
      expect([...new Set(types)]).toEqual(taken[state.value]);
    }
  });
});

describe('random histories of the switch', () => {
  test.each(Object.keys(pauseOnlooker.invariants))('%s', (title) => {
    fc.assert(
      fc.property(pauseHistories, (events) => {
        expect(watch(SUBJECT, pauseOnlooker, events).broken).not.toContain(title);
      }),
      { numRuns: 100 },
    );
  });

  test('visit every state of it', () => {
    const visited = fc
      .sample(pauseHistories, { seed: 3, numRuns: 100 })
      .flatMap((events) => watch(SUBJECT, pauseOnlooker, events).states)
      .flatMap(({ value }) => pathsOf(value));
    expect(statesOf(pauseMachine).filter((path) => !visited.includes(path))).toEqual([]);
  });
});

test('a pause holds through the proposal until the other role agrees', () => {
  let state = publishingIsOn();
  expect(isPaused(state)).toBe(false);
  for (const [step, paused] of [
    [event('pause', as(PAT, 'publisher')), true],
    [event('proposeResume', as(CATE, 'comms')), true],
    [event('resume', as(REX, 'legal')), false],
  ] as const) {
    state = stepPause(state, step) ?? state;
    expect(isPaused(state)).toBe(paused);
  }
});

test.each(ROLES)('the role %s may pause or not as DESIGN.md says', (role) => {
  const refusal = mayPause(as(ANA, role));
  expect(refusal?.reason ?? null).toBe(['comms', 'legal', 'publisher'].includes(role) ? null : 'mayNotPause');
});

test.each([
  ['the one who proposed it, in the other role', as(CATE, 'legal'), 'resumeNeedsAnother'],
  ['another of the same role', as(REX, 'comms'), 'resumeNeedsOtherRole'],
  ['an admin', as(REX, 'admin'), 'mayNotResume'],
  ['a publisher', as(PAT, 'publisher'), 'mayNotResume'],
])('a pause is not lifted by %s', (_, actor, reason) => {
  const context = { pausedBy: PAT, pausedAt: START, proposedBy: CATE, proposedAs: 'comms' } as const;
  expect(mayResume(context, actor)?.reason).toBe(reason);
});

test('records of the switch, and no others, are events of it', () => {
  expect(toPauseEvent(recordOf('publishing.paused'))?.type).toBe('pause');
  expect(toPauseEvent(recordOf('publishing.resumeProposed'))?.type).toBe('proposeResume');
  expect(toPauseEvent(recordOf('publishing.resumed'))?.type).toBe('resume');
  expect(toPauseEvent(recordOf('hold.lifted'))).toBeNull();
  expect(toPauseEvent({ ...recordOf('publishing.paused'), actor: { system: 'outbox' } })).toBeNull();
});
