import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { takeRecord } from '#main/core/state/load-tables.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { watchedStorage } from '../journal/watched-storage.ts';
import { copyOf } from '../journal/workspace-folder.ts';
import { makeBusy } from './busy-desk.ts';
import { deskForTest, TestDesk } from './desk.fixture.ts';
import { dismissed } from './erasure-flow.ts';
import { contentsOf, KeptTables, recordsIn, replayed } from './kept-tables.ts';
import { PASSPHRASE } from './roster.ts';

const close = async (desk: TestDesk, reply: ReplyId): Promise<void> => {
  await desk.people.agnes.desk.reply.close(await desk.flow.target(reply));
};

/** Replies in every state; several are closed. @returns one that was published */
const fill = async (desk: TestDesk): Promise<ReplyId> => {
  await makeBusy(desk);
  await desk.settle();
  const closed = await desk.flow.published('It is on its way.');
  await close(desk, closed);
  await dismissed(desk, await desk.flow.captured('Once more', 'sam.example'));
  await dismissed(desk, await desk.flow.captured('And once more', 'sam.example'));
  return closed;
};

const expectAsReplayed = (kept: KeptTables, { host }: TestDesk): void => {
  const { journal } = host.desk;
  expect(contentsOf(kept.tables, journal)).toEqual(contentsOf(replayed(journal), journal));
};

const keptBy = (desk: TestDesk, options: ConstructorParameters<typeof KeptTables>[1] = {}): KeptTables => {
  const kept = new KeptTables(desk.host.desk.journal, options);
  onTestFinished(() => kept.close());
  return kept;
};

const hold = async (desk: TestDesk, reply: ReplyId): Promise<void> => {
  const target = { ...(await desk.flow.target(reply)), passphrase: PASSPHRASE };
  await desk.people.leo.desk.reply.placeHold({ ...target, reason: 'A claim.' });
};

const partsIn = (folder: string): string[] =>
  readdirSync(join(folder, 'desk')).filter((name) => name.startsWith('part-'));
const archiveIn = (folder: string): string[] => readdirSync(join(folder, 'archive'));

const inDatabase = (folder: string, ...statements: string[]): void => {
  const database = new DatabaseSync(join(folder, 'desk', 'lookup.db'));
  for (const statement of statements) database.exec(statement);
  database.close();
};

const alter = (path: string, member = '"version":'): void => {
  const text = readFileSync(path, 'utf8');
  const place = text.lastIndexOf(member) + member.length;
  writeFileSync(path, `${text.slice(0, place)}9${text.slice(place)}`);
};

/** What may become of the files, and whether the whole journal has to be read for it. */
const DAMAGE: Readonly<
  Record<string, { readonly isRebuilt: boolean; readonly do: (folder: string, before: string) => void }>
> = {
  'nothing happened': { isRebuilt: false, do: () => undefined },
  'the head is gone': { isRebuilt: true, do: (folder) => rmSync(join(folder, 'desk', 'desk.json')) },
  'the head is altered': { isRebuilt: true, do: (folder) => alter(join(folder, 'desk', 'desk.json'), '"through":') },
  'a part is gone': { isRebuilt: true, do: (folder) => rmSync(join(folder, 'desk', partsIn(folder)[0]!)) },
  'a part is altered': { isRebuilt: true, do: (folder) => alter(join(folder, 'desk', partsIn(folder).at(-1)!)) },
  'the lookup is gone': { isRebuilt: true, do: (folder) => rmSync(join(folder, 'desk', 'lookup.db')) },
  'the lookup is no database': {
    isRebuilt: true,
    do: (folder) => writeFileSync(join(folder, 'desk', 'lookup.db'), 'Not a database, however long it is.'.repeat(200)),
  },
  'a row of the lookup is gone': { isRebuilt: true, do: (folder) => inDatabase(folder, 'DELETE FROM replies') },
  'rows of the lookup are altered': {
    isRebuilt: false,
    do: (folder) => inDatabase(folder, `UPDATE replies SET part = '2020-01'`),
  },
  'the lookup is an older one': {
    isRebuilt: true,
    do: (folder, before) => cpSync(join(before, 'desk', 'lookup.db'), join(folder, 'desk', 'lookup.db')),
  },
  'the archive is gone': { isRebuilt: false, do: (folder) => rmSync(join(folder, 'archive'), { recursive: true }) },
  'a file of the archive is altered': {
    isRebuilt: false,
    do: (folder) => alter(join(folder, 'archive', archiveIn(folder)[0]!)),
  },
  'the archive is an older one': {
    isRebuilt: false,
    do: (folder, before) => cpSync(join(before, 'archive'), join(folder, 'archive'), { recursive: true }),
  },
  'the archive and all its rows are older ones': {
    isRebuilt: false,
    do: (folder, before) => {
      cpSync(join(before, 'archive'), join(folder, 'archive'), { recursive: true });
      const tables = ['parts', 'replies', 'publications', 'signatures'];
      const old = `ATTACH '${join(before, 'desk', 'lookup.db')}' AS old`;
      // As many rows as there are, so that the count tells nothing.
      inDatabase(folder, old, ...tables.map((table) => `INSERT OR REPLACE INTO ${table} SELECT * FROM old.${table}`));
    },
  },
  'everything is an older one': {
    isRebuilt: false,
    do: (folder, before) => {
      for (const name of ['desk', 'archive']) {
        rmSync(join(folder, name), { recursive: true });
        cpSync(join(before, name), join(folder, name), { recursive: true });
      }
    },
  },
};

describe('tables that were saved and opened again', () => {
  let desk: TestDesk;
  let saved: string;
  let before: string;

  beforeAll(async () => {
    desk = await TestDesk.create();
    const closed = await fill(desk);
    const drafted = await desk.flow.drafted('Some words.');
    const folder = mkdtempSync(join(tmpdir(), 'countersign-kept-'));
    const kept = new KeptTables(desk.host.desk.journal, { folder: join(folder, 'now') });
    await kept.open();
    kept.save(true);
    kept.close();
    before = join(folder, 'before');
    cpSync(kept.folder, before, { recursive: true });
    await hold(desk, closed);
    const target = { ...(await desk.flow.target(closed)), passphrase: PASSPHRASE };
    await desk.people.leo.desk.reply.liftHold(target);
    await dismissed(desk, await desk.flow.captured('Yet another', 'joe.example'));
    const [again = closed] = [...desk.host.desk.tables.replies.closed('due', 10)]
      .map(({ id }) => id)
      .filter((id) => id !== closed);
    await desk.people.agnes.desk.reply.triage({
      ...(await desk.flow.target(again)),
      outcome: 'triage',
      reason: '',
      until: null,
      into: null,
    });
    await dismissed(desk, again);
    await desk.flow.write(drafted, 'Other words.');
    await kept.open();
    kept.save(true);
    kept.close();
    saved = kept.folder;
  });

  afterAll(async () => {
    rmSync(dirname(saved), { recursive: true });
    await desk.dispose();
  });

  test.each(Object.entries(DAMAGE))('say what a replay says when %s', async (_, damage) => {
    const folder = copyOf(saved);
    damage.do(folder, before);
    const kept = keptBy(desk, { folder });
    expect((await kept.open()).includes(0)).toBe(damage.isRebuilt);
    expectAsReplayed(kept, desk);
    // What had to be worked out is put away again, and found the next time.
    kept.save(true);
    kept.close();
    expect((await kept.open()).includes(0)).toBe(false);
    expectAsReplayed(kept, desk);
    expect(kept.faults).toEqual([]);
  });
});

describe('a save', () => {
  test('that ends at any write leaves what says the same as a replay', async () => {
    const desk = await deskForTest();
    const closed = await fill(desk);
    const first = keptBy(desk);
    await first.open();
    first.save(true);
    first.close();
    await hold(desk, closed);
    await dismissed(desk, await desk.flow.captured('Yet another', 'joe.example'));
    await desk.flow.drafted('More.');
    let isSaved = false;
    let crashes = 0;
    for (let most = 0; !isSaved; most += 1) {
      const watched = watchedStorage();
      const kept = keptBy(desk, { folder: copyOf(first.folder), storage: watched.storage });
      await kept.open();
      let count = 0;
      watched.intercept = ({ operation }) => {
        if (operation === 'close' || (count += 1) <= most) return undefined;
        throw new Error('the process died');
      };
      try {
        kept.save(true);
        isSaved = true;
      } catch {
        crashes += 1;
      }
      watched.intercept = () => undefined;
      const after = keptBy(desk, { folder: copyOf(kept.folder) });
      await after.open();
      expectAsReplayed(after, desk);
      // A desk whose disk failed for a while goes on, and saves when it can.
      expectAsReplayed(kept, desk);
      kept.save(true);
      expectAsReplayed(kept, desk);
      for (const one of [kept, after]) one.close();
    }
    expect(crashes).toBeGreaterThan(10);
  });

  test('in pieces leaves what changes meanwhile to the next one', async () => {
    const desk = await deskForTest();
    const closed = await fill(desk);
    const kept = keptBy(desk);
    await kept.open();
    const records = recordsIn(desk.host.desk.journal).length;
    let taken = records;
    let turns = 0;
    for (const _ of kept.pieces(true)) {
      turns += 1;
      const act = turns % 2 === 0 ? desk.people.leo.desk.reply.liftHold : desk.people.leo.desk.reply.placeHold;
      const target = { ...(await desk.flow.target(closed)), passphrase: PASSPHRASE };
      await act({ ...target, ...(turns % 2 === 0 ? {} : { reason: 'A claim.' }) } as never);
      for (const record of recordsIn(desk.host.desk.journal).slice(taken)) {
        takeRecord(kept.loaded!, record, (_message, error) => expect(error).toBeUndefined());
        taken += 1;
      }
      expectAsReplayed(kept, desk);
    }
    expect(turns).toBeGreaterThan(4);
    kept.close();
    expect(Math.min(...(await kept.open()))).toBe(records);
    expectAsReplayed(kept, desk);
  });
});

/** A workspace of many replies, made of a few of the program’s own under other names. */
const crowded = async (open: number, closed: number) => {
  const desk = await deskForTest();
  const reply = await desk.flow.approved('A usual answer, as long as such answers are. '.repeat(5));
  const done = await desk.flow.published('Sent.');
  await close(desk, done);
  const written: { name: string; bytes: number }[] = [];
  const storage: Storage = {
    ...diskStorage,
    write: (file, bytes, position) => {
      written.push({ name: '', bytes: bytes.length });
      diskStorage.write(file, bytes, position);
    },
    rename: (from, to) => {
      written.at(-1)!.name = basename(to);
      diskStorage.rename(from, to);
    },
  };
  const kept = keptBy(desk, { storage });
  await kept.open();
  const { replies, publications } = kept.tables;
  const named = (number: number): ReplyId => `reply/${String(number).padStart(26, '0')}`;
  const copy = (id: ReplyId, number: number): void => {
    const entry = replies.get(id)!;
    const own = publications.ofReply(id).map((publication, index) => ({
      ...publication,
      id: `publication/${String(number * 10 + index).padStart(26, '0')}` as const,
      reply: named(number),
    }));
    replies.keepBundle({ reply: { ...entry, id: named(number), openedSeq: 1_000_000 + number }, publications: own });
  };
  for (let number = 0; number < open; number += 1) copy(reply, number);
  for (let number = open; number < open + closed; number += 1) copy(done, number);
  const change = (number: number): void => {
    const entry = replies.get(named(number))!;
    replies.set(entry.id, { ...entry, version: entry.version + 1 });
  };
  const save = (): { name: string; bytes: number }[] => {
    written.length = 0;
    kept.save();
    return [...written];
  };
  return { kept, change, save, finish: (number: number) => copy(done, number) };
};

const bytesOf = (written: readonly { readonly bytes: number }[]): number =>
  written.reduce((total, { bytes }) => total + bytes, 0);

describe('the size of a save', () => {
  test('is at most 2 kB for each open reply, and 64 kB after a decision when a thousand are open', async () => {
    const { change, save } = await crowded(1000, 0);
    expect(bytesOf(save()) / 1000).toBeLessThan(2048);
    for (const number of [0, 17, 500, 999]) {
      change(number);
      expect(bytesOf(save())).toBeLessThan(64 * 1024);
    }
    expect(bytesOf(save())).toBeLessThan(16 * 1024);
  });

  test('is at most 64 kB and the head when replies are closed and put away', async () => {
    const { save, finish } = await crowded(200, 0);
    save();
    for (let number = 0; number < 40; number += 1) {
      finish(number);
      const written = save();
      const head = written.filter(({ name }) => name === 'desk.json');
      for (const { bytes } of written) expect(bytes).toBeLessThan(64 * 1024);
      const archived = written.filter(({ name }) => /^\d{4}-/.test(name));
      expect(bytesOf(written) - bytesOf(head) - bytesOf(archived)).toBeLessThan(64 * 1024);
      expect(bytesOf(archived)).toBeLessThan(64 * 1024);
    }
  });

  test('does not grow with what is closed, and nothing closed stays in memory', async () => {
    const few = await crowded(50, 0);
    few.save();
    few.change(1);
    const many = await crowded(50, 1000);
    many.save();
    expect([...many.kept.tables.replies.bundlesAtHand()].length).toBeLessThan(70);
    many.change(1);
    expect(bytesOf(many.save())).toBeLessThan(bytesOf(few.save()) * 1.2);
  });
});

test('a start reads no file of the archive before one of its replies is asked for', async () => {
  const desk = await deskForTest();
  const closed = await fill(desk);
  const kept = keptBy(desk);
  await kept.open();
  kept.save(true);
  kept.close();
  const folder = join(kept.folder, 'archive');
  const [name = ''] = readdirSync(folder);
  const path = join(folder, name);
  // Moved away, so that whoever looks for it finds nothing and has to ask the journal.
  renameSync(path, `${path}.away`);
  const read = await kept.open();
  const { replies } = kept.tables;
  expect(replies.closedCount).toBeGreaterThan(2);
  expect(replies.closed('newest', 10).length).toBeGreaterThan(2);
  expect(read).toEqual([]);
  expect([...replies.bundlesAtHand()].some(({ reply }) => reply.id === closed)).toBe(false);
  expect(replies.get(closed)?.id).toBe(closed);
  expect([...replies.bundlesAtHand()].some(({ reply }) => reply.id === closed)).toBe(true);
});
