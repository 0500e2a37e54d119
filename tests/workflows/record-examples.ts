import { kindOf, type Subject } from '#workflows/identifiers.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { NO_PARENT } from '#workflows/journal/record.ts';
import { writerOf } from '#workflows/journal/writers.ts';
import type { Actor } from '#workflows/people/roles.ts';
import { DEFAULT_POLICY } from '#workflows/policy/policy.ts';
import type { KnownRecord, RecordData, RecordType } from '#workflows/records.ts';
import { ANA, as, CATE, hashOf, hoursLater, REX, START, ulidOf } from './cast.ts';
import { BOTH, PUBLICATION } from './reply/events.ts';

const base64Of = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64');

const REPLY = `reply/${ulidOf('R')}` as const;
const MENTION = `mention/${ulidOf('M')}` as const;
const CHANNEL = `channel/${ulidOf('C')}` as const;
const CUSTOMER = `customer/${ulidOf('K')}` as const;
const TEMPLATE = `template/${ulidOf('T')}` as const;
const HASH = hashOf(1);
const EVIDENCE = [hashOf(9)];

const CHANNEL_FACTS = {
  name: 'Acme on Bluesky',
  account: 'did:plc:acme',
  handle: 'acme.test',
  promise: { acknowledgeMinutes: 30, answerMinutes: 240 },
  settings: {
    service: 'https://pds.test',
    appView: 'https://view.test',
    directory: 'https://plc.test',
    limits: { graphemes: 300, bytes: null },
  },
};

const DECISION = { review: 'comms', revision: 1, contentHash: HASH, evidence: EVIDENCE } as const;
const VERSION = { version: 1, contentHash: HASH };
const RETURNED = { review: 'legal', ...VERSION, reason: 'The second sentence promises a refund' } as const;
const ATTEMPT = { reply: REPLY, operation: 'reply', attempt: 1 } as const;
const RECEIPT = { id: 'at://acme/post/1', revision: 'bafy1', address: 'https://bsky.test/1' };

/** One complete example of the data of each type: every optional member is there. */
export const RECORD_EXAMPLES: { readonly [Type in RecordType]: RecordData<Type> } = {
  'workspace.created': {
    workspace: ulidOf('W'),
    name: 'Acme',
    adminName: 'Ada',
    publicKey: base64Of(32),
    checkpointKey: base64Of(32),
    sample: true,
  },
  'workspace.keyRotated': { checkpointKey: base64Of(32), proof: base64Of(64) },
  'workspace.timestampingChanged': {
    authority: { address: 'https://tsa.example/', certificates: [base64Of(600)] },
  },
  'person.added': { name: 'Ana', roles: ['agent', 'comms'] },
  'person.rolesChanged': { roles: ['legal'] },
  'person.removed': {},
  'person.keyRegistered': { publicKey: base64Of(32), proof: base64Of(64) },
  'person.keyConfirmed': { key: HASH },
  'person.keyRevoked': { key: HASH, cause: 'lost' },
  'channel.added': { kind: 'bluesky', ...CHANNEL_FACTS },
  'channel.changed': CHANNEL_FACTS,
  'channel.removed': {},
  'mention.captured': { channel: CHANNEL, customer: CUSTOMER, captureHash: HASH, answers: REPLY, evidence: EVIDENCE },
  'reply.opened': {
    mention: MENTION,
    channel: CHANNEL,
    customer: CUSTOMER,
    language: 'en',
    postedAt: START,
    acknowledgeBy: hoursLater(1),
    dueAt: hoursLater(4),
    follows: null,
  },
  'reply.claimed': { person: ANA },
  'reply.triaged': { outcome: 'monitoring', until: hoursLater(8), into: null, evidence: EVIDENCE },
  'reply.monitoringEnded': { cause: 'time' },
  'reply.revised': {
    revision: 1,
    contentHash: HASH,
    operation: 'reply',
    template: { template: TEMPLATE, version: 1 },
    deviation: { distance: 2, words: 40 },
    evidence: EVIDENCE,
  },
  'reply.submitted': {
    revision: 1,
    contentHash: HASH,
    authors: [ANA],
    route: BOTH,
    findings: [{ check: 'terms', rule: 'L-4', severity: 'warn' }],
    evidence: EVIDENCE,
  },
  'reply.approved': DECISION,
  'reply.changesRequested': DECISION,
  'reply.rejected': DECISION,
  'reply.recalled': { revision: 1, evidence: EVIDENCE },
  'reply.withdrawn': { evidence: EVIDENCE },
  'reply.closed': {},
  'reply.released': { contentHash: HASH, publication: PUBLICATION },
  'reply.scheduled': { contentHash: HASH, publication: PUBLICATION, scheduledFor: hoursLater(3) },
  'reply.unscheduled': {},
  'reply.approvalExpired': { revision: 1, contentHash: HASH },
  'reply.escalated': { dueAt: hoursLater(4) },
  'reply.breached': { dueAt: hoursLater(4) },
  'reply.recounted': { postedAt: START, acknowledgeBy: hoursLater(1), dueAt: hoursLater(4), monitorUntil: null },
  'publication.attempted': {
    ...ATTEMPT,
    channel: CHANNEL,
    contentHash: HASH,
    payloadHash: hashOf(2),
    key: 'key-1',
    evidence: EVIDENCE,
  },
  'publication.succeeded': { ...ATTEMPT, receipt: RECEIPT, wasFound: false },
  'publication.failed': {
    ...ATTEMPT,
    cause: 'timeout',
    isFinal: false,
    wasLookedUp: true,
    retryAt: hoursLater(1),
  },
  'publication.unknown': { ...ATTEMPT, cause: 'interrupted' },
  'publication.confirmedByHand': { ...ATTEMPT, isThere: true, receipt: RECEIPT },
  'publication.observed': { ...ATTEMPT, outcome: 'drifted', observedHash: hashOf(3), evidence: EVIDENCE },
  'template.revised': {
    ...VERSION,
    content: {
      name: 'Delayed parcel',
      language: 'en',
      body: [
        [
          { type: 'text', text: 'Sorry, ' },
          { type: 'slot', slot: 'name' },
        ],
        [],
      ],
      slots: [{ name: 'name', type: 'name', prompt: 'The customer’s first name', example: 'Ana' }],
      channels: [CHANNEL],
      validUntil: hoursLater(1_000),
    },
  },
  'template.submitted': VERSION,
  'template.approved': { review: 'legal', ...VERSION },
  'template.changesRequested': RETURNED,
  'template.rejected': RETURNED,
  'template.retired': { version: 1, reason: 'The offer is over' },
  'policy.revised': {
    ...VERSION,
    content: {
      ...DEFAULT_POLICY,
      rules: [
        {
          id: 'R-1',
          when: { channels: [CHANNEL], languages: ['en'], deviationOver: 10, words: ['refund'], customers: [CUSTOMER] },
          require: ['legal'],
          reason: 'Refunds',
        },
      ],
      terms: [
        {
          id: 'L-4',
          words: ['guarantee'],
          languages: ['en'],
          severity: 'block',
          reason: 'No guarantees',
          suggestion: 'aim',
        },
      ],
    },
  },
  'policy.submitted': VERSION,
  'policy.approved': { review: 'comms', ...VERSION },
  'policy.changesRequested': RETURNED,
  'policy.rejected': RETURNED,
  'policy.retired': { version: 1, reason: 'A newer one is coming' },
  'publishing.paused': {},
  'publishing.resumeProposed': {},
  'publishing.resumed': {},
  'hold.placed': { replies: [REPLY] },
  'hold.lifted': {},
  'erasure.proposed': { ground: 'requested', evidence: EVIDENCE },
  'erasure.declined': { evidence: EVIDENCE },
  'erasure.confirmed': {},
  'subject.erased': { evidence: EVIDENCE },
  'journal.recovered': { hash: HASH, bytes: 12, from: 5, to: 7 },
  'clock.jumped': { from: START, to: hoursLater(48) },
  'clock.corrected': { from: hoursLater(48), to: START },
  'clock.confirmed': { at: hoursLater(48) },
  'audit.read': { what: 'story', subject: REPLY },
  'audit.verified': { size: 10, root: base64Of(32), ok: true, problems: 0 },
  'audit.exported': { what: 'story', reply: REPLY, hash: HASH, size: 10 },
  'audit.exported/2': {
    what: 'period',
    reply: null,
    from: START,
    to: null,
    revealed: 'none',
    records: 4,
    size: 10,
    hash: HASH,
  },
};

export const RECORD_TYPES = Object.keys(RECORD_EXAMPLES) as RecordType[];

const SUBJECTS: Readonly<Record<string, Subject>> = {
  reply: REPLY,
  mention: MENTION,
  channel: CHANNEL,
  template: TEMPLATE,
  publication: PUBLICATION,
  person: ANA,
  hold: `hold/${ulidOf('H')}`,
  erasure: CUSTOMER,
  subject: CUSTOMER,
};

/** Somebody who may write the type (JOURNAL.md, Who may write what). */
const writerFor = (type: RecordType): Actor => {
  const writer = writerOf(type);
  if (!writer || writer.by === 'system') return { system: 'outbox' };
  if (writer.by === 'review') {
    return { review: 'legal', ...RECORD_EXAMPLES[type] }.review === 'comms' ? as(CATE, 'comms') : as(REX, 'legal');
  }
  return writer.by === 'anyPerson' ? as(ANA, 'auditor') : as(ANA, writer.roles[0] ?? 'admin');
};

const SIGNED_EARLIER = hoursLater(-1 / 60);

/**
 * A record of a type in its place in a journal, its data the example or what is given instead. The signature says a
 * minute before the record took its place.
 */
export const recordOf = <Type extends RecordType>(
  type: Type,
  data: RecordData<Type> = RECORD_EXAMPLES[type],
): Extract<KnownRecord, { type: Type }> => {
  const family = type.slice(0, type.indexOf('.'));
  const actor = writerFor(type);
  const record = {
    v: 1,
    seq: 3,
    at: START,
    type,
    subject: SUBJECTS[family] ?? (family as Subject),
    version: 0,
    parent: NO_PARENT,
    command: ulidOf('0'),
    actor,
    data: data as unknown as JsonObject,
    ...('person' in actor ? { sig: { key: HASH, at: SIGNED_EARLIER, auth: 'passphrase', value: base64Of(64) } } : {}),
  };
  return record as unknown as Extract<KnownRecord, { type: Type }>;
};

/** The subjects that the examples stand on are of the kind that their types are about. */
export const kindOfExample = (type: RecordType): string => kindOf(recordOf(type).subject);
