import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskStorage, replaceFile } from '#main/storage/storage.ts';
import { systemError, watchedStorage } from '../journal/watched-storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const OLD = 'the old content, which is longer than the new one';
const NEW = 'the new content';

const fileWith = (content: string | null): string => {
  const path = join(temporaryFolder(), 'file.json');
  if (content !== null) writeFileSync(path, content);
  return path;
};

const contentOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Replaces the file on a disk that dies before its operation number `life`, for good. */
const replaceOnDyingDisk = (path: string, life: number, torn: number | null): boolean => {
  const watched = watchedStorage();
  let isDead = false;
  watched.intercept = ({ operation }) => {
    isDead ||= watched.calls.length > life;
    if (!isDead) return undefined;
    const error = systemError('EIO');
    if (operation === 'write' && torn !== null && watched.calls.length === life + 1) return { written: torn, error };
    throw error;
  };
  try {
    replaceFile(watched.storage, path, Buffer.from(NEW));
    return true;
  } catch {
    return false;
  }
};

describe('replacing a file', () => {
  it.each([OLD, null])('leaves the old content or the new after a crash at any operation; the old is %j', (old) => {
    const seen = new Set<string | null>();
    for (const torn of [null, 0, 5, NEW.length]) {
      for (let life = 0; life < 10; life += 1) {
        const path = fileWith(old);
        const isDone = replaceOnDyingDisk(path, life, torn);
        expect([old, NEW]).toContain(contentOf(path));
        if (isDone) expect(contentOf(path)).toBe(NEW);
        seen.add(contentOf(path));
      }
    }
    expect(seen).toEqual(new Set([old, NEW]));
  });

  it('can be done again after a crash at any operation', () => {
    for (let life = 0; life < 10; life += 1) {
      const path = fileWith(OLD);
      replaceOnDyingDisk(path, life, 3);
      replaceFile(diskStorage, path, Buffer.from(NEW));
      expect(contentOf(path)).toBe(NEW);
    }
  });

  it('flushes the new content before it takes the name, and the folder after', () => {
    const path = fileWith(OLD);
    const { storage, calls } = watchedStorage();
    replaceFile(storage, path, Buffer.from(NEW));
    expect(calls.map(({ operation }) => operation)).toEqual([
      'open',
      'write',
      'flush',
      'close',
      'rename',
      'flushFolder',
    ]);
    expect(calls[4]?.name).toBe('file.json');
    expect(calls[0]?.name).not.toBe('file.json');
  });

  it.each(['open', 'write', 'flush', 'close', 'rename'] as const)(
    'throws what the disk said when %s fails, and leaves the old content and no other file',
    (operation) => {
      const path = fileWith(OLD);
      const watched = watchedStorage();
      watched.intercept = (call) => {
        if (call.operation === operation) throw systemError('ENOSPC');
        return undefined;
      };
      expect(() => {
        replaceFile(watched.storage, path, Buffer.from(NEW));
      }).toThrow('ENOSPC');
      expect(contentOf(path)).toBe(OLD);
      expect(readdirSync(join(path, '..'))).toEqual(['file.json']);
    },
  );

  it('is not hindered by what earlier processes of the same number left behind', () => {
    const path = fileWith(OLD);
    replaceFile(diskStorage, path, Buffer.from('to see how the temporary file is named'));
    const watched = watchedStorage();
    replaceFile(watched.storage, path, Buffer.from(OLD));
    // A crash leaves the temporary file; where process numbers repeat, as in a container, its name comes again.
    const next = watched.calls[0]!.name.replace(/\d+(?=\.tmp$)/, (count) => String(Number(count) + 1));
    writeFileSync(join(path, '..', next), 'left by a crash');
    replaceFile(diskStorage, path, Buffer.from(NEW));
    expect(contentOf(path)).toBe(NEW);
  });

  it('makes a file that its owner alone can read', () => {
    const path = fileWith(null);
    replaceFile(diskStorage, path, Buffer.from(NEW));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
