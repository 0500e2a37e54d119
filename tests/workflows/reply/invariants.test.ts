import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { leafBytes, readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import type { ReplyEvent } from '#workflows/reply/reply.events.ts';
import { openReply, stepReply, toReplyEvent, type ReplyState } from '#workflows/reply/reply.replay.ts';
import { statesOf } from '../state-nodes.ts';
import { roundTrip } from '../subject.ts';
import { EVENT_TYPES } from './events.ts';
import { movesArbitrary, play, sampleMoves, shortestBreach } from './histories.ts';
import { STEP_INVARIANTS } from './invariants.ts';
import { recordOfEvent } from './record-of-event.ts';
import { PASSING_STATES, STATE_INVARIANTS } from './state-invariants.ts';

const SUBJECT = { begin: openReply, step: stepReply };

/** The state at first and after each event. Precondition: each of them is taken. */
const statesAfter = (events: readonly ReplyEvent[], first: ReplyState): ReplyState[] => {
  const states = [first];
  for (const event of events) {
    const next = stepReply(states.at(-1) ?? first, event);
    if (!next) throw new Error(`${event.type} was not taken again`);
    states.push(next);
  }
  return states;
};

/** The event of a record as the journal gives it back: through its bytes. */
const readBack = (record: KnownRecord): ReplyEvent => {
  const leaf = readLeaf(leafBytes(record as unknown as JournalRecord));
  const known = leaf.ok ? readKnownRecord(leaf.record) : leaf;
  const event = known.ok ? toReplyEvent(known.record) : null;
  if (!event) throw new Error(`${record.type} could not be read back`);
  return event;
};
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

  test('are the same when they are replayed from their records, the whole or on top of a snapshot', () => {
    fc.assert(
      fc.property(movesArbitrary, fc.nat(120), (moves, place) => {
        const { taken } = play(SUBJECT, moves);
        const facts = taken.map((event) => readBack(recordOfEvent(event)));
        expect(facts).toEqual(taken);
        const states = statesAfter(taken, openReply());
        const snapshot = roundTrip(states[place % states.length]) ?? openReply();
        const later = statesAfter(facts.slice(place % states.length), snapshot);
        expect(statesAfter(facts, openReply())).toEqual(states);
        expect(later).toEqual(states.slice(place % states.length));
      }),
      { numRuns: 60 },
    );
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
