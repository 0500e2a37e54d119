import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IndexPlace } from '#main/journal/journal-index.ts';
import { Bench } from './bench.ts';
import { HonestDesk } from './honest-desk.ts';
import { refusalOf, type OpenedDesk, type OpenOptions } from './open-journal.ts';
import { checkpointPath, segmentPath } from './workspace-folder.ts';

const RECORDS = 300;
const SEGMENT_BYTES = 80_000;
const KEY = new Uint8Array(32).fill(7);

let bench: Bench;
let place: IndexPlace;

const open = (options: OpenOptions = {}): Promise<OpenedDesk> =>
  bench.open({ segmentBytes: SEGMENT_BYTES, index: place, checkedAtStart: 0, ...options });

const grow = async (desk: OpenedDesk, records: number): Promise<void> => {
  const honest = new HonestDesk(bench.cast, bench.random);
  while (desk.journal.size < records) await desk.journal.append(bench.command(desk, honest.next()));
};

/** Everything that a journal is asked while the desk is open. */
const contentOf = ({ journal }: OpenedDesk): object => {
  const records = Array.from({ length: journal.size }, (_, seq) => journal.read(seq));
  const subjects = [...new Set(records.map(({ subject }) => subject))];
  const commands = [...new Set(records.map(({ command }) => command))];
  return {
    records,
    roots: [1, 255, 256, 257, journal.size].filter((size) => size <= journal.size).map((size) => journal.root(size)),
    registry: journal.registry.state,
    heads: subjects.map((subject) => [subject, journal.head(subject), journal.placesOf(subject)]),
    commands: commands.map((command) => journal.recordsOfCommand(command)?.length),
  };
};

/** Of a start that reads every record. */
const contentReadWhole = async (): Promise<object> => {
  const desk = await bench.open({ segmentBytes: SEGMENT_BYTES });
  const content = contentOf(desk);
  desk.journal.close();
  return content;
};

/** Whether a start went by the index shows in that it cannot know of a change in a record that it need not read. */
const goesByIndex = async (): Promise<boolean> => {
  const path = segmentPath(bench.folder);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.with(200, bytes[200]! ^ 1));
  const desk = await open({ closes: false });
  const { readOnly } = desk.journal;
  desk.journal.close();
  writeFileSync(path, bytes);
  return readOnly === null;
};

const segments = (): string[] => {
  const folder = join(bench.folder, 'journal');
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.sort().map((name) => join(folder, name));
};

/** Puts back the journal and its checkpoint as they were halfway. */
const restoreOlder = (): void => {
  rmSync(join(bench.folder, 'journal'), { recursive: true });
  renameSync(join(bench.folder, 'older'), join(bench.folder, 'journal'));
};

beforeEach(async () => {
  bench = new Bench();
  mkdirSync(join(bench.folder, 'desk'));
  place = { path: join(bench.folder, 'desk', 'index.db'), key: KEY };
  const half = await open();
  await grow(half, RECORDS / 2);
  half.journal.close();
  cpSync(join(bench.folder, 'journal'), join(bench.folder, 'older'), { recursive: true });
  const desk = await open();
  await grow(desk, RECORDS);
  desk.journal.close();
});

describe('a start by the index', () => {
  it('gives what a start gives that reads every record', async () => {
    expect(await goesByIndex()).toBe(true);
    const desk = await open();
    expect(desk.recovery).toBeNull();
    expect(desk.journal.readOnly).toBeNull();
    const content = contentOf(desk);
    desk.journal.close();
    expect(content).toEqual(await contentReadWhole());
  });

  it('goes on from there: versions, parents, used commands and segments', async () => {
    const desk = await open();
    const used = desk.journal.read(RECORDS - 1).command;
    expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.look()], { command: used })))).toBe(
      'INVALID_INPUT commandReused',
    );
    await grow(desk, RECORDS + 230);
    desk.journal.close();
    const again = await open();
    const content = contentOf(again);
    again.journal.close();
    expect(content).toEqual(await contentReadWhole());
  });

  it('keeps the index for its owner alone', () => {
    expect(statSync(place.path).mode & 0o777).toBe(0o600);
  });

  it('reads what follows an older index', async () => {
    copyFileSync(place.path, `${place.path}.older`);
    const desk = await open();
    await grow(desk, RECORDS + 100);
    desk.journal.close();
    renameSync(`${place.path}.older`, place.path);
    expect(await goesByIndex()).toBe(true);
    const again = await open();
    const content = contentOf(again);
    again.journal.close();
    expect(content).toEqual(await contentReadWhole());
  });
});

describe('an index in doubt is built anew from the journal', () => {
  const alter = (path: string, from: number): void => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x55, from, from + 4096));
  };

  it.each<[string, () => void]>([
    ['gone', () => rmSync(place.path)],
    ['empty', () => writeFileSync(place.path, '')],
    ['no database', () => writeFileSync(place.path, 'x'.repeat(100_000))],
    ['sealed by another key', () => (place = { ...place, key: new Uint8Array(32).fill(8) })],
    ['cut short', () => truncateSync(place.path, statSync(place.path).size - 8192)],
    ['overwritten at its beginning', () => alter(place.path, 0)],
    ['of more records than the journal and its checkpoint have', () => restoreOlder()],
  ])('%s', async (_what, change) => {
    change();
    const desk = await open();
    expect(desk.journal.readOnly).toBeNull();
    const content = contentOf(desk);
    desk.journal.close();
    expect(content).toEqual(await contentReadWhole());
    expect(await goesByIndex()).toBe(true);
  });
});

describe('damage is noticed though a start does not read every record', () => {
  const flip = (path: string, offset: number): void => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.with(offset, bytes[offset]! ^ 1));
  };
  const lastSegment = (): string => segments().at(-1)!;

  it.each<[string, () => void]>([
    ['the newest record', () => flip(lastSegment(), statSync(lastSegment()).size - 100)],
    ['the last LF', () => flip(lastSegment(), statSync(lastSegment()).size - 1)],
    ['the last segment cut short', () => truncateSync(lastSegment(), statSync(lastSegment()).size - 2)],
    ['an earlier segment cut short', () => truncateSync(segments()[0]!, 500)],
    ['an earlier segment grown', () => writeFileSync(segments()[0]!, 'x\n', { flag: 'a' })],
    ['an earlier segment gone', () => rmSync(segments()[1]!)],
    ['the last segment gone', () => rmSync(lastSegment())],
    ['the checkpoint’s root', () => flip(checkpointPath(bench.folder), 60)],
    ['the checkpoint gone', () => rmSync(checkpointPath(bench.folder))],
  ])('at the start: %s', async (_what, change) => {
    change();
    const { journal } = await open();
    expect(journal.readOnly).not.toBeNull();
    expect(() => journal.checkpoint()).toThrow();
  });

  it('when the record is read: it is never given as another than was written', async () => {
    flip(segmentPath(bench.folder), 200);
    const { journal } = await open();
    expect(() => journal.read(0)).toThrow('not the one that was written');
    expect(journal.read(1).seq).toBe(1);
  });

  it('behind the open desk, which then is read-only and names the record', async () => {
    const { journal: before } = await open({ closes: false });
    const found = Buffer.from(before.readBytes(150));
    before.close();
    const path = segments().find((one) => readFileSync(one).includes(found))!;
    flip(path, readFileSync(path).indexOf(found) + 40);
    const desk = await open();
    expect(desk.journal.readOnly).toBeNull();
    await expect.poll(() => desk.journal.readOnly?.seq, { timeout: 5000 }).toBe(150);
    expect(await refusalOf(desk.journal.append(bench.command(desk, [bench.look()])))).toBe('READ_ONLY journalReadOnly');
    expect(() => desk.journal.checkpoint()).toThrow();
  });

  it('at the start in a short journal, every record of which is read', async () => {
    flip(segmentPath(bench.folder), 200);
    const { journal } = await open({ checkedAtStart: RECORDS * 2 });
    expect(journal.readOnly?.seq).toBe(0);
  });
});
