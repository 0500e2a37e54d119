import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ulid } from 'ulid';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import type { Desk } from '#main/core/desk.ts';
import type { Viewer } from '#main/core/viewer.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { SeededRandom } from '../journal/seeded-random.ts';
import { KillPoints } from '../kill/kill-points.ts';
import type { SentCommand } from '../kill/load.ts';
import { openDesk } from '../kill/open-desk.ts';
import { IS_DEEP, prepare, type Prepared } from '../kill/prepared-desk.ts';
import { viewerOf } from '../kill/works.ts';
import { sendAndTell, unexplained, type Told } from './one-order.ts';
import { PASSPHRASE, type Who } from './roster.ts';
import { text } from './wording.ts';

const CLIENTS = ['agnes', 'ben', 'cleo', 'carl', 'leo', 'lena', 'pat'] as const satisfies Who[];

/** Another first seed: COUNTERSIGN_ORDER_SEED=1234. */
const FIRST_SEED = Number(process.env.COUNTERSIGN_ORDER_SEED ?? 1);
const SEEDS = Array.from({ length: IS_DEEP ? 500 : 8 }, (_, index) => FIRST_SEED + index);

interface Known {
  readonly people: readonly PersonId[];
  readonly replies: readonly ReplyId[];
  readonly addresses: readonly string[];
}

let prepared: Prepared<Known>;

beforeAll(async () => {
  prepared = await prepare(async (desk) => {
    const replies = [
      await desk.flow.inReview('One.'),
      await desk.flow.inReview('Two.'),
      await desk.flow.approved('Three.'),
      await desk.flow.drafted('Four.'),
    ];
    const addresses: string[] = [];
    for (let index = 0; index < 4; index += 1) addresses.push((await desk.flow.post('?', 'kim.example')).address);
    return { people: CLIENTS.map((who) => desk.people[who].id), replies, addresses };
  });
}, 60_000);

afterAll(() => {
  prepared.remove();
});

/** A copy of the prepared desk with everybody signed in. */
const openCopy = async (): Promise<{ desk: Desk; viewers: Map<PersonId, Viewer>; folder: string }> => {
  const root = prepared.copy();
  const place = { root, now: prepared.now, server: 'http://127.0.0.1:9', hasKeys: true };
  const { desk } = await openDesk(place, new KillPoints(0), (message) => {
    throw new Error(message);
  });
  const viewers = new Map<PersonId, Viewer>();
  for (const person of prepared.known.people) viewers.set(person, await viewerOf(desk, person));
  return { desk, viewers, folder: join(root, 'workspace') };
};

/** A command such as a client might send who has looked at the desk just now. */
const nextCommand = (desk: Desk, random: SeededRandom): SentCommand => {
  const { people, replies, addresses } = prepared.known;
  const person = random.pick(people);
  const commandId = ulid();
  const reply = random.pick(replies);
  const entry = desk.tables.replies.get(reply);
  if (!entry) throw new Error('there is no such reply');
  const { revision, contentHash } = entry.state.context;
  const target = { commandId, reply, version: entry.version };
  const signed = { ...target, contentHash, passphrase: PASSPHRASE };
  switch (random.below(6)) {
    case 0:
      return { person, name: 'capture', input: { commandId, address: random.pick(addresses) } };
    case 1: {
      const document = text(`Words ${String(random.below(1000))}.`);
      const words = { operation: 'reply', document, template: null, language: 'en' };
      return { person, name: 'revise', input: { commandId, reply, basedOn: revision, ...words } };
    }
    case 2:
      return { person, name: 'release', input: signed };
    case 3:
      return { person, name: 'handOver', input: { ...target, to: random.chance(0.3) ? null : random.pick(people) } };
    default: {
      const review = random.pick(['comms', 'legal']);
      return { person, name: 'approve', input: { ...signed, review, revision, comment: '' } };
    }
  }
};

/** Several waves of commands, each sent at once, some of them a little later than others. */
const sendAtOnce = async (
  desk: Desk,
  viewers: ReadonlyMap<PersonId, Viewer>,
  random: SeededRandom,
): Promise<Told[]> => {
  const told: Told[] = [];
  for (let wave = 0; wave < 4; wave += 1) {
    const commands = Array.from({ length: random.between(4, 12) }, async () => {
      const sent = nextCommand(desk, random);
      const delay = random.below(4);
      for (let turn = 0; turn < delay; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      told.push(await sendAndTell(desk, viewers, sent));
    });
    await Promise.all(commands);
  }
  return told;
};

describe('what many clients are told who send commands at once', () => {
  test.each(SEEDS)(
    'is explained by one order, the journal’s: accepted is there once, refused is not and had its reason (seed %i)',
    async (seed) => {
      const { desk, viewers, folder } = await openCopy();
      const told = await sendAtOnce(desk, viewers, new SeededRandom(seed));
      for (const { sent, receipt } of told) {
        const found = desk.journal.recordsOfCommand(sent.input.commandId);
        expect([found?.[0]?.seq ?? null, found?.length ?? 0]).toEqual([receipt?.seq ?? null, receipt?.count ?? 0]);
      }
      await desk.close();
      expect((await verifyWorkspace(folder)).problems).toEqual([]);
      const again = await openCopy();
      expect(await unexplained(again.desk, again.viewers, told)).toEqual([]);
      expect(again.desk.journal.size).toBe(desk.journal.size);
      await again.desk.close();
      expect(told.some(({ refusal }) => refusal === null)).toBe(true);
      expect(told.some(({ refusal }) => refusal !== null)).toBe(true);
    },
    120_000,
  );
});
