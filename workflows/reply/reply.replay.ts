import { isPersonActor, type PersonActor } from '../people/roles.ts';
import { timeOf, type KnownRecord } from '../records.ts';
import { step, begin, type StoredState } from '../step.ts';
import { assertNever } from '../errors.ts';
import type { Time } from '../time.ts';
import type { ReplyContext, ReplyEvent } from './reply.events.ts';
import { replyMachine } from './reply.machine.ts';

export type ReplyState = StoredState<ReplyContext>;

/** The state of a reply that was just opened. */
export const openReply = (): ReplyState => begin(replyMachine);

/** The state after an event; `null` when the reply's state does not take it. */
export const stepReply = (state: ReplyState, event: ReplyEvent): ReplyState | null => step(replyMachine, state, event);

/** Precondition: the record's type is one that only people write. */
const byPerson = (record: KnownRecord): { actor: PersonActor; at: Time } => {
  if (!isPersonActor(record.actor)) throw new Error(`${record.type} is not by a person`);
  return { actor: record.actor, at: timeOf(record) };
};

/** What a record means to the reply it is about; `null` for a type that does not touch its state. */
export const toReplyEvent = (record: KnownRecord): ReplyEvent | null => {
  const at = timeOf(record);
  switch (record.type) {
    case 'reply.claimed':
      return { type: 'claim', person: record.data.person, ...byPerson(record) };
    case 'reply.triaged':
      return triageEvent(record);
    case 'reply.monitoringEnded':
      return { type: 'reopen', at };
    case 'reply.revised': {
      const { revision, contentHash, operation } = record.data;
      return { type: 'revise', revision, contentHash, operation, ...byPerson(record) };
    }
    case 'reply.submitted': {
      const { revision, contentHash, route, findings } = record.data;
      const blocking = findings.filter(({ severity }) => severity === 'block').map(({ check }) => check);
      return { type: 'submit', revision, contentHash, route, blockingFindings: blocking, ...byPerson(record) };
    }
    case 'reply.approved':
      return { type: 'approve', ...decisionOf(record.data), ...byPerson(record) };
    case 'reply.changesRequested':
      return { type: 'requestChanges', ...decisionOf(record.data), ...byPerson(record) };
    case 'reply.rejected':
      return { type: 'reject', ...decisionOf(record.data), ...byPerson(record) };
    case 'reply.recalled':
      return { type: 'recall', ...byPerson(record) };
    case 'reply.withdrawn':
      return { type: 'withdraw', ...byPerson(record) };
    case 'reply.closed':
      return { type: 'close', ...byPerson(record) };
    case 'reply.released':
      return { type: 'release', ...record.data, ...byPerson(record) };
    case 'reply.scheduled':
      return { type: 'schedule', ...record.data, ...byPerson(record) };
    case 'reply.unscheduled':
      return { type: 'unschedule', ...byPerson(record) };
    case 'reply.approvalExpired':
      return { type: 'expireApproval', at };
    case 'reply.escalated':
      return { type: 'escalate', at };
    case 'reply.breached':
      return { type: 'breach', at };
    case 'publication.attempted':
      return {
        type: 'publicationAttempted',
        operation: record.data.operation,
        contentHash: record.data.contentHash,
        at,
      };
    case 'publication.succeeded':
      return { type: 'publicationSucceeded', operation: record.data.operation, at };
    case 'publication.failed':
      return { type: 'publicationFailed', operation: record.data.operation, isFinal: record.data.isFinal, at };
    case 'publication.unknown':
      return { type: 'publicationUnknown', operation: record.data.operation, at };
    case 'publication.confirmedByHand':
      return { type: 'publicationConfirmed', operation: record.data.operation, isThere: record.data.isThere, at };
    case 'publication.observed':
      return { type: 'publicationObserved', operation: record.data.operation, outcome: record.data.outcome, at };
    case 'hold.placed':
      return { type: 'placeHold', at };
    case 'hold.lifted':
      return { type: 'liftHold', at };
    default:
      return null;
  }
};

const decisionOf = ({
  review,
  revision,
  contentHash,
}: {
  review: 'comms' | 'legal';
  revision: number;
  contentHash: string;
}) => ({
  review,
  revision,
  contentHash,
});

const triageEvent = (record: Extract<KnownRecord, { type: 'reply.triaged' }>): ReplyEvent => {
  const { outcome, until, into } = record.data;
  const by = byPerson(record);
  switch (outcome) {
    case 'monitoring':
      return { type: 'monitor', until, ...by };
    case 'noResponse':
      return { type: 'dismiss', ...by };
    case 'privateHandling':
      return { type: 'handlePrivately', ...by };
    case 'merged':
      if (into === null) throw new Error('a merge names no other reply');
      return { type: 'merge', into, ...by };
    case 'triage':
      return { type: 'reopen', at: by.at };
    default:
      return assertNever(outcome);
  }
};
