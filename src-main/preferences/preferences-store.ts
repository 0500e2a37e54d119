import { join } from 'node:path';
import { z } from 'zod';
import { DEFAULT_PREFERENCES, preferencesSchema, type Preferences } from '#workflows/contract/preferences.contract.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { openDatabase } from '../storage/database.ts';
import type { Storage } from '../storage/storage.ts';

const MOST_RECENT = 8;

const fileSchema = z.strictObject({
  /** What applies before anybody has signed in. */
  machine: preferencesSchema,
  people: z.record(
    z.string(),
    z.strictObject({
      preferences: preferencesSchema,
      /** Newest record, and newest revision, of each reply that the person had on the screen. */
      seen: z.record(z.string(), z.strictObject({ seq: z.int(), revision: z.int() })),
    }),
  ),
  recent: z.array(z.strictObject({ folder: z.string(), name: z.string() })),
});
type PreferencesFile = z.infer<typeof fileSchema>;

const EMPTY: PreferencesFile = { machine: DEFAULT_PREFERENCES, people: {}, recent: [] };

/** More marks than this are not kept: the oldest replies are read again as unread. */
const MOST_SEEN = 5_000;

/** `preferences.json`: what belongs to this machine and its people, and to nobody else (DESIGN.md, Seams). */
export class PreferencesStore {
  readonly #database: ReturnType<typeof openDatabase<PreferencesFile>>;

  constructor(home: string, storage: Storage) {
    storage.makeFolder(home);
    const path = join(home, 'preferences.json');
    this.#database = openDatabase(path, { schema: fileSchema, initial: structuredClone(EMPTY), storage });
  }

  get(person: PersonId | null): Preferences {
    const { machine, people } = this.#database.data;
    return (person ? people[person]?.preferences : undefined) ?? machine;
  }

  set(person: PersonId | null, change: Partial<Preferences>): Preferences {
    const next = { ...this.get(person), ...change };
    const { data } = this.#database;
    // The theme of whoever was here last is the one that the sign-in screen shows.
    data.machine = { ...data.machine, theme: next.theme, locale: next.locale };
    if (person) data.people[person] = { preferences: next, seen: data.people[person]?.seen ?? {} };
    else data.machine = next;
    this.#database.write();
    return next;
  }

  seen(person: PersonId, reply: ReplyId): { seq: number; revision: number } | null {
    return this.#database.data.people[person]?.seen[reply] ?? null;
  }

  markSeen(person: PersonId, reply: ReplyId, mark: { seq: number; revision: number }): void {
    const known = this.#database.data.people[person] ?? { preferences: this.get(person), seen: {} };
    const marks = Object.entries({ ...known.seen, [reply]: mark });
    this.#database.data.people[person] = { ...known, seen: Object.fromEntries(marks.slice(-MOST_SEEN)) };
    this.#database.write();
  }

  get recent(): { folder: string; name: string }[] {
    return this.#database.data.recent;
  }

  remember(folder: string, name: string): void {
    const others = this.recent.filter((entry) => entry.folder !== folder);
    this.#database.data.recent = [{ folder, name }, ...others].slice(0, MOST_RECENT);
    this.#database.write();
  }

  forget(folder: string): void {
    this.#database.data.recent = this.recent.filter((entry) => entry.folder !== folder);
    this.#database.write();
  }
}
