import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefusalError } from '#workflows/errors.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { Desk } from '#main/core/desk.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { SeededRandom } from '../journal/seeded-random.ts';
import { JobProcess } from './child-process.ts';
import { KillPoints } from './kill-points.ts';
import type { SentCommand } from './load.ts';
import { openDesk, type Place } from './open-desk.ts';
import { IS_DEEP, prepare, type Prepared } from './prepared-desk.ts';
import { COMMANDS, viewerOf } from './works.ts';

const KILLS = IS_DEEP ? 200 : 20;
/** Desks side by side, each of which is killed again and again. */
const DESKS = 2;
const SEED = Number(process.env.COUNTERSIGN_CRASH_SEED ?? 1);

interface Known {
  readonly people: PersonId[];
  readonly replies: ReplyId[];
  readonly addresses: string[];
}

let prepared: Prepared<Known>;

beforeAll(async () => {
  prepared = await prepare(async (desk) => {
    const { agnes, ben, cleo, carl, leo, lena } = desk.people;
    const replies: ReplyId[] = [];
    for (let index = 0; index < 5; index += 1) replies.push(await desk.flow.drafted(`Draft ${String(index)}.`));
    const addresses: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      addresses.push((await desk.flow.post(`Post ${String(index)}`, 'kim.example')).address);
    }
    return { people: [agnes, ben, cleo, carl, leo, lena].map(({ id }) => id), replies, addresses };
  });
}, 60_000);

afterAll(() => {
  prepared.remove();
});

/** What the clients of one life knew when it was over. */
interface Life {
  readonly sent: ReadonlyMap<string, SentCommand>;
  readonly answered: ReadonlyMap<string, CommandReceipt>;
  readonly refused: ReadonlySet<string>;
}

const readLife = (lines: readonly string[]): Life => {
  const after = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const sent = after('sent').map((line) => JSON.parse(line) as SentCommand);
  const answered = after('answered').map((line) => JSON.parse(line) as CommandReceipt);
  return {
    sent: new Map(sent.map((command) => [command.input.commandId, command])),
    answered: new Map(answered.map((receipt) => [receipt.commandId, receipt])),
    refused: new Set(after('refused').map((line) => line.split(' ')[0] ?? '')),
  };
};

/** Lets many clients work on a desk until so many of their commands are answered, and kills it then, at any moment. */
const liveUntilKilled = async (place: Place, seed: number, random: SeededRandom): Promise<Life> => {
  const enough = random.between(1, 60);
  const patience = random.below(6);
  let isKilled = false;
  const child = new JobProcess(
    { ...place, work: { kind: 'load', ...prepared.known, seed }, killAt: 0, isWholeLife: false },
    (process) => {
      if (process.answers < enough || isKilled) return;
      isKilled = true;
      setTimeout(() => void process.kill(), patience);
    },
  );
  const { faults } = await child.end();
  expect(faults).toEqual([]);
  return readLife(child.lines);
};

const WHOLE: Partial<Record<SentCommand['name'], number>> = { capture: 2, revise: 1, handOver: 1 };

/** @returns how many unanswered commands were found kept, and how many lost */
const judge = async (desk: Desk, { sent, answered, refused }: Life): Promise<{ kept: number; lost: number }> => {
  const count = { kept: 0, lost: 0 };
  for (const [id, { person, name, input }] of sent) {
    const found = desk.journal.recordsOfCommand(id);
    const receipt = answered.get(id);
    if (receipt) {
      const [seq, length] = [found?.[0]?.seq ?? null, found?.length ?? 0];
      expect({ id, seq, count: length }).toEqual({ id, seq: receipt.seq, count: receipt.count });
    } else if (refused.has(id)) expect({ id, found }).toEqual({ id, found: null });
    else {
      if (found) expect({ id, count: found.length }).toEqual({ id, count: WHOLE[name] });
      count[found ? 'kept' : 'lost'] += 1;
      await sendAgain(desk, { person, name, input }, found?.[0]?.seq ?? null);
    }
  }
  return count;
};

/** What was kept is answered as it would have been; what was lost is done now, once, or refused with nothing written. */
const sendAgain = async (desk: Desk, { person, name, input }: SentCommand, kept: number | null): Promise<void> => {
  const size = desk.journal.size;
  let answer: CommandReceipt | null = null;
  try {
    answer = (await COMMANDS[name](desk, await viewerOf(desk, person), input as never)) as CommandReceipt;
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
  }
  const found = desk.journal.recordsOfCommand(input.commandId);
  if (kept !== null) expect(answer).toMatchObject({ seq: kept, count: WHOLE[name] });
  expect(desk.journal.size).toBe(kept === null ? size + (answer?.count ?? 0) : size);
  expect(found?.[0]?.seq ?? null).toBe(answer?.seq ?? null);
};

describe(`killed under load, ${String(KILLS)} times (seed ${String(SEED)})`, () => {
  test(
    'a desk loses no answered command, halves none, and does an unanswered one once when it is sent again',
    async () => {
      const random = new SeededRandom(SEED);
      const totals = { answered: 0, refused: 0, kept: 0, lost: 0 };
      const lifeAfterLife = async (root: string): Promise<void> => {
        for (let life = 0; life < KILLS / DESKS; life += 1) {
          const place = { root, now: prepared.now + life * 60_000, server: 'http://127.0.0.1:9', hasKeys: true };
          const known = await liveUntilKilled(place, random.next(), random);
          const faults: string[] = [];
          const { desk } = await openDesk(place, new KillPoints(0), (message) => faults.push(message));
          expect(desk.journal.readOnly).toBeNull();
          const { kept, lost } = await judge(desk, known);
          await desk.close();
          const { problems, notes } = await verifyWorkspace(join(root, 'workspace'));
          expect({ problems, notes, faults }).toEqual({ problems: [], notes: [], faults: [] });
          totals.answered += known.answered.size;
          totals.refused += known.refused.size;
          totals.kept += kept;
          totals.lost += lost;
        }
      };
      await Promise.all(Array.from({ length: DESKS }, () => lifeAfterLife(prepared.copy())));
      // Each happened, or the test has proved less than it says.
      expect(Math.min(...Object.values(totals)), JSON.stringify(totals)).toBeGreaterThan(0);
    },
    120_000 + KILLS * 10_000,
  );
});
