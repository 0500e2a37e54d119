import type { StoryEntry } from '#workflows/contract/reply.contract.ts';
import type { Subject } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { readKnownRecord, type KnownRecord } from '#workflows/records.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { ReplyEntry } from '../state/tables.ts';
import { actorView } from './references.ts';

type Values = Record<string, string | number>;

/** What a record's sentence in the story and the decision log names (`story.<type>` of the catalogue). */
export const storyValues = (desk: DeskReading, record: KnownRecord): Values => {
  const who = 'person' in record.actor ? desk.nameOf(record.actor.person) : record.actor.system;
  return { who, ...detailsOf(desk, record) };
};

const channelName = (desk: DeskReading, record: KnownRecord): string => {
  const { data } = record;
  const channel = 'channel' in data ? desk.tables.channels.get(data.channel) : undefined;
  return channel?.name ?? '';
};

const handleOf = (desk: DeskReading, reply: ReplyEntry | undefined): string =>
  desk.tables.channels.get(reply?.channel ?? 'channel/')?.handle ?? '';

const detailsOf = (desk: DeskReading, record: KnownRecord): Values => {
  switch (record.type) {
    case 'workspace.created':
      return { name: record.data.name };
    case 'workspace.timestampingChanged':
      return { address: record.data.authority?.address ?? 'none' };
    case 'person.added':
    case 'person.rolesChanged':
      return { name: nameOfSubject(desk, record), roles: record.data.roles.join(', ') };
    case 'person.removed':
    case 'person.keyRegistered':
    case 'person.keyConfirmed':
    case 'person.keyRevoked':
      return { name: nameOfSubject(desk, record) };
    case 'channel.added':
    case 'channel.changed':
      return { name: record.data.name, handle: record.data.handle };
    case 'channel.removed':
      return { name: desk.tables.channels.get(record.subject as `channel/${string}`)?.name ?? '' };
    case 'mention.captured':
      return { channel: channelName(desk, record) };
    case 'reply.opened':
      return { channel: channelName(desk, record), follows: record.data.follows ? 'yes' : 'no' };
    case 'reply.claimed':
      return { person: record.data.person ? desk.nameOf(record.data.person) : '' };
    case 'reply.triaged':
      return { outcome: record.data.outcome };
    case 'reply.monitoringEnded':
      return { cause: record.data.cause };
    case 'reply.revised':
      return { revision: record.data.revision, operation: record.data.operation };
    case 'reply.submitted':
      return {
        revision: record.data.revision,
        reviews: record.data.route.reviews.map(({ review }) => review).join(', '),
      };
    case 'reply.approved':
    case 'reply.changesRequested':
    case 'reply.rejected':
      return { revision: record.data.revision, review: record.data.review };
    case 'reply.recalled':
    case 'reply.approvalExpired':
      return { revision: record.data.revision };
    case 'reply.scheduled':
      return { at: record.data.scheduledFor };
    case 'publication.attempted':
    case 'publication.succeeded':
    case 'publication.observed':
    case 'publication.confirmedByHand':
    case 'publication.failed':
    case 'publication.unknown':
      return publicationValues(desk, record);
    case 'template.revised':
    case 'template.submitted':
    case 'template.approved':
    case 'template.changesRequested':
    case 'template.rejected':
    case 'template.retired':
      return { version: record.data.version, name: templateName(desk, record), ...reviewOf(record.data) };
    case 'policy.revised':
    case 'policy.submitted':
    case 'policy.approved':
    case 'policy.changesRequested':
    case 'policy.rejected':
    case 'policy.retired':
      return { version: record.data.version, ...reviewOf(record.data) };
    case 'hold.placed':
      return { count: record.data.replies.length };
    case 'erasure.proposed':
      return { ground: record.data.ground };
    case 'subject.erased':
      return { files: record.data.evidence.length };
    case 'journal.recovered':
      return { records: record.data.to - record.data.from, bytes: record.data.bytes };
    case 'clock.jumped':
    case 'clock.corrected':
      return { from: record.data.from, to: record.data.to };
    case 'audit.read':
      return { what: record.data.what };
    case 'audit.verified':
      return { size: record.data.size, ok: record.data.ok ? 'yes' : 'no', problems: record.data.problems };
    case 'audit.exported':
      return { what: record.data.what };
    case 'audit.exported/2':
      return { what: record.data.what, revealed: record.data.revealed, records: record.data.records };
    default:
      return {};
  }
};

const publicationValues = (
  desk: DeskReading,
  record: Extract<KnownRecord, { type: `publication.${string}` }>,
): Values => {
  const { data } = record;
  const handle = handleOf(desk, desk.tables.replies.get(data.reply));
  const base = { handle, operation: data.operation, attempt: data.attempt };
  if ('outcome' in data) return { ...base, outcome: data.outcome };
  if ('cause' in data) return { ...base, cause: data.cause, isFinal: 'isFinal' in data && data.isFinal ? 'yes' : 'no' };
  if ('isThere' in data) return { ...base, isThere: data.isThere ? 'yes' : 'no' };
  return 'wasFound' in data ? { ...base, wasFound: data.wasFound ? 'yes' : 'no' } : base;
};

const reviewOf = (data: object): Values =>
  'review' in data && typeof data.review === 'string' ? { review: data.review } : {};

const nameOfSubject = (desk: DeskReading, { subject }: KnownRecord): string =>
  desk.nameOf(subject as `person/${string}`);

const templateName = (desk: DeskReading, { subject }: KnownRecord): string =>
  desk.tables.templates.get(subject as `template/${string}`)?.versions.at(-1)?.content.name ?? '';

const TYPES_WITH_TEXT = new Set([
  'reply.triaged',
  'reply.submitted',
  'reply.approved',
  'reply.changesRequested',
  'reply.rejected',
  'reply.recalled',
  'reply.withdrawn',
  'publishing.paused',
  'hold.placed',
  'erasure.proposed',
  'erasure.declined',
  'clock.corrected',
]);

/** Free text that was given with a record: sealed for replies, plain for templates and policy. */
export const textWith = (desk: DeskReading, record: KnownRecord): string | null => {
  if (TYPES_WITH_TEXT.has(record.type)) return desk.texts.note(record.seq);
  return 'reason' in record.data && typeof record.data.reason === 'string' ? record.data.reason : null;
};

export const contentHashIn = ({ data }: KnownRecord): string | null =>
  'contentHash' in data && typeof data.contentHash === 'string' ? data.contentHash : null;

export const storyEntry = (desk: DeskReading, record: KnownRecord): StoryEntry => ({
  seq: record.seq,
  at: record.at,
  type: record.type,
  actor: actorView(desk, record.actor),
  values: storyValues(desk, record),
  text: textWith(desk, record),
  revision: 'revision' in record.data && typeof record.data.revision === 'number' ? record.data.revision : null,
  contentHash: contentHashIn(record),
  keyId: record.sig?.key ?? null,
});

/** Subjects whose records make up a reply's story: what was captured, the reply, its customer, its publications and holds. */
export const subjectsOfStory = (desk: DeskReading, entry: ReplyEntry): Subject[] => [
  entry.mention,
  entry.id,
  entry.customer,
  ...desk.tables.publications.ofReply(entry.id).map(({ id }) => id),
  ...[...desk.tables.holds.values()].filter(({ replies }) => replies.includes(entry.id)).map(({ id }) => id),
];

/** The records of a reply's story in their order. */
export const recordsOfStory = (desk: DeskReading, entry: ReplyEntry): JournalRecord[] =>
  subjectsOfStory(desk, entry)
    .flatMap((subject) => [...desk.journal.placesOf(subject)])
    .sort((a, b) => a - b)
    .map((seq) => desk.journal.read(seq));

export const storyOf = (desk: DeskReading, entry: ReplyEntry): StoryEntry[] =>
  recordsOfStory(desk, entry).flatMap((record) => {
    const reading = readKnownRecord(record);
    return reading.ok ? [storyEntry(desk, reading.record)] : [];
  });
