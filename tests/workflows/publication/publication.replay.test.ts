import { expect, test } from 'vitest';
import { toPublicationEvent } from '#workflows/publication/publication.replay.ts';
import { hashOf, hoursLater, START } from '../cast.ts';
import { RECORD_TYPES, recordOf } from '../record-examples.ts';

const EVENTS = {
  'publication.attempted': { type: 'attempt', attempt: 1, payloadHash: hashOf(2), key: 'key-1', at: START },
  'publication.succeeded': { type: 'succeed', at: START },
  'publication.failed': { type: 'fail', isFinal: false, wasLookedUp: true, retryAt: hoursLater(1), at: START },
  'publication.unknown': { type: 'loseTrack', at: START },
  'publication.confirmedByHand': { type: 'confirm', isThere: true, at: START },
  'publication.observed': { type: 'observe', outcome: 'drifted', at: START },
} as const;

test.each(RECORD_TYPES)('a record %s is an event of a publication, or none, as the table says', (type) => {
  const expected = Object.hasOwn(EVENTS, type) ? EVENTS[type as keyof typeof EVENTS] : null;
  expect(toPublicationEvent(recordOf(type))).toEqual(expected);
});
