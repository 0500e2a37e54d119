import { describe, expect, test } from 'vitest';
import type { ReplyEvent } from '#workflows/reply/reply.events.ts';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { openReply, stepReply } from '#workflows/reply/reply.replay.ts';
import { pathsOf } from '#workflows/step.ts';
import { START } from '../cast.ts';
import { passingStatesOf, statesAtFirst, statesCrossed, statesOf } from '../state-nodes.ts';
import { roundTrip } from '../subject.ts';
import { EVENT_TYPES, eventOf } from './events.ts';
import { beginJudged, judge, type Judged, type Verdict } from './invariants.ts';
import { PASSING_STATES } from './state-invariants.ts';
import { shortestHistories, WHEN, type Branch } from './state-space.ts';
import { typesTakenIn } from './transitions.ts';

interface Visit {
  readonly history: readonly ReplyEvent[];
  readonly before: Judged;
  readonly verdict: Verdict;
}

const SUBJECT = { begin: openReply, step: stepReply };

const visitsOf = (branches: readonly Branch[], before: Judged, history: readonly ReplyEvent[]): Visit[] =>
  branches.flatMap(({ event, next }) => {
    const verdict = judge(SUBJECT, before, event);
    const visit = { history: [...history, event], before, verdict };
    return [visit, ...visitsOf(next, verdict, visit.history)];
  });

const begun = beginJudged(SUBJECT);
const visits = visitsOf(shortestHistories(), begun, []);
const states = [begun.state, ...visits.map(({ verdict }) => verdict.state)];
const rested = new Set(states.flatMap(({ value }) => pathsOf(value)));
const all = statesOf(replyMachine);

const inWords = (history: readonly ReplyEvent[]): string => history.map(({ type }) => type).join(' → ');

describe('every state of the reply machine', () => {
  test('is reached, or crossed, by a path of events', () => {
    const crossed = new Set(statesAtFirst(replyMachine));
    for (const { before, history } of visits) {
      const event = history.at(-1);
      if (event) statesCrossed(replyMachine, before.state, event).forEach((path) => crossed.add(path));
    }
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((path) => !crossed.has(path))).toEqual([]);
  });

  test('is rested in, unless it is marked as passing', () => {
    expect(passingStatesOf(replyMachine).sort()).toEqual([...PASSING_STATES].sort());
    expect(all.filter((path) => !rested.has(path)).sort()).toEqual([...PASSING_STATES].sort());
  });

  test('is reached by events that are all taken', () => {
    expect(visits.length).toBeGreaterThan(500);
    expect(visits.filter(({ verdict }) => !verdict.isTaken).map(({ history }) => inWords(history))).toEqual([]);
  });

  test('survives JSON: the restored state takes the same steps to the same end', () => {
    for (const { before, history, verdict } of visits) {
      const event = history.at(-1);
      if (event) expect(stepReply(roundTrip(before.state), roundTrip(event))).toEqual(verdict.state);
    }
  });

  test('takes exactly the well-formed events that the table gives it', () => {
    const wrong = new Map<string, string>();
    for (const { history, verdict } of visits) {
      const { state } = verdict;
      const expected = typesTakenIn(state);
      for (const type of EVENT_TYPES) {
        const isTaken = stepReply(state, eventOf(type, state.context, WHEN[type] ?? START)) !== null;
        if (isTaken === expected.has(type)) continue;
        const title = `${type} is ${isTaken ? 'taken' : 'refused'} in ${JSON.stringify(Object.values(state.value)[0])}`;
        if (!wrong.has(title)) wrong.set(title, `after ${inWords(history)}`);
      }
    }
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  test('keeps every invariant on the shortest way to it', () => {
    const broken = new Map<string, string>();
    for (const { history, verdict } of visits) {
      for (const title of verdict.broken) {
        if (!broken.has(title)) broken.set(title, `after ${inWords(history)}`);
      }
    }
    expect(Object.fromEntries(broken)).toEqual({});
  });
});
