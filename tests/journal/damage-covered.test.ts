import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '#workflows/journal/bytes.ts';
import { JournalBuilder } from './build-journal.ts';
import { Bench } from './bench.ts';
import { refusalOf, type OpenedDesk } from './open-journal.ts';
import { randomKey } from './test-people.ts';
import { checkpointPath, listingOf, segmentOf, segmentPath, writeWorkspace } from './workspace-folder.ts';

let bench: Bench;
let leaves: readonly Uint8Array[];

/** Nine records, all covered. */
beforeEach(() => {
  bench = new Bench();
  leaves = bench.cast.journal.leaves;
});

/** Opens read-only, and shows that neither opening, asking, refusing nor closing touches a byte of the folder. */
const openReadOnly = async (): Promise<OpenedDesk> => {
  const before = listingOf(bench.folder);
  const desk = await bench.open();
  expect(desk.journal.readOnly).not.toBeNull();
  expect(desk.journal.readOnly?.message).not.toBe('');
  expect(desk.recovery).toBeNull();
  expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.look()])))).toBe('READ_ONLY journalReadOnly');
  desk.journal.writeCheckpoint();
  desk.journal.close();
  expect(listingOf(bench.folder)).toEqual(before);
  return desk;
};

const write = (content: readonly Uint8Array[]): void => {
  writeFileSync(segmentPath(bench.folder), segmentOf(content));
};

const changed = (seq: number, from: string, to: string): Uint8Array => {
  const text = Buffer.from(leaves[seq]!).toString();
  expect(text).toContain(from);
  return utf8(text.replace(from, to));
};

describe('damage at or before the checkpoint opens read-only, names the first bad record and touches nothing', () => {
  it.each<[string, number, () => readonly Uint8Array[]]>([
    ['a letter of the data', 5, () => leaves.with(5, changed(5, 'Lea Legal', 'Lea legal'))],
    ['a letter of the signature', 5, () => leaves.with(5, changed(5, '"value":"', '"value":"A').slice(0, -1))],
    ['a digit of the seq', 5, () => leaves.with(5, changed(5, '"seq":5', '"seq":4'))],
    ['a letter of the type', 5, () => leaves.with(5, changed(5, 'person.added', 'person.addee'))],
    ['a byte that is not UTF-8', 5, () => leaves.with(5, leaves[5]!.with(9, 0xff))],
    ['NUL bytes for a record', 5, () => leaves.with(5, new Uint8Array(leaves[5]!.length))],
    ['nothing for a record', 5, () => leaves.with(5, new Uint8Array())],
    ['an empty object for a record', 5, () => leaves.with(5, utf8('{}'))],
    ['a list for a record', 5, () => leaves.with(5, utf8('[]'))],
    ['null for a record', 5, () => leaves.with(5, utf8('null'))],
    ['deep nesting for a record', 5, () => leaves.with(5, utf8('['.repeat(30_000)))],
    ['a long line for a record', 5, () => leaves.with(5, utf8('x'.repeat(100_000)))],
    ['a record that is gone', 5, () => leaves.toSpliced(5, 1)],
    ['a record too many', 6, () => leaves.toSpliced(5, 0, leaves[5]!)],
    ['two records swapped', 5, () => leaves.with(5, leaves[6]!).with(6, leaves[5]!)],
    ['record 0 damaged', 0, () => leaves.with(0, changed(0, 'Test desk', 'Test disk'))],
    ['the last covered record damaged', 8, () => leaves.with(8, changed(8, '"seq":8', '"seq":9'))],
    [
      'two damaged records',
      3,
      () => leaves.with(3, changed(3, 'Cleo', 'Clea')).with(7, changed(7, '"seq":7', '"seq":8')),
    ],
    [
      'a damaged record before one whose type is not known any more',
      3,
      () => leaves.with(3, changed(3, 'Cleo', 'Clea')).with(7, changed(7, 'person.added', 'person.addee')),
    ],
    ['records missing at the end', 6, () => leaves.slice(0, 6)],
    ['no record at all', 0, () => []],
  ])('%s', async (_what, seq, content) => {
    write(content());
    const { journal } = await openReadOnly();
    expect(journal.readOnly?.seq).toBe(seq);
  });

  it('a record torn in the middle', async () => {
    truncateSync(segmentPath(bench.folder), segmentOf(leaves.slice(0, 6)).length + 100);
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(6);
  });

  it('a segment that is gone', async () => {
    writeWorkspace(bench.folder, bench.cast.journal, { splits: [3, 6] });
    rmSync(segmentPath(bench.folder, 3));
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(3);
  });

  it('together with a torn tail beyond the checkpoint, which is not cut either', async () => {
    write(leaves.with(5, changed(5, 'Lea', 'Leo')));
    appendFileSync(segmentPath(bench.folder), 'torn');
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(5);
  });

  it('and hands out no signed checkpoint for records that it cannot vouch for', async () => {
    write(leaves.with(5, changed(5, 'Lea Legal', 'Lea legal')));
    const { journal } = await bench.open();
    expect(() => journal.checkpoint()).toThrow();
    expect(() => journal.proveInclusion(2)).toThrow();
  });
});

describe('a checkpoint that cannot be relied on opens read-only and touches nothing', () => {
  const root = (size?: number): Uint8Array => bench.cast.journal.state.tree.root(size);

  it.each<[string, () => string]>([
    ['empty', () => ''],
    ['garbage', () => 'garbage\n'],
    ['cut short', () => bench.cast.journal.checkpoint().slice(0, -10)],
    ['another journal’s', () => new JournalBuilder(77).checkpoint()],
    ['signed by another key', () => bench.cast.journal.signCheckpoint(9, root(), randomKey(bench.random))],
    ['of another root', () => bench.cast.journal.signCheckpoint(9, root(8), bench.cast.journal.checkpointKey)],
    [
      'of more records than there are',
      () => bench.cast.journal.signCheckpoint(10, root(), bench.cast.journal.checkpointKey),
    ],
    ['of no records', () => bench.cast.journal.signCheckpoint(0, root(0), bench.cast.journal.checkpointKey)],
  ])('%s', async (_what, text) => {
    writeFileSync(checkpointPath(bench.folder), text());
    await openReadOnly();
  });

  it('missing', async () => {
    rmSync(checkpointPath(bench.folder));
    const { journal } = await openReadOnly();
    expect(journal.readOnly?.message).toContain('checkpoint');
  });

  it('a folder in its place', async () => {
    rmSync(checkpointPath(bench.folder));
    mkdirSync(checkpointPath(bench.folder));
    await openReadOnly();
  });

  it('ending inside a command whose rest is there', async () => {
    bench.cast.journal.command(bench.claim(), bench.claim(), bench.claim());
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 11 });
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(10);
  });

  it('ending inside a command whose rest is missing, of which nothing is cut off', async () => {
    bench.cast.journal.command(bench.claim(), bench.claim(), bench.claim());
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 11, leaves: leaves.slice(0, 11) });
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(10);
  });
});

describe('a record of a type that this program does not know opens read-only and touches nothing', () => {
  const withNewerType = (covered?: number): void => {
    const { journal } = bench.cast;
    journal.command(bench.look());
    journal.command({ ...bench.claim(), type: 'reply.translated' });
    journal.command(bench.look());
    writeWorkspace(bench.folder, journal, covered === undefined ? {} : { covered });
  };

  it.each([
    ['at or before the checkpoint', 12],
    ['beyond the checkpoint', 9],
    ['right behind the checkpoint', 10],
  ])('%s', async (_where, covered) => {
    withNewerType(covered);
    const { journal } = await openReadOnly();
    expect(journal.readOnly).toMatchObject({ seq: 10 });
    expect(journal.readOnly?.message).toMatch(/reply\.translated.*newer version/);
  });

  it('even with a torn record behind it', async () => {
    withNewerType(9);
    appendFileSync(segmentPath(bench.folder), 'torn');
    expect((await openReadOnly()).journal.readOnly?.seq).toBe(10);
  });

  it('and later versions of known types are as unknown', async () => {
    bench.cast.journal.command({ ...bench.claim(), type: 'reply.claimed/2' });
    writeWorkspace(bench.folder, bench.cast.journal, { covered: 9 });
    expect((await openReadOnly()).journal.readOnly?.message).toMatch(/reply\.claimed\/2.*newer version/);
  });

  it('and what came before it can still be read', async () => {
    withNewerType();
    const desk = await bench.open();
    expect(desk.journal.read(3)).toEqual(bench.cast.journal.records[3]);
    expect(desk.journal.placesOf('audit')[0]).toBe(9);
    expect(readFileSync(checkpointPath(bench.folder), 'utf8')).toBe(bench.cast.journal.checkpoint());
  });
});
