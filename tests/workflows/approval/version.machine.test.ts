import { getShortestPaths } from '@xstate/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayDecideVersion, versionMachine, type VersionEvent } from '#workflows/approval/version.machine.ts';
import { openVersion, stepVersion, versionAt, type VersionState } from '#workflows/approval/version.replay.ts';
import { pathsOf } from '#workflows/step.ts';
import { as, CATE, hashOf, hoursLater, KAY, REX, START, VERA } from '../cast.ts';
import { watch } from '../onlooker.ts';
import { statesOf } from '../state-nodes.ts';
import { roundTrip } from '../subject.ts';
import { versionHistories, versionOnlooker } from './invariants.ts';
import { decide, VERSION_REFUSALS } from './refusals.ts';

const SUBJECT = { begin: openVersion, step: stepVersion };

const revise = (hash: number, by = CATE, validUntil: string | null = null): VersionEvent => ({
  type: 'revise',
  contentHash: hashOf(hash),
  validUntil,
  actor: as(by, 'comms'),
  at: START,
});
const submit = (hash: number): VersionEvent => ({
  type: 'submit',
  contentHash: hashOf(hash),
  actor: as(CATE, 'comms'),
  at: START,
});
const RETIRE: VersionEvent = { type: 'retire', actor: as(REX, 'legal'), at: START };
const SUPERSEDE: VersionEvent = { type: 'supersede', at: START };

/** The state after events. Precondition: every one of them is taken. */
const after = (...events: VersionEvent[]): VersionState =>
  events.reduce((state, event) => {
    const next = stepVersion(state, event);
    if (!next) throw new Error(`${event.type} was refused in ${JSON.stringify(state.value)}`);
    return next;
  }, openVersion());

const APPROVED = [revise(1), submit(1), decide('approve', 'comms', 1), decide('approve', 'legal', 1, REX)] as const;

describe('every state of the version machine', () => {
  const paths = getShortestPaths(versionMachine, {
    events: [
      revise(1, CATE, hoursLater(10)),
      submit(1),
      decide('approve', 'comms', 1),
      decide('approve', 'legal', 1, REX),
      decide('reject', 'legal', 1, REX),
      RETIRE,
      SUPERSEDE,
      { type: 'expire', at: hoursLater(10) },
    ],
    serializeState: ({ value, context }) => JSON.stringify([value, context]),
  });

  test('is reached by a path of events, with a round trip through JSON at each step', () => {
    const visited = new Set(pathsOf(openVersion().value));
    for (const { steps, state: end } of paths) {
      let state = openVersion();
      for (const { event } of steps) {
        if (event.type.startsWith('xstate.')) continue;
        const next = stepVersion(roundTrip(state), roundTrip(event));
        expect(next).toEqual(stepVersion(state, event));
        state = next ?? state;
        pathsOf(state.value).forEach((path) => visited.add(path));
      }
      expect(state.value).toEqual(end.value);
    }
    expect(statesOf(versionMachine).filter((path) => !visited.has(path))).toEqual([]);
  });
});

describe('random histories of a version', () => {
  test.each(Object.keys(versionOnlooker.invariants))('%s', (title) => {
    fc.assert(
      fc.property(versionHistories, (events) => {
        expect(watch(SUBJECT, versionOnlooker, events).broken).not.toContain(title);
      }),
      { numRuns: 100 },
    );
  });

  test('visit every state, so that the invariants have something to judge', () => {
    const visited = fc
      .sample(versionHistories, { seed: 2, numRuns: 600 })
      .flatMap((events) => watch(SUBJECT, versionOnlooker, events).states)
      .flatMap(({ value }) => pathsOf(value));
    expect(statesOf(versionMachine).filter((path) => !visited.includes(path))).toEqual([]);
  });
});

describe('a version', () => {
  test('is approved by comms and legal, in whichever order', () => {
    expect(after(...APPROVED).value).toBe('approved');
    expect(after(revise(1), submit(1), APPROVED[3], APPROVED[2]).value).toBe('approved');
    expect(after(...APPROVED.slice(0, 3)).value).toEqual({ inReview: { comms: 'approved', legal: 'deciding' } });
  });

  test('that was sent back or rejected needs new wording, both reviews, and other deciders than its authors', () => {
    const sentBack = after(...APPROVED.slice(0, 3), decide('requestChanges', 'legal', 1, REX));
    expect(sentBack.value).toBe('draft');
    expect(sentBack.context.decisions).toEqual({});
    const rejected = after(revise(1), submit(1), decide('reject', 'comms', 1));
    expect(rejected.value).toBe('rejected');
    expect(stepVersion(rejected, submit(1))).toBeNull();
    const rewritten = after(...APPROVED.slice(0, 2), revise(2, KAY), submit(2));
    expect(rewritten.context.authors).toEqual([CATE, KAY]);
    expect(stepVersion(rewritten, decide('approve', 'comms', 2, KAY))).toBeNull();
    expect(stepVersion(rewritten, decide('approve', 'comms', 2, VERA))).not.toBeNull();
  });

  test('is over from the very instant until which it was valid, without a record of it', () => {
    const approved = after(revise(1, CATE, hoursLater(10)), ...APPROVED.slice(1));
    expect(versionAt(approved, hoursLater(9)).value).toBe('approved');
    expect(versionAt(approved, hoursLater(10)).value).toBe('expired');
    expect(versionAt(after(...APPROVED), hoursLater(100_000)).value).toBe('approved');
  });

  test.each([
    ['superseded', SUPERSEDE],
    ['retired', RETIRE],
  ])('that is %s comes back no more', (state, end) => {
    const ended = after(...APPROVED, end);
    expect(ended.value).toBe(state);
    for (const event of [revise(2), submit(1), ...APPROVED.slice(2), RETIRE, SUPERSEDE]) {
      expect(stepVersion(ended, event)).toBeNull();
    }
  });
});

describe.each(VERSION_REFUSALS)('a decision on a version $title', ({ event, expected }) => {
  test(expected === null ? 'is allowed' : `is refused: ${expected}`, () => {
    const state = after(revise(1), submit(1), decide('approve', 'comms', 1));
    expect(mayDecideVersion(state.context, event)?.reason ?? null).toBe(expected);
    expect(stepVersion(state, event) === null).toBe(expected !== null);
  });
});
