import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { channelIdSchema, type ChannelId } from '#workflows/identifiers.ts';
import { timeSchema, type Time } from '#workflows/time.ts';
import { openDatabase } from '../../storage/database.ts';
import type { Storage } from '../../storage/storage.ts';

const postSchema = z.strictObject({
  id: z.string(),
  channel: channelIdSchema,
  handle: z.string(),
  name: z.string().nullable(),
  text: z.string(),
  language: z.string().nullable(),
  at: timeSchema,
  parent: z.string().nullable(),
  /** Posted by the company, under this key. */
  key: z.string().nullable(),
  /** Grows with every edit. */
  revision: z.int().positive(),
});

/** A post on the practice network. */
export type PracticePostRecord = z.infer<typeof postSchema>;

const networkSchema = z.strictObject({ posts: z.array(postSchema) });

/**
 * A network inside the workspace, for trying out and training: nothing on it is public. It keeps its own file, as a real
 * network keeps its own servers; the core reaches it through the channel alone.
 */
export class PracticeNetwork {
  readonly #folder: string;
  readonly #storage: Storage;
  readonly #database: ReturnType<typeof openDatabase<z.infer<typeof networkSchema>>>;
  readonly #listeners = new Set<() => void>();

  /** @param folder where the network keeps its file */
  constructor(folder: string, storage: Storage) {
    this.#folder = folder;
    this.#storage = storage;
    storage.makeFolder(folder);
    const path = join(folder, 'network.json');
    this.#database = openDatabase(path, { schema: networkSchema, initial: { posts: [] }, storage });
  }

  get posts(): readonly PracticePostRecord[] {
    return this.#database.data.posts;
  }

  find(id: string): PracticePostRecord | null {
    return this.posts.find((post) => post.id === id) ?? null;
  }

  findByKey(channel: ChannelId, key: string): PracticePostRecord | null {
    return this.posts.find((post) => post.channel === channel && post.key === key) ?? null;
  }

  /** Makes a post and keeps it durably before it is answered, as a server would. */
  add(post: Omit<PracticePostRecord, 'id' | 'revision'>): PracticePostRecord {
    const made = { ...post, id: randomUUID(), revision: 1 };
    this.#save([...this.posts, made]);
    return made;
  }

  edit(id: string, change: { text: string; language: string; at: Time }): PracticePostRecord | null {
    const known = this.find(id);
    if (!known) return null;
    const edited = { ...known, ...change, revision: known.revision + 1 };
    this.#save(this.posts.map((post) => (post.id === id ? edited : post)));
    return edited;
  }

  remove(id: string): void {
    if (!this.find(id)) return;
    this.#save(this.posts.filter((post) => post.id !== id));
  }

  /**
   * Removes everything that some authors posted on a channel, what the company answered below it, and named posts; also what
   * a crash left of the file. Durable when it returns.
   */
  erase(channel: ChannelId, { authors, posts }: { authors: readonly string[]; posts: readonly string[] }): void {
    for (const name of readdirSync(this.#folder).filter((file) => file.endsWith('.tmp'))) {
      this.#storage.remove(join(this.#folder, name));
    }
    const isTheirs = (post: PracticePostRecord): boolean =>
      post.channel === channel && ((post.key === null && authors.includes(post.handle)) || posts.includes(post.id));
    const gone = new Set(this.posts.filter(isTheirs).map(({ id }) => id));
    const isAnswer = ({ key, parent }: PracticePostRecord): boolean =>
      key !== null && parent !== null && gone.has(parent);
    const left = this.posts.filter((post) => !gone.has(post.id) && !isAnswer(post));
    if (left.length < this.posts.length) this.#save(left);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #save(posts: readonly PracticePostRecord[]): void {
    const before = this.#database.data;
    this.#database.data = { posts: [...posts] };
    try {
      this.#database.write();
    } catch (error) {
      this.#database.data = before;
      throw error;
    }
    for (const listener of this.#listeners) listener();
  }
}
