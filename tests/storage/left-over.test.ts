import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sweepFolder } from '#main/storage/left-over.ts';
import { diskStorage, replaceFile, type Storage } from '#main/storage/storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

it('removes what a process left that died before the file took its place, and nothing else', () => {
  const folder = temporaryFolder();
  const dying: Storage = {
    ...diskStorage,
    rename: () => {
      throw new Error('the process died');
    },
    remove: () => undefined,
  };
  const kept = ['checkpoint', '00000000000000000000.jsonl', 'notes.tmp', 'checkpoint.tmp'];
  for (const name of kept) writeFileSync(join(folder, name), 'kept');
  expect(() => {
    replaceFile(dying, join(folder, 'checkpoint'), Buffer.from('half'));
  }).toThrow('died');
  expect(readdirSync(folder)).toHaveLength(kept.length + 1);
  sweepFolder(folder, diskStorage);
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});

it('leaves a start alone where there is no such folder', () => {
  expect(() => {
    sweepFolder(join(temporaryFolder(), 'missing'), diskStorage);
  }).not.toThrow();
});
