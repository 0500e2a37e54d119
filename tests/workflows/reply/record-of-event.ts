import type { ReplyEvent, ReplyEventType } from '#workflows/reply/reply.events.ts';
import type { KnownRecord, RecordData, RecordType } from '#workflows/records.ts';
import { RECORD_EXAMPLES, recordOf } from '../record-examples.ts';
import type { EventOf } from './events.ts';

/** A record of a type whose data are the example but for what the event says. */
const recordWith = <Type extends RecordType>(type: Type, said: Partial<RecordData<Type>> = {}): KnownRecord =>
  recordOf(type, { ...RECORD_EXAMPLES[type], ...said });

const triaged = (said: Partial<RecordData<'reply.triaged'>>): KnownRecord =>
  recordWith('reply.triaged', { until: null, into: null, ...said });

/** The record that each type of event is read from, but for who wrote it and when. */
const RECORDS: { readonly [Type in ReplyEventType]: (event: EventOf<Type>) => KnownRecord } = {
  claim: ({ person }) => recordWith('reply.claimed', { person }),
  monitor: ({ until }) => triaged({ outcome: 'monitoring', until }),
  dismiss: () => triaged({ outcome: 'noResponse' }),
  handlePrivately: () => triaged({ outcome: 'privateHandling' }),
  merge: ({ into }) => triaged({ outcome: 'merged', into }),
  reopen: () => recordWith('reply.monitoringEnded'),
  revise: ({ revision, contentHash, operation }) => recordWith('reply.revised', { revision, contentHash, operation }),
  submit: ({ revision, contentHash, route }) =>
    recordWith('reply.submitted', { revision, contentHash, route, findings: [] }),
  approve: ({ review, revision, contentHash }) => recordWith('reply.approved', { review, revision, contentHash }),
  requestChanges: ({ review, revision, contentHash }) =>
    recordWith('reply.changesRequested', { review, revision, contentHash }),
  reject: ({ review, revision, contentHash }) => recordWith('reply.rejected', { review, revision, contentHash }),
  recall: () => recordWith('reply.recalled'),
  withdraw: () => recordWith('reply.withdrawn'),
  close: () => recordWith('reply.closed'),
  release: ({ contentHash, publication }) => recordWith('reply.released', { contentHash, publication }),
  schedule: ({ contentHash, publication, scheduledFor }) =>
    recordWith('reply.scheduled', { contentHash, publication, scheduledFor }),
  unschedule: () => recordWith('reply.unscheduled'),
  expireApproval: () => recordWith('reply.approvalExpired'),
  publicationAttempted: ({ operation, contentHash }) => recordWith('publication.attempted', { operation, contentHash }),
  publicationSucceeded: ({ operation }) => recordWith('publication.succeeded', { operation }),
  publicationFailed: ({ operation, isFinal }) => recordWith('publication.failed', { operation, isFinal }),
  publicationUnknown: ({ operation }) => recordWith('publication.unknown', { operation }),
  publicationConfirmed: ({ operation, isThere }) => recordWith('publication.confirmedByHand', { operation, isThere }),
  publicationObserved: ({ operation, outcome }) => recordWith('publication.observed', { operation, outcome }),
  escalate: () => recordWith('reply.escalated'),
  breach: () => recordWith('reply.breached'),
  placeHold: () => recordWith('hold.placed'),
  liftHold: () => recordWith('hold.lifted'),
};

/** The record of a fact about a reply: by who did it, at the time when they signed it or the program wrote it. */
export const recordOfEvent = (event: ReplyEvent): KnownRecord => {
  const make = RECORDS[event.type] as (event: ReplyEvent) => KnownRecord;
  const record = make(event);
  return {
    ...record,
    at: event.at,
    ...('actor' in event ? { actor: event.actor } : {}),
    ...(record.sig ? { sig: { ...record.sig, at: event.at } } : {}),
  };
};
