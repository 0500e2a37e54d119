import { expect, test } from 'vitest';
import { toVersionEvent } from '#workflows/approval/version.replay.ts';
import type { RecordType } from '#workflows/records.ts';
import { hashOf, hoursLater } from '../cast.ts';
import { RECORD_TYPES, recordOf } from '../record-examples.ts';

const contentHash = hashOf(1);
const EVENTS: Partial<Record<RecordType, object>> = {
  'template.revised': { type: 'revise', contentHash, validUntil: hoursLater(1_000) },
  'template.submitted': { type: 'submit', contentHash },
  'template.approved': { type: 'approve', review: 'legal', contentHash },
  'template.changesRequested': { type: 'requestChanges', review: 'legal', contentHash },
  'template.rejected': { type: 'reject', review: 'legal', contentHash },
  'template.retired': { type: 'retire' },
  'policy.revised': { type: 'revise', contentHash, validUntil: null },
  'policy.submitted': { type: 'submit', contentHash },
  'policy.approved': { type: 'approve', review: 'comms', contentHash },
  'policy.changesRequested': { type: 'requestChanges', review: 'legal', contentHash },
  'policy.rejected': { type: 'reject', review: 'legal', contentHash },
  'policy.retired': { type: 'retire' },
};

test.each(RECORD_TYPES)('a record %s is an event of a version, or none, as the table says', (type) => {
  const record = recordOf(type);
  const expected = EVENTS[type];
  const by = { actor: record.actor, at: record.sig?.at };
  expect(toVersionEvent(record)).toEqual(expected ? { ...expected, ...by } : null);
});

test('a version is changed and decided by people, never by the program', () => {
  for (const type of RECORD_TYPES.filter((name) => EVENTS[name])) {
    expect(toVersionEvent({ ...recordOf(type), actor: { system: 'outbox' } })).toBeNull();
  }
});
