import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { Snapshots } from '#main/core/state/snapshots.ts';
import { emptyTables, type MemoryTables, type ReplyEntry } from '#main/core/state/tables.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const KEY = new Uint8Array(32).fill(3);

const entryOf = (number: number, work: string, month: string): ReplyEntry =>
  ({
    id: `reply/${String(number).padStart(26, '0')}` satisfies ReplyId,
    openedSeq: number,
    changedAt: `${month}-10T09:00:00.000Z`,
    state: { value: { work } },
  }) as unknown as ReplyEntry;

const put = (tables: MemoryTables, entry: ReplyEntry): void => {
  tables.replies.set(entry.id, entry);
};

const desk = () => {
  const folder = temporaryFolder();
  for (const name of ['desk', 'archive']) mkdirSync(join(folder, name));
  const written: string[] = [];
  const storage: Storage = {
    ...diskStorage,
    rename: (from, to) => {
      written.push(basename(to));
      diskStorage.rename(from, to);
    },
  };
  const tables = emptyTables();
  put(tables, entryOf(1, 'closed', '2026-09'));
  put(tables, entryOf(2, 'withdrawn', '2026-10'));
  put(tables, entryOf(3, 'drafting', '2026-10'));
  return { folder, written, storage, tables };
};

it('a month of the archive is written when a reply of it was closed or changed, and not again before', () => {
  const { folder, written, storage, tables } = desk();
  const snapshots = new Snapshots(folder, storage, KEY);
  snapshots.save(tables, 3, 'root');
  expect(written.splice(0).sort()).toEqual(['2026-09.json', '2026-10.json', 'desk.json']);
  put(tables, entryOf(3, 'inReview', '2026-11'));
  snapshots.save(tables, 4, 'root');
  expect(written.splice(0)).toEqual(['desk.json']);
  put(tables, entryOf(3, 'closed', '2026-11'));
  put(tables, { ...entryOf(1, 'closed', '2026-09'), followedBy: [entryOf(3, '', '').id] });
  snapshots.save(tables, 5, 'root');
  expect(written.splice(0).sort()).toEqual(['2026-09.json', '2026-11.json', 'desk.json']);
});

it('what a start read is not written again either', () => {
  const { folder, written, storage, tables } = desk();
  new Snapshots(folder, storage, KEY).save(tables, 3, 'root');
  written.splice(0);
  const snapshots = new Snapshots(folder, storage, KEY);
  const loaded = snapshots.load(() => 'root');
  expect([...(loaded?.tables.replies.values() ?? [])]).toEqual([...tables.replies.values()]);
  put(loaded!.tables, entryOf(4, 'drafting', '2026-11'));
  snapshots.save(loaded!.tables, 4, 'root');
  expect(written).toEqual(['desk.json']);
});
