import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MalformedFileError, openDatabase } from '#main/storage/database.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { systemError, watchedStorage } from '../journal/watched-storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const schema = z.strictObject({ through: z.int(), names: z.array(z.string()) });
const initial = { through: 0, names: [] };

const open = (path: string, storage: Storage = diskStorage) =>
  openDatabase(path, { schema, initial: structuredClone(initial), storage });

const newPath = (): string => join(temporaryFolder(), 'desk.json');

describe('a database file', () => {
  it('holds the initial content while the file does not exist, and makes none by being opened', () => {
    const path = newPath();
    expect(open(path).data).toEqual(initial);
    expect(existsSync(path)).toBe(false);
  });

  it('gives back what was written', () => {
    const path = newPath();
    const database = open(path);
    database.data.names.push('Zoë 🙂');
    database.data.through = 7;
    database.write();
    expect(open(path).data).toEqual({ through: 7, names: ['Zoë 🙂'] });
    database.update((data) => {
      data.through = 8;
    });
    expect(open(path).data.through).toBe(8);
  });

  it('flushes the new content before it takes the old one’s place, and the folder after', () => {
    const path = newPath();
    open(path).write();
    const { storage, calls } = watchedStorage();
    const database = open(path, storage);
    expect(calls).toEqual([]);
    database.write();
    const operations = calls.map(({ operation }) => operation);
    expect(operations).toEqual(['open', 'write', 'flush', 'close', 'rename', 'flushFolder']);
    expect(calls[4]?.name).toBe('desk.json');
  });

  it('keeps the old content when a write fails', () => {
    const path = newPath();
    open(path).write();
    const before = readFileSync(path, 'utf8');
    for (const failing of ['write', 'flush', 'rename'] as const) {
      const watched = watchedStorage();
      watched.intercept = ({ operation }) => {
        if (operation === failing) throw systemError('ENOSPC');
        return undefined;
      };
      const database = open(path, watched.storage);
      database.data.through = 9;
      expect(() => {
        database.write();
      }).toThrow('ENOSPC');
      expect(readFileSync(path, 'utf8')).toBe(before);
    }
  });

  it.each([
    ['is empty', ''],
    ['is cut short', '{"through":1,'],
    ['is not JSON', 'hello'],
    ['is of another form', '[]'],
    ['is null', 'null'],
    ['lacks a member', '{"through":1}'],
    ['has a member too many', '{"through":1,"names":[],"more":1}'],
    ['has a value of another type', '{"through":"1","names":[]}'],
  ])('is refused when it %s, and left as it is', (_why, content) => {
    const path = newPath();
    writeFileSync(path, content);
    expect(() => open(path)).toThrow(MalformedFileError);
    expect(() => open(path)).toThrow(path);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('that cannot be read for another reason than its absence is no fresh start', () => {
    const folder = temporaryFolder();
    expect(() => open(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });
});
