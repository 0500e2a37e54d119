import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storageRefusal } from '#main/storage/storage-refusal.ts';

const ofSystem = (code: string): Error => Object.assign(new Error(`${code}: write`), { code, syscall: 'write' });

test.each([
  ['ENOSPC', 'STORAGE_FULL', 'storageFull'],
  ['EDQUOT', 'STORAGE_FULL', 'storageFull'],
  ['EROFS', 'READ_ONLY', 'folderReadOnly'],
  ['EACCES', 'READ_ONLY', 'folderReadOnly'],
  ['EIO', 'UNAVAILABLE', 'storageFailed'],
  ['ESTALE', 'UNAVAILABLE', 'storageFailed'],
])('a disk that answers by %s refuses as %s, in words of its own', (system, code, reason) => {
  expect(storageRefusal(ofSystem(system))).toMatchObject({ code, reason });
});

test('what is no error of the disk is no refusal of it', () => {
  expect(storageRefusal(new Error('EIO'))).toBeNull();
  expect(storageRefusal(Object.assign(new Error('refused'), { code: 'EACCES' }))).toBeNull();
  expect(storageRefusal(ofSystem('EEXIST'))).toBeNull();
});

test('the errors that the system throws have the form that is looked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  try {
    closeSync(openSync(join(folder, 'file'), 'wx'));
    openSync(join(folder, 'file'), 'wx');
    expect.unreachable('the file was made twice');
  } catch (error) {
    expect(error).toMatchObject({ code: 'EEXIST', syscall: 'open' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
