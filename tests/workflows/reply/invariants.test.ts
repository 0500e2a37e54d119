import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { openReply, stepReply } from '#workflows/reply/reply.replay.ts';
import { statesOf } from '../state-nodes.ts';
import { EVENT_TYPES } from './events.ts';
import { movesArbitrary, play, sampleMoves, shortestBreach } from './histories.ts';
import { STEP_INVARIANTS } from './invariants.ts';
import { PASSING_STATES, STATE_INVARIANTS } from './state-invariants.ts';

const SUBJECT = { begin: openReply, step: stepReply };
const SEARCH = { seed: 20_260_302, runs: 700 };

const histories = sampleMoves(SEARCH).map((moves) => play(SUBJECT, moves));

describe('random histories of a reply, by several people, with mistakes in them', () => {
  test('reach every state that a reply can rest in', () => {
    const visited = new Set(histories.flatMap((history) => [...history.visited]));
    expect(statesOf(replyMachine).filter((path) => !visited.has(path) && !PASSING_STATES.includes(path))).toEqual([]);
  });

  test('take every type of event many times', () => {
    const counts = new Map(EVENT_TYPES.map((type) => [type, 0]));
    for (const { taken } of histories) {
      for (const { type } of taken) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    expect([...counts].filter(([, count]) => count < 20)).toEqual([]);
  });

  test.each([...Object.keys(STEP_INVARIANTS), ...Object.keys(STATE_INVARIANTS)])('%s', (title) => {
    const isBroken = histories.some(({ broken }) => broken.includes(title));
    expect(isBroken ? shortestBreach(SUBJECT, title, SEARCH) : '').toBe('');
  });

  test('break no invariant with a seed of the day either', () => {
    fc.assert(
      fc.property(movesArbitrary, (moves) => {
        expect(play(SUBJECT, moves).broken).toEqual([]);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    );
  });
});
