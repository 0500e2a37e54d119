import { checkpointIn, type KeptCheckpoint } from '#workflows/journal/witness.ts';

/** Where a client keeps the newest checkpoint of each workspace that it saw, by the workspace's origin. */
export interface CheckpointStore {
  read(origin: string): KeptCheckpoint | null;
  write(origin: string, kept: KeptCheckpoint): void;
}

/** The part of a browser's storage that is used. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'countersign.checkpoint.';

/** Samples come and go; more workspaces than this nobody has at one desk. Those that were seen longest ago leave. */
const MOST_KEPT = 50;

const read = (text: string | null): KeptCheckpoint | null => {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof KeptCheckpoint, unknown>> | null;
    const { text: note, key, seenAt } = value ?? {};
    if (typeof note !== 'string' || typeof key !== 'string' || typeof seenAt !== 'string') return null;
    const kept = { text: note, key, seenAt };
    return checkpointIn(kept) ? kept : null;
  } catch {
    return null;
  }
};

const sizeOf = (kept: KeptCheckpoint | null): bigint => (kept ? (checkpointIn(kept)?.size ?? -1n) : -1n);

/**
 * Keeps checkpoints in the page's storage, which outlives the page, and in memory as well, for a browser that refuses to
 * store. A smaller checkpoint never takes a larger one's place, whichever of several windows was slower.
 */
export const checkpointStore = (storage: KeyValueStorage | null): CheckpointStore => {
  const inMemory = new Map<string, KeptCheckpoint>();

  const prune = (from: KeyValueStorage): void => {
    const names = Array.from({ length: from.length }, (_, index) => from.key(index) ?? '');
    const kept = names
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => ({ name, at: read(from.getItem(name)) }));
    kept.sort((a, b) => (a.at?.seenAt ?? '').localeCompare(b.at?.seenAt ?? ''));
    for (const { name } of kept.slice(0, Math.max(0, kept.length - MOST_KEPT))) from.removeItem(name);
  };

  const newest = (origin: string): KeptCheckpoint | null => {
    const [stored, own] = [read(storage?.getItem(PREFIX + origin) ?? null), inMemory.get(origin) ?? null];
    return sizeOf(stored) >= sizeOf(own) ? stored : own;
  };

  return {
    read: newest,
    write: (origin, kept) => {
      if (sizeOf(newest(origin)) > sizeOf(kept)) return;
      inMemory.set(origin, kept);
      if (!storage) return;
      try {
        storage.setItem(PREFIX + origin, JSON.stringify(kept));
        prune(storage);
      } catch {
        // The browser is full, or keeps nothing: it is remembered for as long as the page is open.
      }
    },
  };
};
