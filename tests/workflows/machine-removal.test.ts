import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { versionMachine } from '#workflows/approval/version.machine.ts';
import { publicationMachine } from '#workflows/publication/publication.machine.ts';
import { pauseMachine } from '#workflows/publishing/pause.machine.ts';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { versionHistories, versionOnlooker } from './approval/invariants.ts';
import { watch, type Onlooker } from './onlooker.ts';
import { publicationHistories, publicationOnlooker } from './publication/invariants.ts';
import { pauseHistories, pauseOnlooker } from './publishing/invariants.ts';
import { brokenIn, sampleMoves } from './reply/histories.ts';
import { actionsOf, guardsOf, subjectOf, withoutAction, withoutGuard, type Subject } from './subject.ts';

/**
 * Finds titles of invariants that a machine breaks over the same histories each time; ends at the first that is not known.
 */
type Search = (machine: AnyStateMachine, known: ReadonlySet<string>) => ReadonlySet<string>;

const SEED = 20_260_302;

const searchWith = <State, Event, Ledger>(
  onlooker: Onlooker<State, Event, Ledger>,
  histories: fc.Arbitrary<((state: State) => Event)[]>,
): Search => {
  const samples = fc.sample(histories, { seed: SEED, numRuns: 600 });
  return (machine, known) => {
    const found = new Set<string>();
    for (const events of samples) {
      const { broken } = watch(subjectOf(machine) as unknown as Subject<State, Event>, onlooker, events);
      broken.forEach((title) => found.add(title));
      if (broken.some((title) => !known.has(title))) break;
    }
    return found;
  };
};

const moves = sampleMoves({ seed: SEED, runs: 300 });
const searchReply: Search = (machine, known) => brokenIn(subjectOf(machine), moves, known);

const MACHINES: readonly (readonly [string, AnyStateMachine, Search])[] = [
  ['reply', replyMachine, searchReply],
  ['publication', publicationMachine, searchWith(publicationOnlooker, publicationHistories)],
  ['version', versionMachine, searchWith(versionOnlooker, versionHistories)],
  ['pause', pauseMachine, searchWith(pauseOnlooker, pauseHistories)],
];

/** A title that no invariant has, so that a search goes on to the end. */
const ALL = { has: () => true } as unknown as ReadonlySet<string>;

describe.each(MACHINES)('the %s machine', (name, machine, search) => {
  // What the machine breaks as it is, is the invariant tests' to report; here it must not hide a removal.
  const known = search(machine, ALL);
  const used = JSON.stringify(machine.config);
  const noticed = (changed: AnyStateMachine): string[] =>
    [...search(changed, known)].filter((title) => !known.has(title));

  test.each(guardsOf(machine))('without its guard %s breaks an invariant', (guard) => {
    expect(noticed(withoutGuard(machine, guard)), `nothing noticed that ${name} had lost ${guard}`).not.toEqual([]);
  });

  test.each(actionsOf(machine))('without its action %s breaks an invariant', (action) => {
    expect(noticed(withoutAction(machine, action)), `nothing noticed that ${name} had lost ${action}`).not.toEqual([]);
  });

  test('uses each of its guards and actions', () => {
    const names = [...guardsOf(machine), ...actionsOf(machine)];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((each) => !used.includes(`"${each}"`))).toEqual([]);
  });
});
