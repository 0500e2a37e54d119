import type { ChannelId, CustomerId, HoldId, MentionId, PersonId, TemplateId } from '#workflows/identifiers.ts';
import { publishingIsOn } from '#workflows/publishing/pause.replay.ts';
import type { Time } from '#workflows/time.ts';
import type { Archive } from './archive.ts';
import { PublicationTable } from './publication-table.ts';
import { ReplyTable } from './reply-table.ts';
import type {
  Cell,
  ChannelEntry,
  ErasureEntry,
  HoldEntry,
  MentionEntry,
  PauseEntry,
  PersonEntry,
  PolicyEntry,
  Table,
  Tables,
  TemplateEntry,
  WorkspaceEntry,
} from './tables.ts';

class MemoryCell<Value> implements Cell<Value> {
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  get(): Value {
    return this.#value;
  }

  set(value: Value): void {
    this.#value = value;
  }
}

/** The most lately used rows of what the archive finds by key; what is in memory alone stays. */
class FoundTable<Key, Value> implements Table<Key, Value> {
  /** Not in the archive yet. */
  readonly #fresh = new Map<Key, Value>();
  /** The most lately used last. */
  readonly #found = new Map<Key, Value>();
  readonly #find: ((key: Key) => Value | undefined) | null;

  /** @param find looks in the archive; without one everything stays in memory */
  constructor(find: ((key: Key) => Value | undefined) | null) {
    this.#find = find;
  }

  get(key: Key): Value | undefined {
    const known = this.#fresh.get(key) ?? this.#found.get(key);
    if (known !== undefined || !this.#find) return known;
    const found = this.#find(key);
    if (found !== undefined) this.#remember(key, found);
    return found;
  }

  set(key: Key, value: Value): void {
    if (this.#find && this.get(key) === value) return;
    this.#found.delete(key);
    this.#fresh.set(key, value);
  }

  #remember(key: Key, value: Value): void {
    this.#found.set(key, value);
    const [oldest] = this.#found.keys();
    if (this.#found.size > MOST_FOUND && oldest !== undefined) this.#found.delete(oldest);
  }

  /** What the archive does not have yet. */
  fresh(): [Key, Value][] {
    return [...this.#fresh];
  }

  /** The archive has them now. */
  letGo(stored: readonly (readonly [Key, Value])[]): void {
    for (const [key, value] of stored) {
      if (this.#fresh.get(key) !== value) continue;
      this.#fresh.delete(key);
      this.#remember(key, value);
    }
  }
}

/** So many rows that were found are kept. */
const MOST_FOUND = 4_000;

/** The tables as they are kept. What there are few of can be walked; replies and what belongs to them are asked for. */
export interface MemoryTables extends Tables {
  readonly people: Map<PersonId, PersonEntry>;
  readonly channels: Map<ChannelId, ChannelEntry>;
  readonly mentions: FoundTable<MentionId, MentionEntry>;
  readonly replies: ReplyTable;
  readonly publications: PublicationTable;
  readonly templates: Map<TemplateId, TemplateEntry>;
  readonly holds: Map<HoldId, HoldEntry>;
  readonly erasures: Map<CustomerId, ErasureEntry>;
  readonly keyOwners: FoundTable<string, CustomerId>;
}

/** @param archive where closed replies are found that are not in memory; without one all are in memory */
export const emptyTables = (archive: Archive | null = null): MemoryTables => {
  const publications: PublicationTable = new PublicationTable(archive, () => replies);
  const replies = new ReplyTable(archive, publications);
  return {
    workspace: new MemoryCell<WorkspaceEntry | null>(null),
    people: new Map(),
    channels: new Map(),
    mentions: new FoundTable(archive && ((id: MentionId) => archive.mention(id))),
    replies,
    publications,
    templates: new Map(),
    policy: new MemoryCell<PolicyEntry>({ count: 0, versions: [] }),
    pause: new MemoryCell<PauseEntry>({ state: publishingIsOn(), pausedSeq: null, resumedAt: null }),
    holds: new Map(),
    erasures: new Map(),
    keyOwners: new FoundTable(archive && ((kid: string) => archive.ownerOf(kid))),
    clockJump: new MemoryCell<{ readonly from: Time; readonly to: Time } | null>(null),
    lastVerification: new MemoryCell<{ readonly at: Time; readonly ok: boolean; readonly size: number } | null>(null),
  };
};
