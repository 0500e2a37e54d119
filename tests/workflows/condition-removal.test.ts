import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import type * as versionRules from '#workflows/approval/version.machine.ts';
import { openReply, stepReply } from '#workflows/reply/reply.replay.ts';
import type * as steps from '#workflows/step.ts';
import { versionHistories, versionOnlooker } from './approval/invariants.ts';
import { wrongVersionRefusals } from './approval/refusals.ts';
import { loadMutant, type Mutation } from './mutant.ts';
import { watch, type Onlooker } from './onlooker.ts';
import { publicationHistories, publicationOnlooker } from './publication/invariants.ts';
import { pauseHistories, pauseOnlooker } from './publishing/invariants.ts';
import { removalsFrom } from './removals.ts';
import { brokenIn, play, sampleMoves } from './reply/histories.ts';
import { wrongRefusals, type Rules } from './reply/refusals.ts';
import type { Subject } from './subject.ts';

/** Whether nothing goes wrong with a part of the program taken out, or with none. */
type Check = (mutation: Mutation | null) => boolean;

const SEED = 20_260_302;
const NO_TITLE: ReadonlySet<string> = new Set();

/** The machine of a mutant, driven by the mutant's own step. */
const subjectIn = <State, Event>(exports: Record<string, unknown>, name: string): Subject<State, Event> => {
  const { begin, step } = exports as unknown as typeof steps;
  const machine = exports[name] as AnyStateMachine;
  return {
    begin: () => begin(machine) as State,
    step: (state, event) => step(machine, state as never, event as never) as State | null,
  };
};

/** Histories that lead through many states come first: most of what is missing shows there at once. */
const moves = sampleMoves({ seed: SEED, runs: 300 })
  .map((history) => ({ history, reach: play({ begin: openReply, step: stepReply }, history).visited.size }))
  .sort((one, other) => other.reach - one.reach)
  .map(({ history }) => history);

const isReplyRight: Check = (mutation) => {
  const files = ['reply/reply.rules.ts', 'reply/reply.machine.ts', 'step.ts'];
  const exports = loadMutant(files, mutation);
  // The table is quick; the histories are only needed where it has nothing to say.
  return (
    wrongRefusals(exports as unknown as Rules).length === 0 &&
    brokenIn(subjectIn(exports, 'replyMachine'), moves, NO_TITLE).size === 0
  );
};

const isRightBy = <State, Event, Ledger>(
  names: { readonly file: string; readonly machine: string },
  onlooker: Onlooker<State, Event, Ledger>,
  histories: fc.Arbitrary<((state: State) => Event)[]>,
): Check => {
  const samples = fc.sample(histories, { seed: SEED, numRuns: 400 });
  return (mutation) => {
    const subject = subjectIn<State, Event>(loadMutant([names.file, 'step.ts'], mutation), names.machine);
    return samples.every((events) => watch(subject, onlooker, events).broken.length === 0);
  };
};

const VERSION = { file: 'approval/version.machine.ts', machine: 'versionMachine' };
const PUBLICATION = { file: 'publication/publication.machine.ts', machine: 'publicationMachine' };
const PAUSE = { file: 'publishing/pause.machine.ts', machine: 'pauseMachine' };

const isVersionKept = isRightBy(VERSION, versionOnlooker, versionHistories);
const isVersionRight: Check = (mutation) => {
  const exports = loadMutant([VERSION.file], mutation) as unknown as Pick<typeof versionRules, 'mayDecideVersion'>;
  return wrongVersionRefusals(exports).length === 0 && isVersionKept(mutation);
};

const REPLY = ['reply/reply.rules.ts', 'policy/route.ts', 'reply/reply.machine.ts'];

const MACHINES: readonly (readonly [name: string, files: readonly string[], check: Check])[] = [
  ['reply', REPLY, isReplyRight],
  ['version', [VERSION.file], isVersionRight],
  ['publication', [PUBLICATION.file], isRightBy(PUBLICATION, publicationOnlooker, publicationHistories)],
  ['pause', [PAUSE.file], isRightBy(PAUSE, pauseOnlooker, pauseHistories)],
];

describe.each(MACHINES)('of the %s machine and its rules', (_name, files, check) => {
  /** A mutant that cannot even be run is noticed as well. */
  const isRight = (mutation: Mutation): boolean => {
    try {
      return check(mutation);
    } catch {
      return false;
    }
  };

  test('nothing is wrong as it is', () => {
    expect(check(null)).toBe(true);
  });

  test.each(files.flatMap(removalsFrom))('$title is missed', ({ mutation }) => {
    expect(isRight(mutation)).toBe(false);
  });
});
