import type { LogFilter, LogView } from '#workflows/contract/journal.contract.ts';
import { LOG_VIEWS } from '#workflows/contract/journal.contract.ts';
import { kindOf, type ChannelId, type PersonId, type ReplyId, type Subject } from '#workflows/identifiers.ts';
import { isPersonActor, type Role } from '#workflows/people/roles.ts';
import type { KnownRecord } from '#workflows/records.ts';
import type { Time } from '#workflows/time.ts';

/** What the decision log needs of a record to find it; its words are read when they are shown. */
export interface LogEntry {
  readonly seq: number;
  readonly at: Time;
  readonly type: string;
  readonly subject: Subject;
  readonly person: PersonId | null;
  readonly role: Role | null;
  /** The reply it belongs to, and that reply's channel. */
  readonly reply: ReplyId | null;
  readonly channel: ChannelId | null;
  /** A publication by which something was taken down. */
  readonly isTakeDown: boolean;
}

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

const TYPES_OF_VIEW: Record<LogView, (entry: LogEntry) => boolean> = {
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

const matches = (entry: LogEntry, { from, to, person, role, channel, reply }: LogFilter): boolean =>
  (from === null || entry.at >= from) &&
  (to === null || entry.at < to) &&
  (person === null || entry.person === person) &&
  (role === null || entry.role === role) &&
  (channel === null || entry.channel === channel) &&
  (reply === null || entry.reply === reply);

export const isInView = (view: LogView, entry: LogEntry): boolean => TYPES_OF_VIEW[view](entry);

/** How many of the entries each view holds. */
export const countViews = (entries: readonly LogEntry[]): Record<LogView, number> => {
  const counts = Object.fromEntries(LOG_VIEWS.map((view) => [view, 0])) as Record<LogView, number>;
  for (const entry of entries) for (const view of LOG_VIEWS) if (isInView(view, entry)) counts[view] += 1;
  return counts;
};

/** Subjects whose records change names that stand in the sentences of other records. */
const NAMING = ['channel.', 'template.', 'person.'];

/** All records, newest last, by what an auditor looks for. */
export class LogIndex {
  readonly #entries: LogEntry[] = [];
  readonly #channelOf = new Map<ReplyId, ChannelId>();
  readonly #sentences = new Map<number, string>();

  add(record: KnownRecord): void {
    const person = isPersonActor(record.actor) ? record.actor : null;
    const reply = replyOf(record);
    if (NAMING.some((kind) => record.type.startsWith(kind))) this.#sentences.clear();
    if (record.type === 'reply.opened') this.#channelOf.set(record.subject as ReplyId, record.data.channel);
    this.#entries.push({
      seq: record.seq,
      at: record.at,
      type: record.type,
      subject: record.subject,
      person: person?.person ?? null,
      role: person?.role ?? null,
      reply,
      channel: reply ? (this.#channelOf.get(reply) ?? null) : null,
      isTakeDown: record.type === 'publication.succeeded' && record.data.operation === 'takeDown',
    });
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Entries under a filter, oldest first, but for its view, type and text. */
  select(filter: LogFilter): LogEntry[] {
    return this.#entries.filter((entry) => matches(entry, filter));
  }

  /** Forgets the sentences, after somebody was erased. */
  forget(): void {
    this.#sentences.clear();
  }

  /** What a record says, made once and kept until a name in it may have changed. */
  sentence(seq: number, make: () => string): string {
    const kept = this.#sentences.get(seq);
    if (kept !== undefined) return kept;
    const made = make();
    this.#sentences.set(seq, made);
    return made;
  }
}

/** The reply that a record belongs to. */
export const replyOf = (record: KnownRecord): ReplyId | null => {
  if (kindOf(record.subject) === 'reply') return record.subject as ReplyId;
  return 'reply' in record.data && record.data.reply ? record.data.reply : null;
};
