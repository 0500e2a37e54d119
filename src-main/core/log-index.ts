import type { LogFilter, LogView } from '#workflows/contract/journal.contract.ts';
import { LOG_VIEWS } from '#workflows/contract/journal.contract.ts';
import type { KnownRecord } from '#workflows/records.ts';
import type { Journal } from '../journal/journal.ts';
import type { RowFilter, RowKind } from '../journal/log-rows.ts';
import { LogTally } from './log-tally.ts';

export { replyOf } from '../journal/log-rows.ts';

const DECISIONS = [
  'reply.approved',
  'reply.changesRequested',
  'reply.rejected',
  'reply.recalled',
  'template.approved',
  'template.changesRequested',
  'template.rejected',
  'policy.approved',
  'policy.changesRequested',
  'policy.rejected',
];

const TYPES_OF_VIEW: Record<LogView, (kind: RowKind) => boolean> = {
  decisions: ({ type }) => DECISIONS.includes(type),
  approvals: ({ type }) => type.endsWith('.approved'),
  changesRequested: ({ type }) => type.endsWith('.changesRequested'),
  rejections: ({ type }) => type.endsWith('.rejected'),
  recalls: ({ type }) => type === 'reply.recalled',
  published: ({ type, isTakeDown }) =>
    !isTakeDown && (type === 'publication.succeeded' || type === 'publication.confirmedByHand'),
  takenDown: ({ isTakeDown }) => isTakeDown,
  paused: ({ type }) => type.startsWith('publishing.'),
  templatesAndPolicy: ({ type }) => type.startsWith('template.') || type.startsWith('policy.'),
  peopleAndKeys: ({ type }) =>
    type.startsWith('person.') || type.startsWith('workspace.') || type.startsWith('channel.'),
  holdsAndErasures: ({ type }) => type.startsWith('hold.') || type.startsWith('erasure.') || type === 'subject.erased',
  exportsAndChecks: ({ type }) => type.startsWith('audit.') || type.startsWith('journal.') || type.startsWith('clock.'),
  everything: () => true,
};

export const isInView = (view: LogView, kind: RowKind): boolean => TYPES_OF_VIEW[view](kind);

/** Records that a filter finds, by what they are. */
export interface LogSelection {
  /** How many there are of each kind. */
  kinds(): Iterable<readonly [RowKind, number]>;
  /** Places of some of those that are wanted, newest first. */
  page(isWanted: (kind: RowKind) => boolean, page: { offset: number; limit: number }): number[];
}

/** How many of the records each view holds. */
export const countViews = (selection: LogSelection): Record<LogView, number> => {
  const counts = Object.fromEntries(LOG_VIEWS.map((view) => [view, 0])) as Record<LogView, number>;
  for (const [kind, count] of selection.kinds()) {
    for (const view of LOG_VIEWS) if (isInView(view, kind)) counts[view] += count;
  }
  return counts;
};

/** A filter but for its view, type and text. */
export const rowFilterOf = ({
  from,
  to,
  person,
  role,
  channel,
  reply,
}: Omit<LogFilter, 'view' | 'type' | 'text'>): RowFilter => ({
  from: from === null ? null : Date.parse(from),
  to: to === null ? null : Date.parse(to),
  person,
  role,
  channel,
  reply,
});

/** Everything from one time on and before another. */
export const inPeriod = ({ from, to }: Pick<LogFilter, 'from' | 'to'>): RowFilter =>
  rowFilterOf({ from, to, person: null, role: null, channel: null, reply: null });

/** Subjects whose records change names that stand in the sentences of other records. */
const NAMING = ['channel.', 'template.', 'person.'];

/** Filters whose counts are kept: people look from page to page. */
const MOST_TALLIES = 8;

/** Texts whose finds are kept. */
const MOST_FINDS = 4;

/** Sentences that are kept; most desks have fewer records, and memory does not grow with the others. */
const MOST_SENTENCES = 20_000;

/** So long rows are gone through before everybody else has a turn, in milliseconds. */
const SLICE = 10;

const keep = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
};

/** What a text has found under a filter, newest first, among the first `through` records. */
export interface Finds {
  readonly through: number;
  /** How often names had changed when it began to look. */
  readonly era: number;
  readonly found: readonly { readonly seq: number; readonly kind: RowKind }[];
}

/** Gives everybody else a turn now and then. */
export interface Turns {
  /** `null` while it is not yet time. @throws as the signal of whoever asked says */
  take(): Promise<void> | null;
}

/** The records by what an auditor looks for. It is kept in the journal's index; here are only counts and some sentences. */
export class LogIndex {
  readonly #journal: Journal;
  readonly #monotonic: () => number;
  readonly #tallies = new Map<string, LogTally>();
  readonly #finds = new Map<string, Finds>();
  readonly #sentences = new Map<number, string>();
  #era = 0;

  /** @param monotonic milliseconds of a clock that only goes forward */
  constructor(journal: Journal, monotonic: () => number) {
    this.#journal = journal;
    this.#monotonic = monotonic;
  }

  /** Takes note of a new record. */
  add({ type }: KnownRecord): void {
    if (NAMING.some((kind) => type.startsWith(kind))) this.forget();
  }

  /** Records from the first bad one on are never read. */
  get size(): number {
    const { size, readOnly } = this.#journal;
    return Math.min(size, readOnly?.seq ?? size);
  }

  /** The records under a filter, but for its view, type and text. */
  async tally(filter: RowFilter, signal?: AbortSignal): Promise<LogTally> {
    const key = JSON.stringify(filter);
    const tally = this.#tallies.get(key) ?? new LogTally(this.#journal.log, filter);
    keep(this.#tallies, key, tally, MOST_TALLIES);
    const turns = this.turns(signal);
    while (tally.through < this.size) {
      tally.goOn(this.size);
      const turn = turns.take();
      if (turn) await turn;
    }
    return tally;
  }

  /** How often names have changed. */
  get era(): number {
    return this.#era;
  }

  turns(signal?: AbortSignal): Turns {
    let ends = this.#monotonic() + SLICE;
    const give = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      ends = this.#monotonic() + SLICE;
    };
    return { take: () => (this.#monotonic() < ends ? null : give()) };
  }

  /** What a text found before under a filter. */
  finds(filter: RowFilter, text: string): Finds | undefined {
    return this.#finds.get(JSON.stringify([filter, text]));
  }

  /** Keeps what a text found, unless a name has changed meanwhile. */
  keepFinds(filter: RowFilter, text: string, finds: Finds): void {
    if (finds.era === this.#era) keep(this.#finds, JSON.stringify([filter, text]), finds, MOST_FINDS);
  }

  /** Forgets the sentences, after somebody was erased or a name has changed. */
  forget(): void {
    this.#era += 1;
    this.#sentences.clear();
    this.#finds.clear();
  }

  /** What a record says, kept until a name in it may have changed. */
  sentence(seq: number, make: () => string): string {
    const made = this.#sentences.get(seq) ?? make();
    keep(this.#sentences, seq, made, MOST_SENTENCES);
    return made;
  }
}
