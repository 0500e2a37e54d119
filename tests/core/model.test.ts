import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { toHex, utf8 } from '#workflows/journal/bytes.ts';
import { SeededRandom } from '../journal/seeded-random.ts';
import { FaultyChannel } from '../publishing/faulty-channel.ts';
import { CHANNEL_HANDLE } from './base-workspace.ts';
import { deskForTest } from './desk.fixture.ts';
import { JournalTail } from './journal-tail.ts';
import { JournalWatch } from './journal-watch.ts';
import { ACTS } from './model-acts.ts';
import { ModelWorld } from './model-world.ts';
import { asRefusal } from './refusal.ts';
import { HOUR } from './test-clock.ts';
import { viewsOf } from './views.ts';
import { verifyWithRules } from '../journal/verify-with-rules.ts';

const RUNS = Number(process.env.COUNTERSIGN_MODEL_RUNS ?? '60');
const SEED = Number(process.env.COUNTERSIGN_MODEL_SEED ?? String(Date.now() % 2 ** 31));
const STEPS = 40;

const NAMES = Object.entries(ACTS).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/**
 * What must have happened at least once in all sequences together, or they prove too little. Only what happens often
 * enough that chance alone does not leave it out.
 */
const WANTED = [
  'reply.recalled',
  'reply.withdrawn',
  'reply.changesRequested',
  'reply.rejected',
  'reply.closed',
  'reply.scheduled',
  'a reply sent',
  'a correction or a take-down sent',
  'publication.failed',
  'publication.unknown',
  'publication.confirmedByHand',
  'publication.observed',
  'publishing.resumed',
  'policy.approved',
  'person.rolesChanged',
] as const;

/** How often each record was written, over all sequences. */
const types = new Map<string, number>();

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

/** Does an act. @returns what is wrong with how it was refused, if anything */
const attempt = async (world: ModelWorld, name: string): Promise<string[]> => {
  try {
    await ACTS[name]!.run(world);
    return [];
  } catch (error) {
    const refused = asRefusal(error);
    if (!refused) throw error;
    return refused.code === 'INTERNAL' && name !== 'recall' && name !== 'submit'
      ? [`${name} was refused as INTERNAL`]
      : [];
  }
};

/** Sends something once more that was answered: it must record nothing. */
const sendAgain = async (world: ModelWorld): Promise<string[]> => {
  if (world.sent.length === 0 || !world.random.chance(0.1)) return [];
  const before = world.desk.size;
  const again = world.random.pick(world.sent);
  await again().catch((error: unknown) => {
    // Whoever lost their role or key since is refused, which is no second time either.
    if (!asRefusal(error)) throw error;
  });
  const added = world.desk
    .records()
    .slice(before)
    .map(({ type }) => type);
  return added.length === 0 ? [] : [`a command that was sent again was done again: ${added.join(', ')}`];
};

/** At most one public post for each publication, and none but what was approved. */
const problemsOnChannel = ({ desk, channel }: ModelWorld): string[] => {
  const records = desk.records();
  const posts = desk.host.desk.network.posts.filter(({ handle }) => handle === CHANNEL_HANDLE);
  const attempts = records.filter((record) => record.type === 'publication.attempted');
  const replies = new Set(attempts.filter(({ data }) => data.operation === 'reply').map(({ subject }) => subject));
  const keys = posts.flatMap(({ key }) => key ?? []);
  const hashes = new Set(attempts.map(({ data }) => data.payloadHash));
  const sent = channel.calls.filter(({ method }) => method === 'publish');
  return [
    ...(posts.length > replies.size ? ['there are more posts than publications'] : []),
    ...(new Set(keys).size < keys.length ? ['two posts were made under one key'] : []),
    ...(sent.length > attempts.filter(({ data }) => data.operation !== 'takeDown').length
      ? ['more was sent than was recorded']
      : []),
    ...sent.flatMap(({ payload }) =>
      hashes.has(toHex(nodeCrypto.sha256(utf8(payload ?? '')))) ? [] : ['something was sent that was not recorded'],
    ),
  ];
};

const playSequence = async (seed: number): Promise<{ world: ModelWorld; problems: string[]; story: string[] }> => {
  const random = new SeededRandom(seed);
  const channel = new FaultyChannel();
  channel.hasKeys = random.chance(0.4);
  const desk = await deskForTest({ channels: channel.channels, expectsFaults: true });
  const world = new ModelWorld(desk, channel, random);
  const [tail, watch] = [new JournalTail(desk.folder), new JournalWatch()];
  const problems: string[] = [];
  const story: string[] = [];
  const look = (): void => {
    const added = tail.read();
    watch.takeAll(added.records);
    for (const { type, data } of added.records) {
      count(types, type);
      if (type === 'publication.attempted') {
        count(types, data.operation === 'reply' ? 'a reply sent' : 'a correction or a take-down sent');
      }
    }
    problems.push(...added.problems, ...watch.broken.splice(0));
  };
  for (let index = 0; index < STEPS && problems.length === 0; index += 1) {
    const name = index < 2 ? 'capture' : random.pick(NAMES);
    story.push(name);
    problems.push(...(await attempt(world, name)), ...(await sendAgain(world)));
    if (random.chance(0.02)) await desk.restart(() => rmSync(join(desk.folder, 'desk'), { recursive: true }));
    look();
    problems.push(...problemsOnChannel(world));
  }
  channel.heal();
  await desk.settle();
  await desk.pass(HOUR);
  look();
  problems.push(...problemsOnChannel(world));
  return { world, problems, story };
};

/** What may be deleted between two starts, all of it and by halves. */
const DELETIONS: Readonly<Record<string, (folder: string) => void>> = {
  nothing: () => undefined,
  'desk/ and archive/': (folder) => {
    for (const name of ['desk', 'archive']) rmSync(join(folder, name), { recursive: true });
  },
  'archive/ alone': (folder) => rmSync(join(folder, 'archive'), { recursive: true }),
  'desk/ alone': (folder) => rmSync(join(folder, 'desk'), { recursive: true }),
  'one month of the archive': (folder) => {
    const [month] = readdirSync(join(folder, 'archive'));
    if (month) rmSync(join(folder, 'archive', month));
  },
};

/** Where two values part, as paths with both sides. */
const differencesIn = (before: unknown, after: unknown, path = ''): string[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const isNested = [before, after].every((value) => typeof value === 'object' && value !== null);
  if (!isNested) return [`${path}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
  const [one, other] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return Object.keys({ ...one, ...other }).flatMap((name) => differencesIn(one[name], other[name], `${path}/${name}`));
};

describe(`random people doing random things (COUNTERSIGN_MODEL_SEED=${String(SEED)})`, () => {
  process.stdout.write(`model-based test: seed ${String(SEED)}, ${String(RUNS)} sequences of ${String(STEPS)} steps\n`);

  test.each(Array.from({ length: RUNS }, (_, index) => SEED + index * 7919))(
    'break none of the nine invariants, and what they see outlives a restart (sequence %i)',
    async (seed) => {
      const { world, problems, story } = await playSequence(seed);
      const { desk, replies } = world;
      expect({ seed, problems, story: problems.length > 0 ? story : [] }).toEqual({ seed, problems: [], story: [] });
      const before = await viewsOf(desk, replies);
      for (const [name, remove] of Object.entries(DELETIONS)) {
        await desk.restart(() => remove(desk.folder));
        await desk.settle();
        const after = await viewsOf(desk, replies);
        expect(differencesIn(before, after).join('\n'), `after ${name} was deleted`).toBe('');
      }
      expect((await verifyWithRules(desk.folder)).problems).toEqual([]);
    },
  );

  afterAll(() => {
    // Fewer sequences than usual are for looking at one closely.
    if (RUNS < 60) return;
    const missing = WANTED.filter((type) => (types.get(type) ?? 0) === 0);
    expect(missing).toEqual([]);
  });
});
