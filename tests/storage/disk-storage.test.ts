import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskStorage, isNotFound, isReadOnlyStorage, isStorageFull } from '#main/storage/storage.ts';
import { systemError } from '../journal/watched-storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

describe('storage on the disk', () => {
  it('creates a file that was not there and opens one that was, never the other way', () => {
    const path = join(temporaryFolder(), 'file');
    expect(() => diskStorage.open(path, 'existing')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    diskStorage.close(diskStorage.open(path, 'create'));
    expect(() => diskStorage.open(path, 'create')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    diskStorage.close(diskStorage.open(path, 'existing'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes and reads at places, fewer bytes only at the end', () => {
    const path = join(temporaryFolder(), 'file');
    const file = diskStorage.open(path, 'create');
    const content = new Uint8Array(3_000_000).map((_, index) => index % 251);
    diskStorage.write(file, content, 0);
    diskStorage.write(file, Uint8Array.of(255, 254), 1_000_000);
    diskStorage.flush(file);
    const read = new Uint8Array(content.length + 10);
    expect(diskStorage.read(file, read, 0)).toBe(content.length);
    expect(read.slice(999_999, 1_000_003)).toEqual(Uint8Array.of(content[999_999]!, 255, 254, content[1_000_002]!));
    expect(diskStorage.read(file, new Uint8Array(5), content.length)).toBe(0);
    diskStorage.truncate(file, 4);
    diskStorage.close(file);
    expect(readFileSync(path)).toEqual(Buffer.from(content.slice(0, 4)));
  });

  it('renames over, removes also what is not there, and flushes folders', () => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    writeFileSync(from, 'new');
    writeFileSync(to, 'old');
    diskStorage.rename(from, to);
    diskStorage.flushFolder(folder);
    expect(readFileSync(to, 'utf8')).toBe('new');
    diskStorage.remove(to);
    diskStorage.remove(to);
    expect(existsSync(to)).toBe(false);
    expect(() => {
      diskStorage.flushFolder(join(folder, 'absent'));
    }).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('makes folders for their owner alone, with those above them, and minds none that is there', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    diskStorage.makeFolder(folder);
    diskStorage.makeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
  });

  it('throws as the system does where a folder stands in the way', () => {
    const folder = join(temporaryFolder(), 'folder');
    mkdirSync(folder);
    expect(() => diskStorage.open(folder, 'existing')).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });
});

describe('an error of the system', () => {
  it.each([
    ['ENOENT', { notFound: true, full: false, readOnly: false }],
    ['ENOSPC', { notFound: false, full: true, readOnly: false }],
    ['EDQUOT', { notFound: false, full: true, readOnly: false }],
    ['EROFS', { notFound: false, full: false, readOnly: true }],
    ['EACCES', { notFound: false, full: false, readOnly: true }],
    ['EPERM', { notFound: false, full: false, readOnly: true }],
    ['EIO', { notFound: false, full: false, readOnly: false }],
  ])('%s is told by its code', (code, expected) => {
    const error = systemError(code);
    expect({ notFound: isNotFound(error), full: isStorageFull(error), readOnly: isReadOnlyStorage(error) }).toEqual(
      expected,
    );
  });

  it.each([[null], [undefined], ['ENOENT'], [{ code: 7 }], [new Error('ENOENT')]])(
    'is none where %o was thrown',
    (error) => {
      expect(isNotFound(error) || isStorageFull(error) || isReadOnlyStorage(error)).toBe(false);
    },
  );
});
