import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { versionHistories, versionOnlooker } from './approval/invariants.ts';
import { functionsOf, loadMutant, replaceConstant, type Mutation } from './mutant.ts';
import { watch, type Onlooker } from './onlooker.ts';
import { pauseHistories, pauseOnlooker } from './publishing/invariants.ts';
import { brokenIn, sampleMoves } from './reply/histories.ts';
import { wrongRefusals, type Rules } from './reply/refusals.ts';
import type { Subject } from './subject.ts';

/** What goes wrong with a rule removed, or with none: titles of broken invariants and of cases answered otherwise. */
type Check = (mutation: Mutation | null, known: ReadonlySet<string>) => ReadonlySet<string>;

const SEED = 20_260_302;

/** No title is looked for, so that a search goes on to the end. */
const ALL = { has: () => true } as unknown as ReadonlySet<string>;

const moves = sampleMoves({ seed: SEED, runs: 300 });

const checkReply: Check = (mutation, known) => {
  const wrong = wrongRefusals(loadMutant(['reply/reply.rules.ts'], mutation) as unknown as Rules);
  // The table is quick; the histories are only needed where it has nothing new to say.
  if (wrong.some((title) => !known.has(title))) return new Set(wrong);
  const { openReply, stepReply } = loadMutant(['reply/reply.replay.ts'], mutation) as {
    openReply: Parameters<typeof brokenIn>[0]['begin'];
    stepReply: Parameters<typeof brokenIn>[0]['step'];
  };
  return new Set([...wrong, ...brokenIn({ begin: openReply, step: stepReply }, moves, known)]);
};

const checkWith = <State, Event, Ledger>(
  names: { readonly file: string; readonly begin: string; readonly step: string },
  onlooker: Onlooker<State, Event, Ledger>,
  histories: fc.Arbitrary<((state: State) => Event)[]>,
): Check => {
  const samples = fc.sample(histories, { seed: SEED, numRuns: 400 });
  return (mutation) => {
    const module = loadMutant([names.file], mutation);
    const subject = { begin: module[names.begin], step: module[names.step] } as Subject<State, Event>;
    return new Set(samples.flatMap((events) => watch(subject, onlooker, events).broken));
  };
};

const checkVersion = checkWith(
  { file: 'approval/version.replay.ts', begin: 'openVersion', step: 'stepVersion' },
  versionOnlooker,
  versionHistories,
);
const checkPause = checkWith(
  { file: 'publishing/pause.replay.ts', begin: 'publishingIsOn', step: 'stepPause' },
  pauseOnlooker,
  pauseHistories,
);

/** What a removed rule says: nothing against it, unless its answer is of another kind. */
const NOTHING_AGAINST = '() => null';
const REPLACEMENTS: Readonly<Record<string, string>> = {
  isFullyApproved: '() => true',
  isTurnOf: '() => true',
  isRequired: '() => true',
  reviewsBefore: '() => []',
};

/** Functions that make a part of a machine and forbid nothing. */
const NO_RULES = ['reviewRegion'];

const FILES: readonly (readonly [string, Check])[] = [
  ['reply/reply.rules.ts', checkReply],
  ['policy/route.ts', checkReply],
  ['approval/version.machine.ts', checkVersion],
  ['publishing/pause.machine.ts', checkPause],
];

describe.each(FILES)('the rules of %s', (file, check) => {
  const known = check(null, ALL);
  const rules = functionsOf(file).filter((name) => !NO_RULES.includes(name));

  test('are there to be removed', () => {
    expect(rules.length).toBeGreaterThan(0);
  });

  test.each(rules)('are missed when %s is removed', (name) => {
    const mutation = replaceConstant(file, name, REPLACEMENTS[name] ?? NOTHING_AGAINST);
    const noticed = [...check(mutation, known)].filter((title) => !known.has(title));
    expect(noticed, `nothing noticed that ${name} was removed from ${file}`).not.toEqual([]);
  });
});

test('a rule that is not there cannot be removed', () => {
  expect(() => replaceConstant('policy/route.ts', 'noSuchRule', 'null')).toThrow('has no constant noSuchRule');
});
