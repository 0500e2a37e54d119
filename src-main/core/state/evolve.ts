import { openVersion, stepVersion, toVersionEvent } from '#workflows/approval/version.replay.ts';
import {
  kindOf,
  type ChannelId,
  type CustomerId,
  type HoldId,
  type MentionId,
  type PersonId,
  type PublicationId,
  type ReplyId,
  type TemplateId,
} from '#workflows/identifiers.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { openPublication, stepPublication, toPublicationEvent } from '#workflows/publication/publication.replay.ts';
import { stepPause, toPauseEvent } from '#workflows/publishing/pause.replay.ts';
import { timeOf, type KnownRecord } from '#workflows/records.ts';
import type { ReplyEvent } from '#workflows/reply/reply.events.ts';
import { openReply, stepReply, toReplyEvent } from '#workflows/reply/reply.replay.ts';
import { isIn } from '#workflows/step.ts';
import { isErased, nextErasure, type ErasureRecord } from './evolve-erasure.ts';
import { founder, newPerson, personChange } from './evolve-person.ts';
import type { PublicationEntry, ReplyEntry, Tables, VersionEntry } from './tables.ts';

/** A record that no machine takes, or that names what is not there. */
export class RuleBrokenError extends Error {
  override name = 'RuleBrokenError';
  readonly record: KnownRecord;

  constructor(record: KnownRecord, message: string) {
    super(`record ${String(record.seq)} (${record.type}): ${message}`);
    this.record = record;
  }
}

type Of<Prefix extends string> = Extract<KnownRecord, { type: `${Prefix}.${string}` }>;

/**
 * Takes a record into the tables. The same function tries a command's records before they are appended and applies them
 * afterwards, so that nothing is appended that replaying the journal would refuse. The file is long because every type of
 * record has its place here, once.
 * @throws RuleBrokenError when a machine refuses the record; the tables are then as they were
 */
export const evolve = (tables: Tables, record: KnownRecord): void => {
  refuseForErased(tables, record);
  switch (record.type) {
    case 'workspace.created':
      evolveWorkspace(tables, record);
      return;
    case 'person.added':
    case 'person.rolesChanged':
    case 'person.removed':
    case 'person.keyRegistered':
    case 'person.keyConfirmed':
    case 'person.keyRevoked':
      evolvePerson(tables, record);
      return;
    case 'channel.added':
    case 'channel.changed':
    case 'channel.removed':
      evolveChannel(tables, record);
      return;
    case 'mention.captured':
      evolveMention(tables, record);
      return;
    case 'publication.attempted':
    case 'publication.succeeded':
    case 'publication.failed':
    case 'publication.unknown':
    case 'publication.confirmedByHand':
    case 'publication.observed':
      evolvePublication(tables, record);
      return;
    case 'template.revised':
    case 'template.submitted':
    case 'template.approved':
    case 'template.changesRequested':
    case 'template.rejected':
    case 'template.retired':
      evolveTemplate(tables, record);
      return;
    case 'policy.revised':
    case 'policy.submitted':
    case 'policy.approved':
    case 'policy.changesRequested':
    case 'policy.rejected':
    case 'policy.retired':
      evolvePolicy(tables, record);
      return;
    case 'publishing.paused':
    case 'publishing.resumeProposed':
    case 'publishing.resumed':
      evolvePause(tables, record);
      return;
    case 'hold.placed':
    case 'hold.lifted':
      evolveHold(tables, record);
      return;
    case 'erasure.proposed':
    case 'erasure.declined':
    case 'erasure.confirmed':
    case 'subject.erased':
      evolveErasure(tables, record);
      return;
    case 'clock.jumped':
      tables.clockJump.set({ from: record.data.from, to: record.data.to });
      return;
    case 'clock.corrected':
    case 'clock.confirmed':
      tables.clockJump.set(null);
      return;
    case 'audit.verified':
      tables.lastVerification.set({ at: record.at, ok: record.data.ok, size: record.data.size });
      return;
    case 'reply.opened':
      openReplyEntry(tables, record);
      return;
    case 'reply.recounted':
      recountEntry(tables, record);
      return;
    case 'workspace.keyRotated':
    case 'workspace.timestampingChanged':
    case 'journal.recovered':
    case 'audit.read':
    case 'audit.exported':
    case 'audit.exported/2':
      return;
    default:
      evolveReply(tables, record);
  }
};

const actorOf = (record: KnownRecord): PersonId => {
  if (!isPersonActor(record.actor)) throw new RuleBrokenError(record, 'it is not by a person');
  return record.actor.person;
};

const evolveWorkspace = (tables: Tables, record: Extract<KnownRecord, { type: 'workspace.created' }>): void => {
  const { workspace, name, adminName, sample } = record.data;
  const id = actorOf(record);
  tables.workspace.set({ ulid: workspace, name, isSample: sample === true, createdAt: record.at });
  tables.people.set(id, founder(id, adminName, record.data.publicKey, record.at));
};

const evolvePerson = (tables: Tables, record: Of<'person'>): void => {
  const id = record.subject as PersonId;
  const version = record.version + 1;
  if (record.type === 'person.added') {
    tables.people.set(id, { ...newPerson(id, record.data, record.at), version });
    return;
  }
  const known = tables.people.get(id);
  if (!known) throw new RuleBrokenError(record, 'the person was not added');
  tables.people.set(id, { ...known, version, ...personChange(known, record, actorOf(record)) });
};

const evolveChannel = (tables: Tables, record: Of<'channel'>): void => {
  const id = record.subject as ChannelId;
  const version = record.version + 1;
  if (record.type === 'channel.added') {
    tables.channels.set(id, { id, version, ...record.data, isRemoved: false });
    return;
  }
  const known = tables.channels.get(id);
  if (!known) throw new RuleBrokenError(record, 'the channel was not added');
  if (record.type === 'channel.changed') tables.channels.set(id, { ...known, version, ...record.data });
  else tables.channels.set(id, { ...known, version, isRemoved: true });
};

const evolveMention = (tables: Tables, record: Extract<KnownRecord, { type: 'mention.captured' }>): void => {
  const { channel, customer, captureHash, answers } = record.data;
  const id = record.subject as MentionId;
  tables.mentions.set(id, {
    id,
    seq: record.seq,
    at: record.at,
    channel,
    customer,
    captureHash,
    answers: answers ?? null,
  });
  for (const { kid } of record.sealed ?? []) tables.keyOwners.set(kid, customer);
};

const openReplyEntry = (tables: Tables, record: Extract<KnownRecord, { type: 'reply.opened' }>): void => {
  const id = record.subject as ReplyId;
  const { follows } = record.data;
  tables.replies.set(id, {
    id,
    version: record.version + 1,
    openedSeq: record.seq,
    openedAt: record.at,
    ...record.data,
    followedBy: [],
    state: openReply(),
    revisions: [],
    submission: null,
    approvals: {},
    returned: null,
    releasedSeq: null,
    monitorUntil: null,
    changedAt: record.at,
    changedSeq: record.seq,
  });
  const before = follows ? tables.replies.get(follows) : undefined;
  if (before) tables.replies.set(before.id, { ...before, followedBy: [...before.followedBy, id] });
};

/** Times are no part of the machine's state: only what they are compared with changes. */
const recountEntry = (tables: Tables, record: Extract<KnownRecord, { type: 'reply.recounted' }>): void => {
  const known = tables.replies.get(record.subject as ReplyId);
  if (!known) throw new RuleBrokenError(record, 'there is no such reply');
  const changed = { changedAt: record.at, changedSeq: record.seq, version: record.version + 1 };
  tables.replies.set(known.id, { ...known, ...record.data, ...changed });
};

const stepEntry = (record: KnownRecord, entry: ReplyEntry, event: ReplyEvent): ReplyEntry => {
  const state = stepReply(entry.state, event);
  if (!state) throw new RuleBrokenError(record, 'the reply’s state does not take it');
  return { ...entry, state, changedAt: record.at, changedSeq: record.seq };
};

const evolveReply = (tables: Tables, record: Of<'reply'>): void => {
  const known = tables.replies.get(record.subject as ReplyId);
  const event = toReplyEvent(record);
  if (!known || !event) throw new RuleBrokenError(record, 'there is no such reply');
  const entry = { ...stepEntry(record, known, event), version: record.version + 1 };
  tables.replies.set(entry.id, { ...entry, ...changesOf(entry, record) });
};

/** What a record changes in the entry besides the machine's state. */
const changesOf = (entry: ReplyEntry, record: Of<'reply'>): Partial<ReplyEntry> => {
  const at = timeOf(record);
  switch (record.type) {
    case 'reply.revised': {
      const { revision, contentHash, operation, template, deviation } = record.data;
      const added = { revision, seq: record.seq, by: actorOf(record), at, contentHash, operation, template, deviation };
      return { revisions: [...entry.revisions, added], submission: null, approvals: {}, releasedSeq: null };
    }
    case 'reply.submitted':
      return {
        submission: { seq: record.seq, at, by: actorOf(record), revision: record.data.revision },
        approvals: {},
        returned: null,
      };
    case 'reply.approved':
      return {
        approvals: { ...entry.approvals, [record.data.review]: { seq: record.seq, at, by: actorOf(record) } },
      };
    case 'reply.changesRequested':
    case 'reply.rejected': {
      const { review, revision } = record.data;
      const wasRejected = record.type === 'reply.rejected';
      return { returned: { seq: record.seq, at, by: actorOf(record), review, revision, wasRejected }, approvals: {} };
    }
    case 'reply.recalled':
    case 'reply.approvalExpired':
      return { approvals: {}, releasedSeq: null };
    case 'reply.released':
    case 'reply.scheduled':
      return { releasedSeq: record.seq };
    case 'reply.unscheduled':
      return { releasedSeq: null };
    case 'reply.triaged':
      return { monitorUntil: record.data.until };
    default:
      return {};
  }
};

const evolvePublication = (tables: Tables, record: Of<'publication'>): void => {
  const reply = tables.replies.get(record.data.reply);
  const event = toPublicationEvent(record);
  if (!reply || !event) throw new RuleBrokenError(record, 'there is no such reply');
  const known = tables.publications.get(record.subject as PublicationId) ?? newPublication(record);
  const state = stepPublication(known.state, event);
  if (!state) throw new RuleBrokenError(record, 'the publication’s state does not take it');
  const replyEvent = toReplyEvent(record);
  const steppedReply = replyEvent ? stepPublishedReply(record, reply, replyEvent) : reply;
  tables.publications.set(known.id, {
    ...known,
    state,
    version: record.version + 1,
    ...publicationChanges(record),
  });
  tables.replies.set(reply.id, steppedReply);
};

/** A later readback of what is already being corrected or closed changes the publication, not the reply. */
const stepPublishedReply = (record: KnownRecord, reply: ReplyEntry, event: ReplyEvent): ReplyEntry => {
  if (event.type === 'publicationObserved' && !isIn(reply.state.value, 'work.published')) return reply;
  return stepEntry(record, reply, event);
};

const newPublication = (record: Of<'publication'>): PublicationEntry => {
  if (record.type !== 'publication.attempted') throw new RuleBrokenError(record, 'nothing was attempted before');
  const { reply, channel, operation } = record.data;
  return {
    id: record.subject as PublicationId,
    version: 0,
    reply,
    channel,
    operation,
    state: openPublication(),
    payloadSeq: record.seq,
    attemptSeq: record.seq,
    cause: null,
    receipt: null,
    succeededSeq: null,
    observation: null,
  };
};

const publicationChanges = (record: Of<'publication'>): Partial<PublicationEntry> => {
  switch (record.type) {
    case 'publication.attempted':
      return { attemptSeq: record.seq, cause: null };
    case 'publication.succeeded':
      return { receipt: record.data.receipt, succeededSeq: record.seq, cause: null };
    case 'publication.confirmedByHand':
      return record.data.isThere ? { receipt: record.data.receipt, succeededSeq: record.seq, cause: null } : {};
    case 'publication.failed':
    case 'publication.unknown':
      return { cause: record.data.cause };
    case 'publication.observed':
      return { observation: { seq: record.seq, at: record.at, outcome: record.data.outcome } };
  }
};

type VersionRecord = Of<'template'> | Of<'policy'>;

const evolveVersions = <Content>(
  versions: readonly VersionEntry<Content>[],
  record: VersionRecord,
  content: Content | null,
): VersionEntry<Content>[] => {
  const event = toVersionEvent(record);
  if (!event) throw new RuleBrokenError(record, 'it is no event of a version');
  const number = record.data.version;
  const isNew = number === versions.length + 1 && content !== null;
  const known = versions[number - 1];
  if (!known && !isNew) throw new RuleBrokenError(record, 'there is no such version');
  const state = stepVersion(known?.state ?? openVersion(), event);
  if (!state) throw new RuleBrokenError(record, 'the version’s state does not take it');
  const at = timeOf(record);
  const entry: VersionEntry<Content> = {
    ...(known ?? { version: number, submittedAt: null, approvedAt: null, lastReason: null }),
    ...(content === null
      ? {}
      : { content, contentHash: (record.data as { contentHash: string }).contentHash, revisedAt: at }),
    ...(event.type === 'submit' ? { submittedAt: at } : {}),
    ...(state.value === 'approved' && known?.state.value !== 'approved' ? { approvedAt: at } : {}),
    ...('reason' in record.data ? { lastReason: { by: actorOf(record), at, text: record.data.reason } } : {}),
    state,
  } as VersionEntry<Content>;
  const next = [...versions.slice(0, number - 1), entry, ...versions.slice(number)];
  return state.value === 'approved'
    ? next.map((other) => (other.version < number ? superseded(other, at) : other))
    : next;
};

const superseded = <Content>(entry: VersionEntry<Content>, at: string): VersionEntry<Content> => {
  const state = stepVersion(entry.state, { type: 'supersede', at });
  return state ? { ...entry, state } : entry;
};

const evolveTemplate = (tables: Tables, record: Of<'template'>): void => {
  const id = record.subject as TemplateId;
  const known = tables.templates.get(id);
  const content = record.type === 'template.revised' ? record.data.content : null;
  const versions = evolveVersions(known?.versions ?? [], record, content);
  tables.templates.set(id, { id, count: record.version + 1, versions, changedAt: record.at });
};

const evolvePolicy = (tables: Tables, record: Of<'policy'>): void => {
  const known = tables.policy.get();
  const content = record.type === 'policy.revised' ? record.data.content : null;
  tables.policy.set({ count: record.version + 1, versions: evolveVersions(known.versions, record, content) });
};

const evolvePause = (tables: Tables, record: Of<'publishing'>): void => {
  const known = tables.pause.get();
  const event = toPauseEvent(record);
  const state = event ? stepPause(known.state, event) : null;
  if (!state) throw new RuleBrokenError(record, 'the switch’s state does not take it');
  tables.pause.set({
    state,
    pausedSeq: record.type === 'publishing.paused' ? record.seq : known.pausedSeq,
    resumedAt: record.type === 'publishing.resumed' ? record.at : known.resumedAt,
  });
};

/** Nothing is sealed for a customer who was erased, and no post of theirs taken in under the old name. */
const refuseForErased = (tables: Tables, record: KnownRecord): void => {
  const owners = (record.sealed ?? []).flatMap(({ kid }) => tables.keyOwners.get(kid) ?? []);
  const named = record.type === 'mention.captured' || record.type === 'reply.opened' ? [record.data.customer] : [];
  if ([...owners, ...named].some((customer) => isErased(tables.erasures.get(customer)))) {
    throw new RuleBrokenError(record, 'its customer was erased');
  }
};

const evolveErasure = (tables: Tables, record: ErasureRecord): void => {
  if (kindOf(record.subject) !== 'customer') throw new RuleBrokenError(record, 'only a customer is erased');
  const customer = record.subject as CustomerId;
  const next = nextErasure(tables.erasures.get(customer), record);
  if (!next) throw new RuleBrokenError(record, 'the state of the customer’s data does not take it');
  tables.erasures.set(customer, next);
};

const evolveHold = (tables: Tables, record: Of<'hold'>): void => {
  const id = record.subject as HoldId;
  const known = tables.holds.get(id);
  if (record.type === 'hold.lifted' && (!known || known.isLifted))
    throw new RuleBrokenError(record, 'there is no such hold');
  const replies = record.type === 'hold.placed' ? record.data.replies : (known?.replies ?? []);
  const event = toReplyEvent(record);
  const touched = replies.map((reply) => {
    const entry = tables.replies.get(reply);
    if (!entry || !event) throw new RuleBrokenError(record, 'it names a reply that is not there');
    return stepEntry(record, entry, event);
  });
  for (const entry of touched) tables.replies.set(entry.id, entry);
  tables.holds.set(id, { id, seq: record.seq, replies, isLifted: record.type === 'hold.lifted' });
};
