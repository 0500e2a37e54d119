import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '#workflows/journal/bytes.ts';
import { leafBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { Bench } from './bench.ts';
import { segmentOf, segmentPath, listingOf, writeWorkspace } from './workspace-folder.ts';

let bench: Bench;

/** The checkpoint covers 9 records; beyond it lie a command of one record and a command of three: 9, then 10 to 12. */
beforeEach(() => {
  bench = new Bench();
  const { journal } = bench.cast;
  journal.command(bench.look());
  const reply = `reply/${bench.random.ulid()}` as const;
  journal.command(bench.claim(reply), bench.claim(reply), bench.look());
  writeWorkspace(bench.folder, journal, { covered: 9 });
});

const leaves = (from: number, to?: number): Uint8Array<ArrayBuffer> =>
  segmentOf(bench.cast.journal.leaves.slice(from, to));

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The files in `recovered/`, by content. */
const recovered = (): Buffer[] => {
  const folder = join(bench.folder, 'recovered');
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name))) : [];
};

/** Opens and expects that exactly `kept` records stay and `cut` lies in recovered/, and the journal is fit for work. */
const expectRecovery = async (kept: number, cut: Uint8Array): Promise<void> => {
  const desk = await bench.open();
  expect(desk.journal.readOnly).toBeNull();
  expect(desk.journal.size).toBe(kept);
  expect(desk.recovery).toEqual({ from: 9, to: kept, bytes: cut.length, hash: hashOf(cut) });
  expect(recovered()).toEqual(cut.length > 0 ? [Buffer.from(cut)] : []);
  const kinds = { type: 'journal.recovered', subject: 'journal', by: 'program' } as const;
  await desk.journal.append(bench.command(desk, [{ ...kinds, data: { ...desk.recovery! } }]));
  await desk.journal.append(bench.command(desk, [bench.look()]));
  desk.journal.close();
  expect(await verifyWorkspace(bench.folder)).toMatchObject({ ok: true, size: kept + 2, notes: [], problems: [] });
  const again = await bench.open();
  expect(again.recovery).toBeNull();
  expect(again.journal.size).toBe(kept + 2);
};

const segment = (): string => segmentPath(bench.folder);

describe('beyond the checkpoint, recovery', () => {
  it('keeps every whole valid command and touches nothing', async () => {
    const before = listingOf(bench.folder);
    const desk = await bench.open();
    expect(listingOf(bench.folder)).toEqual(before);
    expect(desk.journal.size).toBe(13);
    desk.journal.close();
    const again = await bench.open();
    expect(again.recovery).toBeNull();
    expect(again.journal.size).toBe(13);
  });

  it('says what it took over without a checkpoint', async () => {
    await expectRecovery(13, new Uint8Array());
  });

  it('flushes what it keeps before a checkpoint covers it', async () => {
    const desk = await bench.open();
    desk.journal.close();
    const names = bench.disk.calls.map(({ operation, name }) => `${operation} ${name}`);
    expect(bench.checkpointSize).toBe(13);
    expect(names).toContain(`flush ${basename(segment())}`);
    expect(names.indexOf(`flush ${basename(segment())}`)).toBeLessThan(names.indexOf('rename checkpoint'));
  });

  it('makes the name of a segment durable that was begun just before a crash, before it answers from there', async () => {
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 13, splits: [13] });
    const desk = await bench.open();
    await desk.journal.append(bench.command(desk, [bench.look()]));
    const names = bench.disk.calls.map(({ operation, name }) => `${operation} ${name}`);
    expect(names).toContain('flush 00000000000000000013.jsonl');
    expect(names).toContain('flushFolder journal');
  });

  it('cuts a torn last record, with the command that it belongs to', async () => {
    const whole = leaves(0).length;
    truncateSync(segment(), whole - 100);
    await expectRecovery(10, leaves(10).slice(0, -100));
  });

  it('cuts a last record that lacks its LF alone', async () => {
    truncateSync(segment(), leaves(0).length - 1);
    await expectRecovery(10, leaves(10).slice(0, -1));
  });

  it('cuts a last command whose last record is missing', async () => {
    writeFileSync(segment(), leaves(0, 12));
    await expectRecovery(10, leaves(10, 12));
  });

  it('cuts all of the tail when its first command is torn', async () => {
    truncateSync(segment(), leaves(0, 9).length + 1);
    await expectRecovery(9, leaves(9).slice(0, 1));
  });

  it('takes no notice of NUL bytes at the end', async () => {
    appendFileSync(segment(), new Uint8Array(4096));
    await expectRecovery(13, new Uint8Array());
  });

  it('cuts a torn record together with the NUL bytes behind it', async () => {
    const torn = Buffer.concat([leaves(10).slice(0, -50), new Uint8Array(1000)]);
    writeFileSync(segment(), Buffer.concat([leaves(0, 10), torn]));
    await expectRecovery(10, torn);
  });

  it('cuts records that follow on a hole of NUL bytes', async () => {
    // Files are read in pieces of a mebibyte: one of the holes ends where a piece does.
    for (const hole of [10, 512, 2 * 1024 * 1024 - leaves(0, 10).length]) {
      const torn = Buffer.concat([new Uint8Array(hole), leaves(10)]);
      writeFileSync(segment(), Buffer.concat([leaves(0, 10), torn]));
      const desk = await bench.open();
      expect(desk.journal.size, `a hole of ${String(hole)}`).toBe(10);
      expect(desk.recovery?.hash).toBe(hashOf(torn));
      expect(recovered().map((bytes) => hashOf(bytes))).toContain(hashOf(torn));
    }
  });

  it.each<[string, () => string | Uint8Array]>([
    ['random bytes', () => bench.random.bytes(700)],
    ['text', () => 'no record\n'],
    ['an empty line', () => '\n'],
    ['an empty object', () => '{}\n'],
    ['an object that says its type alone', () => '{"type":"reply.opened"}\n'],
    ['an object that says an unknown type alone', () => '{"type":"moon.landed"}\n'],
    ['a list', () => '[]\n'],
    ['null', () => 'null\n'],
    ['a number', () => '7\n'],
    ['deep nesting', () => `${'['.repeat(30_000)}${']'.repeat(30_000)}\n`],
    ['a long line', () => `${'x'.repeat(2_000_000)}\n`],
    ['a long line without its end', () => 'x'.repeat(2_000_000)],
    ['the newest record again', () => leaves(12)],
    ['record 0 again', () => leaves(0, 1)],
  ])('cuts %s behind the last command', async (_what, garbage) => {
    const bytes = Buffer.from(garbage());
    appendFileSync(segment(), bytes);
    await expectRecovery(13, bytes);
  });

  /** The record that comes next, changed after it was signed; a member that is `undefined` is left out. */
  const following = (change: (record: JournalRecord) => object): Uint8Array => {
    const record = bench.cast.journal.draft([bench.look()])[0]!;
    const changed: Record<string, unknown> = { ...record, ...change(record) };
    const members = Object.entries(changed).filter(([, value]) => value !== undefined);
    return segmentOf([leafBytes(Object.fromEntries(members) as unknown as JournalRecord)]);
  };

  it.each<[string, (record: JournalRecord) => object]>([
    ['a signature that does not fit', ({ sig }) => ({ sig: { ...sig, value: `${'A'.repeat(86)}==` } })],
    ['no signature', () => ({ sig: undefined })],
    ['another seq', ({ seq }) => ({ seq: seq + 1 })],
    ['another version', ({ version }) => ({ version: version + 1 })],
    ['another parent', () => ({ parent: 'ab'.repeat(32) })],
    ['an earlier time', () => ({ at: '2026-01-01T00:00:00.000Z' })],
    ['a command that was used before', () => ({ command: bench.cast.journal.records[12]!.command })],
    ['a writer who may not write it', () => ({ actor: { system: 'outbox' }, sig: undefined })],
    ['data that was damaged and fits its type no more', () => ({ data: { what: 'lof', subject: null } })],
  ])('cuts a record with %s', async (_what, change) => {
    const bad = following(change);
    appendFileSync(segment(), bad);
    await expectRecovery(13, bad);
  });

  it('cuts whole valid commands too when they follow on something that is none', async () => {
    writeFileSync(segment(), Buffer.concat([leaves(0, 9), utf8('torn\n'), leaves(9)]));
    await expectRecovery(9, Buffer.concat([utf8('torn\n'), leaves(9)]));
  });

  it('keeps the bytes of all later segments in one file and removes the segments', async () => {
    const { journal } = bench.cast;
    writeWorkspace(bench.folder, journal, { covered: 9, splits: [10, 12] });
    writeFileSync(segment(), Buffer.concat([leaves(0, 9), utf8('torn')]));
    await expectRecovery(9, Buffer.concat([utf8('torn'), leaves(10)]));
    expect(existsSync(segmentPath(bench.folder, 10))).toBe(false);
    expect(existsSync(segmentPath(bench.folder, 12))).toBe(false);
  });

  it('cuts a command that begins in one segment and is torn in the next', async () => {
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 9, splits: [11] });
    truncateSync(segmentPath(bench.folder, 11), 20);
    await expectRecovery(10, Buffer.concat([leaves(10, 11), leaves(11).slice(0, 20)]));
    expect(existsSync(segmentPath(bench.folder, 11))).toBe(false);
  });

  it('cuts a segment whose name leaves a gap', async () => {
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 9, splits: [10] });
    renameSync(segmentPath(bench.folder, 10), segmentPath(bench.folder, 11));
    await expectRecovery(10, leaves(10));
  });

  it('has the cut bytes durable in recovered/ before it cuts them off', async () => {
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 9, splits: [10] });
    appendFileSync(segment(), 'torn');
    await bench.open();
    const names = bench.disk.calls.map(({ operation, name }) => `${operation} ${name}`);
    const firstLoss = names.findIndex((name) => /^(remove|truncate) \d+\.jsonl$/.test(name));
    const before = names.slice(0, firstLoss);
    expect(firstLoss).toBeGreaterThan(0);
    expect(before.filter((name) => name.startsWith('flush ')).length).toBeGreaterThan(0);
    expect(before).toContain('flushFolder recovered');
    // The new folder's own name is durable only when the folder that holds it is flushed.
    expect(before).toContain(`flushFolder ${basename(bench.folder)}`);
    expect(names.slice(firstLoss)).toContain('flushFolder journal');
  });

  it('keeps what several recoveries cut', async () => {
    appendFileSync(segment(), 'first');
    (await bench.open()).journal.close();
    appendFileSync(segment(), 'second');
    (await bench.open()).journal.close();
    expect(recovered().map(String).sort()).toEqual(['first', 'second']);
  });
});
