import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { leafBytes, parentBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { RecordText } from '#workflows/journal/record-text.ts';
import { VersionConflictError } from '#main/journal/journal.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { HonestDesk } from './honest-desk.ts';
import { refusalOf } from './open-journal.ts';
import { listingOf } from './workspace-folder.ts';
import { Bench, wait } from './bench.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

describe('a command', () => {
  it('is answered with its records in their places, after they are flushed', async () => {
    const desk = await bench.open();
    const batch = bench.command(desk, [bench.claim(), bench.claim(), bench.look()]);
    const before = bench.count('flush');
    const placed = await desk.journal.append(batch);
    expect(bench.count('flush')).toBe(before + 1);
    expect(bench.disk.calls.slice(-2)).toMatchObject([{ operation: 'write' }, { operation: 'flush' }]);
    expect(placed.map(({ seq, cont }) => [seq, cont])).toEqual([
      [9, true],
      [10, true],
      [11, undefined],
    ]);
    expect(placed.map(({ seq: _seq, at: _at, cont: _cont, ...rest }) => rest)).toEqual(batch.records);
    expect([9, 10, 11].map((seq) => desk.journal.read(seq))).toEqual(placed);
    expect(desk.journal.size).toBe(12);
  });

  it('is written as its own records say, whatever texts come with them', async () => {
    const desk = await bench.open();
    const batch = bench.command(desk, [bench.claim(), bench.look()]);
    const texts = batch.records.map((record) => RecordText.of(record));
    const placed = await desk.journal.append({ ...batch, texts: texts.reverse() });
    for (const record of placed) expect(desk.journal.readBytes(record.seq)).toEqual(leafBytes(record));
    const next = bench.command(desk, [bench.look()]);
    const [following] = await desk.journal.append({
      ...next,
      texts: next.records.map((record) => RecordText.of(record)),
    });
    expect(following?.parent).toBe(createHash('sha256').update(parentBytes(placed[1]!)).digest('hex'));
    expect(desk.journal.readBytes(following!.seq)).toEqual(leafBytes(following!));
  });

  it('is not to be seen before it is flushed', async () => {
    const desk = await bench.open();
    const answer = desk.journal.append(bench.command(desk, [bench.look()]));
    expect(desk.journal.size).toBe(9);
    expect(desk.journal.head('audit').count).toBe(0);
    expect(desk.journal.placesOf('audit')).toEqual([]);
    expect(() => desk.journal.read(9)).toThrow(RangeError);
    await answer;
    expect(desk.journal.head('audit').count).toBe(1);
    expect(desk.journal.placesOf('audit')).toEqual([9]);
  });

  it('shares one write and one flush with all that come in the same turn', async () => {
    const desk = await bench.open();
    const batches = Array.from({ length: 20 }, () => bench.command(desk, [bench.claim(), bench.claim()]));
    bench.disk.calls.length = 0;
    const answers = await Promise.all(batches.map((batch) => desk.journal.append(batch)));
    expect(bench.disk.calls.map(({ operation }) => operation)).toEqual(['open', 'write', 'flush']);
    expect(answers.flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => 9 + index));
    expect(answers.every(([first, last]) => first?.cont === true && last?.cont === undefined)).toBe(true);
  });

  it('in another turn has a flush of its own', async () => {
    const desk = await bench.open();
    await desk.journal.append(bench.command(desk, [bench.look()]));
    // Room for what follows is made and flushed once, behind the answer.
    await wait(0);
    const before = bench.count('flush');
    for (let count = 0; count < 3; count += 1) await desk.journal.append(bench.command(desk, [bench.look()]));
    expect(bench.count('flush')).toBe(before + 3);
  });

  it('that expects another version of a subject is a conflict, and nothing of it is written', async () => {
    const desk = await bench.open();
    const stale = bench.command(desk, [bench.look()]);
    await desk.journal.append(bench.command(desk, [bench.look(bench.cast.agent)]));
    const before = listingOf(bench.folder);
    await expect(desk.journal.append(stale)).rejects.toThrow(VersionConflictError);
    await expect(desk.journal.append(stale)).rejects.toMatchObject({ subject: 'audit' });
    expect(listingOf(bench.folder)).toEqual(before);
    expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.look()])))).toBe('accepted');
  });

  it('conflicts also with one of the same turn that is not flushed yet', async () => {
    const desk = await bench.open();
    const [first, second] = [bench.command(desk, [bench.look()]), bench.command(desk, [bench.look(bench.cast.agent)])];
    const winner = desk.journal.append(first);
    await expect(desk.journal.append(second)).rejects.toThrow(VersionConflictError);
    expect(await winner).toHaveLength(1);
  });

  it('conflicts when what it only relied on has changed', async () => {
    const desk = await bench.open();
    const reading = bench.command(desk, [{ ...bench.claim(), reads: ['audit'] }]);
    await desk.journal.append(bench.command(desk, [bench.look()]));
    await expect(desk.journal.append(reading)).rejects.toMatchObject({ subject: 'audit' });
  });

  it('is done once: its id is refused in the same turn, later, and after a restart', async () => {
    const desk = await bench.open();
    const command = bench.random.ulid();
    const again = (): ReturnType<typeof bench.command> => bench.command(desk, [bench.claim()], { command });
    const first = desk.journal.append(again());
    expect(await refusalOf(desk.journal.append(again()))).toBe('INVALID_INPUT commandReused');
    await first;
    expect(await refusalOf(desk.journal.append(again()))).toBe('INVALID_INPUT commandReused');
    desk.journal.close();
    const reopened = await bench.open();
    const batch = bench.command(reopened, [bench.claim()], { command });
    expect(await refusalOf(reopened.journal.append(batch))).toBe('INVALID_INPUT commandReused');
    expect(reopened.journal.recordsOfCommand(command)).toEqual(await first);
  });

  it('that was refused by a conflict may use its id again', async () => {
    const desk = await bench.open();
    const command = bench.random.ulid();
    const stale = bench.command(desk, [bench.look()], { command });
    await desk.journal.append(bench.command(desk, [bench.look()]));
    await expect(desk.journal.append(stale)).rejects.toThrow(VersionConflictError);
    expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.look()], { command })))).toBe('accepted');
  });

  it('with a record that is too long, or not canonical, is refused and leaves nothing behind', async () => {
    const desk = await bench.open();
    const long = { ...bench.look(), data: { what: 'log', subject: null, filler: 'x'.repeat(65_000) } };
    expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.claim(), long])))).toBe(
      'TOO_LARGE recordTooLarge',
    );
    const before = listingOf(bench.folder);
    const odd = { ...bench.look(), by: 'program' as const, data: { what: 0.5 } };
    await expect(desk.journal.append(bench.command(desk, [odd]))).rejects.toThrow();
    expect(listingOf(bench.folder)).toEqual(before);
    const placed = await desk.journal.append(bench.command(desk, [bench.look()]));
    expect(placed[0]).toMatchObject({ seq: 9, version: 0 });
  });

  it('that was answered is found valid by a verification', async () => {
    const desk = await bench.open({ segmentBytes: 20_000 });
    const honest = new HonestDesk(bench.cast, bench.random);
    for (let turn = 0; turn < 60; turn += 1) {
      desk.clock.milliseconds += bench.random.below(90_000) - 30_000;
      const batches = Array.from({ length: bench.random.between(1, 3) }, () => bench.command(desk, honest.next()));
      await Promise.allSettled(batches.map((batch) => desk.journal.append(batch)));
    }
    const { size } = desk.journal;
    desk.journal.close();
    expect(size).toBeGreaterThan(100);
    expect(await verifyWorkspace(bench.folder)).toMatchObject({ ok: true, size, notes: [], problems: [] });
  });
});

describe('a follower', () => {
  it('has each command’s records once they are durable, in order, before the answer, until it stops', async () => {
    const desk = await bench.open();
    const seen: (readonly JournalRecord[])[] = [];
    let flushesSeen = 0;
    const stop = desk.journal.follow((records) => {
      seen.push(records);
      flushesSeen = bench.count('flush');
      expect(desk.journal.read(records[0]!.seq)).toEqual(records[0]);
    });
    const batches = [[bench.claim(), bench.claim()], [bench.claim()]].map((drafts) => bench.command(desk, drafts));
    const answers = await Promise.all(
      batches.map(async (batch, index) => {
        const placed = await desk.journal.append(batch);
        expect(seen.length).toBeGreaterThan(index);
        return placed;
      }),
    );
    expect(seen).toEqual(answers);
    expect(flushesSeen).toBe(bench.count('flush'));
    stop();
    await desk.journal.append(bench.command(desk, [bench.look()]));
    expect(seen).toHaveLength(2);
  });
});
