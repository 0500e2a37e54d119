import fc from 'fast-check';
import type { ReplyEvent } from '#workflows/reply/reply.events.ts';
import { pathsOf } from '#workflows/step.ts';
import { beginJudged, judge, type ReplySubject } from './invariants.ts';
import { eventOfMove, moveArbitrary, timesOf, type Move } from './moves.ts';

/** Events that a reply took, up to the first that broke an invariant. */
export interface JudgedHistory {
  readonly taken: readonly ReplyEvent[];
  readonly visited: ReadonlySet<string>;
  readonly broken: readonly string[];
}

/** Plays moves against a subject, up to the first event that breaks an invariant. */
export const play = (subject: ReplySubject, moves: readonly Move[]): JudgedHistory => {
  const times = timesOf(moves);
  const taken: ReplyEvent[] = [];
  let judged = beginJudged(subject);
  const visited = new Set(pathsOf(judged.state.value));
  for (const [index, move] of moves.entries()) {
    const event = eventOfMove(judged.state, move, times[index] ?? '');
    const verdict = judge(subject, judged, event);
    if (verdict.isTaken) taken.push(event);
    if (verdict.broken.length > 0) return { taken, visited, broken: verdict.broken };
    judged = verdict;
    pathsOf(judged.state.value).forEach((path) => visited.add(path));
  }
  return { taken, visited, broken: [] };
};

export const movesArbitrary = fc.array(moveArbitrary, { minLength: 1, maxLength: 120, size: 'max' });

export interface Search {
  readonly seed: number;
  readonly runs: number;
}

/** Random histories, the same for the same seed. */
export const sampleMoves = ({ seed, runs }: Search): Move[][] => fc.sample(movesArbitrary, { seed, numRuns: runs });

/**
 * Titles of the invariants that these histories break, each history up to its first.
 * @param known titles that are not looked for; the search ends at the first other one
 */
export const brokenIn = (
  subject: ReplySubject,
  histories: readonly (readonly Move[])[],
  known: ReadonlySet<string>,
): Set<string> => {
  const found = new Set<string>();
  for (const moves of histories) {
    const { broken } = play(subject, moves);
    broken.forEach((title) => found.add(title));
    if (broken.some((title) => !known.has(title))) break;
  }
  return found;
};

/** Looking for a shorter one must not take longer than finding one. */
const SHRINK_MILLISECONDS = 8_000;

/** The shortest history that fast-check finds for an invariant that a search saw broken, in words. */
export const shortestBreach = (subject: ReplySubject, title: string, { seed, runs }: Search): string => {
  const property = fc.property(movesArbitrary, (moves) => !play(subject, moves).broken.includes(title));
  const { counterexample } = fc.check(property, { seed, numRuns: runs, interruptAfterTimeLimit: SHRINK_MILLISECONDS });
  return play(subject, counterexample?.[0] ?? [])
    .taken.map((event) => JSON.stringify(event))
    .join('\n');
};
