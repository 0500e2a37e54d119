import { describe, expect, test } from 'vitest';
import { openReply, stepReply, toReplyEvent } from '#workflows/reply/reply.replay.ts';
import type { ReplyEventType } from '#workflows/reply/reply.events.ts';
import { isIn } from '#workflows/step.ts';
import type { KnownRecord, RecordType } from '#workflows/records.ts';
import { ANA, as, CATE, hashOf, hoursLater, REX, START, ulidOf } from '../cast.ts';
import { RECORD_EXAMPLES, RECORD_TYPES, recordOf } from '../record-examples.ts';
import { BOTH, EVENT_TYPES } from './events.ts';

/** The event that each type of record is for the reply it is about. */
const EVENT_OF_TYPE: Partial<Record<RecordType, ReplyEventType>> = {
  'reply.claimed': 'claim',
  'reply.triaged': 'monitor',
  'reply.monitoringEnded': 'reopen',
  'reply.revised': 'revise',
  'reply.submitted': 'submit',
  'reply.approved': 'approve',
  'reply.changesRequested': 'requestChanges',
  'reply.rejected': 'reject',
  'reply.recalled': 'recall',
  'reply.withdrawn': 'withdraw',
  'reply.closed': 'close',
  'reply.released': 'release',
  'reply.scheduled': 'schedule',
  'reply.unscheduled': 'unschedule',
  'reply.approvalExpired': 'expireApproval',
  'reply.escalated': 'escalate',
  'reply.breached': 'breach',
  'publication.attempted': 'publicationAttempted',
  'publication.succeeded': 'publicationSucceeded',
  'publication.failed': 'publicationFailed',
  'publication.unknown': 'publicationUnknown',
  'publication.confirmedByHand': 'publicationConfirmed',
  'publication.observed': 'publicationObserved',
  'hold.placed': 'placeHold',
  'hold.lifted': 'liftHold',
};

const TRIAGES = {
  monitoring: 'monitor',
  noResponse: 'dismiss',
  privateHandling: 'handlePrivately',
  merged: 'merge',
  triage: 'reopen',
} as const;

const eventTypeOf = (record: KnownRecord): ReplyEventType | undefined => toReplyEvent(record)?.type;

test.each(RECORD_TYPES)('a record %s is the event that the table says, or none', (type) => {
  expect(eventTypeOf(recordOf(type))).toBe(EVENT_OF_TYPE[type]);
});

test('every event of a reply comes from some record', () => {
  const made = new Set([...Object.values(EVENT_OF_TYPE), ...Object.values(TRIAGES)]);
  expect(EVENT_TYPES.filter((type) => !made.has(type))).toEqual([]);
});

describe('what was decided about a post', () => {
  test.each(Object.entries(TRIAGES))('%s is the event %s', (outcome, expected) => {
    const data = { outcome: outcome as keyof typeof TRIAGES, until: null, into: `reply/${ulidOf('B')}` } as const;
    expect(eventTypeOf(recordOf('reply.triaged', data))).toBe(expected);
  });

  test('cannot be merged into nothing', () => {
    const record = recordOf('reply.triaged', { outcome: 'merged', until: null, into: null });
    expect(() => toReplyEvent(record)).toThrow('names no other reply');
  });
});

test('an event carries who did it and when they signed it, not when it took its place', () => {
  expect(toReplyEvent(recordOf('reply.approved'))).toEqual({
    type: 'approve',
    review: 'comms',
    revision: 1,
    contentHash: hashOf(1),
    actor: as(CATE, 'comms'),
    at: hoursLater(-1 / 60),
  });
});

test('only findings that block forbid to submit', () => {
  const findings = [
    { check: 'terms', rule: 'L-4', severity: 'warn' },
    { check: 'length', rule: null, severity: 'block' },
    { check: 'terms', rule: 'L-5', severity: 'note' },
  ];
  const record = recordOf('reply.submitted', { ...RECORD_EXAMPLES['reply.submitted'], findings });
  expect(toReplyEvent(record)).toMatchObject({ blockingFindings: ['length'] });
});

test('what only people do is not taken from the program', () => {
  for (const type of ['reply.approved', 'reply.released', 'reply.revised', 'reply.triaged'] as const) {
    expect(() => toReplyEvent({ ...recordOf(type), actor: { system: 'outbox' } })).toThrow('not by a person');
  }
});

test('the records of a reply’s whole life give its state', () => {
  const approvedBy = (review: 'comms' | 'legal', actor: ReturnType<typeof as>): KnownRecord => ({
    ...recordOf('reply.approved', { review, revision: 1, contentHash: hashOf(1) }),
    actor,
  });
  const records: KnownRecord[] = [
    { ...recordOf('reply.claimed'), actor: as(ANA, 'agent') },
    { ...recordOf('reply.revised'), actor: as(ANA, 'agent') },
    recordOf('reply.submitted', { ...RECORD_EXAMPLES['reply.submitted'], route: BOTH }),
    approvedBy('comms', as(CATE, 'comms')),
    approvedBy('legal', as(REX, 'legal')),
    recordOf('reply.released'),
    recordOf('publication.attempted'),
    recordOf('publication.unknown'),
    recordOf('publication.succeeded'),
    recordOf('publication.observed'),
  ];
  let state = openReply();
  for (const record of records) {
    const event = toReplyEvent(record);
    const next = event && stepReply(state, event);
    if (!next) throw new Error(`${record.type} was not taken`);
    state = next;
  }
  expect(isIn(state.value, 'work.published.drifted')).toBe(true);
  expect(isIn(state.value, 'serviceLevel.met')).toBe(true);
  expect(state.context).toMatchObject({ publishedHash: hashOf(1), publishedAt: START, authors: [], assignee: ANA });
});
