import { beforeEach, describe, expect, it } from 'vitest';
import { toTime } from '#workflows/time.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { Bench } from './bench.ts';
import { refusalOf, type OpenedDesk } from './open-journal.ts';
import { signAgain, type Draft } from './sign-records.ts';

const MINUTE = 60_000;

let bench: Bench;
let desk: OpenedDesk;

beforeEach(async () => {
  bench = new Bench();
  desk = await bench.open();
});

const append = (drafts: readonly Draft[], signedAt = desk.clock.now()): Promise<readonly JournalRecord[]> =>
  desk.journal.append(bench.command(desk, drafts, { signedAt }));

/** What verification, the only judge, says to all that was answered. */
const expectSound = async (): Promise<void> => {
  desk.journal.close();
  expect((await verifyWorkspace(bench.folder)).problems).toEqual([]);
};

const breach = (): Draft => ({
  type: 'reply.breached',
  subject: `reply/${bench.random.ulid()}`,
  by: 'program',
  data: { dueAt: '2026-11-02T08:00:00.000Z' },
});

describe('the time of a record', () => {
  it('is the clock’s, one for all records of a command', async () => {
    const placed = await append([bench.claim(), bench.claim()]);
    expect(placed.map(({ at }) => at)).toEqual([toTime(desk.clock.now()), toTime(desk.clock.now())]);
    await expectSound();
  });

  it('never goes back when the clock does', async () => {
    const [first] = await append([bench.look()]);
    desk.clock.milliseconds -= 2 * MINUTE;
    const [second] = await append([bench.look()]);
    expect(second!.at).toBe(first!.at);
    desk.clock.milliseconds += 3 * MINUTE;
    const [third] = await append([bench.look()]);
    expect(third!.at).toBe(toTime(desk.clock.now()));
    await expectSound();
  });

  it('never goes back among commands of one turn', async () => {
    const answers = [4, 0, 2].map((minutes) => {
      desk.clock.milliseconds = bench.cast.journal.now + minutes * MINUTE;
      return append([bench.claim()]);
    });
    const times = (await Promise.all(answers)).map(([record]) => record!.at);
    expect(times).toEqual([times[0], times[0], times[0]]);
    await expectSound();
  });

  it('is not before its signature, should the clock have been set back since', async () => {
    const signedAt = desk.clock.now();
    desk.clock.milliseconds -= 1000;
    const [record] = await append([bench.look()], signedAt);
    expect(record!.at).toBe(toTime(signedAt));
    await expectSound();
  });
});

describe('a clock that is behind', () => {
  it('by exactly five minutes is still taken, by more it is not, for people and for the program', async () => {
    await append([bench.look()]);
    desk.clock.milliseconds -= 5 * MINUTE;
    expect(await refusalOf(append([bench.look()]))).toBe('accepted');
    expect(await refusalOf(append([breach()]))).toBe('accepted');
    desk.clock.milliseconds -= 1;
    const { size } = desk.journal;
    expect(await refusalOf(append([bench.look()]))).toBe('UNAVAILABLE clockBehind');
    expect(await refusalOf(append([breach()]))).toBe('UNAVAILABLE clockBehind');
    expect(desk.journal.size).toBe(size);
    await expectSound();
  });

  it('is put right by an admin’s correction, from which time goes on', async () => {
    await append([bench.look()]);
    const from = toTime(desk.clock.now());
    desk.clock.milliseconds -= 60 * MINUTE;
    const to = toTime(desk.clock.now());
    const correction = { type: 'clock.corrected', subject: 'clock', by: bench.cast.admin, data: { from, to } } as const;
    const [corrected] = await append([correction]);
    expect(corrected!.at).toBe(to);
    desk.clock.milliseconds += 1000;
    const [next] = await append([bench.look()]);
    expect(next!.at).toBe(toTime(desk.clock.now()));
    await expectSound();
  });
});

describe('a signature', () => {
  it('of five minutes ago is taken, an older one is not', async () => {
    expect(await refusalOf(append([bench.look()], desk.clock.now() - 5 * MINUTE))).toBe('accepted');
    expect(await refusalOf(append([bench.look()], desk.clock.now() - 5 * MINUTE - 1))).toMatch(/^UNAVAILABLE /);
    await expectSound();
  });

  it('that is too old is not carried along by a younger one of the same command', async () => {
    const batch = bench.command(desk, [bench.claim(), bench.claim()]);
    const [first, second] = batch.records;
    const { id, privateKey, publicKey } = bench.cast.agent.key;
    const at = toTime(desk.clock.now() - 6 * MINUTE);
    const old = signAgain(
      { ...first!, sig: { ...first!.sig!, at } },
      { id, privateKey, publicKey },
      desk.journal.origin,
    );
    const answer = await refusalOf(desk.journal.append({ ...batch, records: [old, second!] }));
    await expectSound();
    expect(answer).toMatch(/^UNAVAILABLE /);
  });

  it('may have waited while the journal was asked for other things', async () => {
    const signedAt = desk.clock.now();
    desk.clock.milliseconds += 4 * MINUTE;
    await append([bench.look()]);
    const [record] = await append([bench.claim()], signedAt);
    expect(record).toMatchObject({ at: toTime(desk.clock.now()), sig: { at: toTime(signedAt) } });
    await expectSound();
  });
});
