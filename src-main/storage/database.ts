import { readFileSync } from 'node:fs';
import { LowSync, type SyncAdapter } from 'lowdb';
import type { z } from 'zod';
import { replaceFile, isNotFound, type Storage } from './storage.ts';

/** A JSON file that does not hold what it should. */
export class MalformedFileError extends Error {
  override name = 'MalformedFileError';
}

/**
 * lowdb's file adapter renames without flushing, so that a crash can leave an empty file behind. This one flushes the
 * new content before it takes the old one's place, and the folder afterwards.
 */
class DurableJsonFile<Data> implements SyncAdapter<Data> {
  readonly #path: string;
  readonly #schema: z.ZodType<Data>;
  readonly #storage: Storage;

  constructor(path: string, schema: z.ZodType<Data>, storage: Storage) {
    this.#path = path;
    this.#schema = schema;
    this.#storage = storage;
  }

  read(): Data | null {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new MalformedFileError(`${this.#path} is not JSON`, { cause });
    }
    const parsed = this.#schema.safeParse(value);
    if (!parsed.success) throw new MalformedFileError(`${this.#path}: ${parsed.error.message}`);
    return parsed.data;
  }

  write(data: Data): void {
    replaceFile(this.#storage, this.#path, Buffer.from(JSON.stringify(data, null, 1), 'utf8'));
  }
}

/**
 * Opens a lowdb database in one JSON file; its content is `initial` while the file does not exist.
 * @throws MalformedFileError when the file is not JSON or does not fit the schema
 */
export const openDatabase = <Data>(
  path: string,
  { schema, initial, storage }: { schema: z.ZodType<Data>; initial: Data; storage: Storage },
): LowSync<Data> => {
  const database = new LowSync<Data>(new DurableJsonFile(path, schema, storage), initial);
  database.read();
  return database;
};

/** Replaces a lowdb database as a whole, without reading what it held. */
export const writeDatabase = <Data>(
  path: string,
  data: Data,
  { schema, storage }: { schema: z.ZodType<Data>; storage: Storage },
): void => {
  new LowSync<Data>(new DurableJsonFile(path, schema, storage), data).write();
};
