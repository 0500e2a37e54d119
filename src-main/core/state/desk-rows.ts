import type { CustomerId } from '#workflows/identifiers.ts';
import type { ReplyBundle } from './archive.ts';
import { emptyTables, type MemoryTables } from './memory-tables.ts';
import type {
  ChannelEntry,
  ErasureEntry,
  HoldEntry,
  PersonEntry,
  TemplateEntry,
  Tables,
  VersionEntry,
} from './tables.ts';

/** The smallest piece of the tables that is stored and written again by itself. */
export interface DeskRow {
  /** The kind first: `reply reply/…`, `template template/… 3`. */
  readonly key: string;
  readonly value: unknown;
  /** What it is made of: entries are never changed, so that the same ones say the same. */
  readonly made: readonly unknown[];
}

const CELLS = ['workspace', 'pause', 'clockJump', 'lastVerification'] as const;

const row = (key: string, value: unknown): DeskRow => ({ key, value, made: [value] });

function* versionsOf(key: string, versions: readonly VersionEntry<unknown>[]): Iterable<DeskRow> {
  for (const version of versions) yield row(`${key} ${String(version.version)}`, version);
}

function* templateRows(templates: MemoryTables['templates']): Iterable<DeskRow> {
  for (const entry of templates.values()) {
    const { versions, ...head } = entry;
    yield { key: `template ${entry.id}`, value: head, made: [entry] };
    yield* versionsOf(`templateVersion ${entry.id}`, versions);
  }
}

/** Everything that is in memory, but for those replies that are put away in the same save. */
export function* rowsOf(tables: MemoryTables, putAway: ReadonlySet<string>): Iterable<DeskRow> {
  for (const name of CELLS) yield row(`cell ${name}`, tables[name].get());
  for (const name of ['people', 'channels', 'holds'] as const) {
    for (const entry of tables[name].values()) yield row(`${name} ${entry.id}`, entry);
  }
  for (const entry of tables.erasures.values()) yield row(`erasures ${entry.customer}`, entry);
  yield* templateRows(tables.templates);
  const { count, versions } = tables.policy.get();
  yield { key: 'policy', value: count, made: [count] };
  yield* versionsOf('policyVersion', versions);
  for (const bundle of tables.replies.bundlesAtHand()) {
    const { reply, publications } = bundle;
    if (!putAway.has(reply.id)) yield { key: `reply ${reply.id}`, value: bundle, made: [reply, ...publications] };
  }
}

type StoredRow = Pick<DeskRow, 'key' | 'value'>;

const byVersion = (a: VersionEntry<unknown>, b: VersionEntry<unknown>): number => a.version - b.version;

/** Rows by their kind, which is the first word of their key. */
const kinds = (rows: Iterable<StoredRow>): Map<string, StoredRow[]> => {
  const found = new Map<string, StoredRow[]>();
  for (const one of rows) {
    const [kind = ''] = one.key.split(' ', 1);
    const known = found.get(kind);
    if (known) known.push(one);
    else found.set(kind, [one]);
  }
  return found;
};

/** Fills tables with what was stored; the rows may come in any order. */
export const fillTables = (rows: Iterable<StoredRow>, tables: MemoryTables = emptyTables()): void => {
  const found = kinds(rows);
  const all = <Value>(kind: string): Value[] => (found.get(kind) ?? []).map(({ value }) => value as Value);
  for (const { key, value } of found.get('cell') ?? []) {
    const name = key.slice('cell '.length) as (typeof CELLS)[number];
    (tables[name] as { set(value: unknown): void }).set(value);
  }
  for (const entry of all<PersonEntry>('people').sort(byText(({ addedAt, id }) => addedAt + id))) {
    tables.people.set(entry.id, entry);
  }
  for (const entry of all<ChannelEntry>('channels').sort(byText(({ id }) => id))) tables.channels.set(entry.id, entry);
  for (const entry of all<HoldEntry>('holds').sort((a, b) => a.seq - b.seq)) tables.holds.set(entry.id, entry);
  for (const entry of all<ErasureEntry>('erasures')) tables.erasures.set(entry.customer satisfies CustomerId, entry);
  fillTemplates(found, tables);
  const [count = 0] = all<number>('policy');
  tables.policy.set({ count, versions: all<VersionEntry<never>>('policyVersion').sort(byVersion) });
  const bundles = all<ReplyBundle>('reply').sort((a, b) => a.reply.openedSeq - b.reply.openedSeq);
  for (const bundle of bundles) tables.replies.keepBundle(bundle);
};

const byText =
  <Entry>(text: (entry: Entry) => string) =>
  (a: Entry, b: Entry): number =>
    text(a) < text(b) ? -1 : 1;

const fillTemplates = (found: ReadonlyMap<string, StoredRow[]>, tables: Pick<Tables, 'templates'>): void => {
  const versions = Map.groupBy(found.get('templateVersion') ?? [], ({ key }) => key.split(' ')[1] ?? '');
  const heads = (found.get('template') ?? []).map(({ value }) => value as Omit<TemplateEntry, 'versions'>);
  for (const head of heads.sort(byText(({ id }) => id))) {
    const own = (versions.get(head.id) ?? []).map(({ value }) => value as TemplateEntry['versions'][number]);
    tables.templates.set(head.id, { ...head, versions: own.sort(byVersion) });
  }
};
