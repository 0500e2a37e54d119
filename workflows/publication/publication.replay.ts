import type { KnownRecord } from '../records.ts';
import { begin, step, type StoredState } from '../step.ts';
import { publicationMachine, type PublicationContext, type PublicationEvent } from './publication.machine.ts';

export type PublicationState = StoredState<PublicationContext>;

export const openPublication = (): PublicationState => begin(publicationMachine);

export const stepPublication = (state: PublicationState, event: PublicationEvent): PublicationState | null =>
  step(publicationMachine, state, event);

/** What a record means to the publication it is about; `null` for any other. */
export const toPublicationEvent = (record: KnownRecord): PublicationEvent | null => {
  const { at } = record;
  switch (record.type) {
    case 'publication.attempted': {
      const { attempt, payloadHash, key } = record.data;
      return { type: 'attempt', attempt, payloadHash, key, at };
    }
    case 'publication.succeeded':
      return { type: 'succeed', at };
    case 'publication.failed': {
      const { isFinal, wasLookedUp, retryAt } = record.data;
      return { type: 'fail', isFinal, wasLookedUp, retryAt, at };
    }
    case 'publication.unknown':
      return { type: 'loseTrack', at };
    case 'publication.confirmedByHand':
      return { type: 'confirm', isThere: record.data.isThere, at };
    case 'publication.observed':
      return { type: 'observe', outcome: record.data.outcome, at };
    default:
      return null;
  }
};
