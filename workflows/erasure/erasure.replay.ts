import { isPersonActor } from '../people/roles.ts';
import { timeOf, type KnownRecord } from '../records.ts';
import { begin, step, type StoredState } from '../step.ts';
import { erasureMachine, type ErasureContext, type ErasureEvent } from './erasure.machine.ts';

export type ErasureState = StoredState<ErasureContext>;

export const isKept = (): ErasureState => begin(erasureMachine);

export const stepErasure = (state: ErasureState, event: ErasureEvent): ErasureState | null =>
  step(erasureMachine, state, event);

const EVENT_OF_RECORD = {
  'erasure.proposed': 'propose',
  'erasure.declined': 'decline',
  'erasure.confirmed': 'confirm',
} as const;

/** What a record means to a customer's data; `null` for any other type. */
export const toErasureEvent = (record: KnownRecord): ErasureEvent | null => {
  if (record.type === 'subject.erased') return { type: 'erase', at: record.at };
  return isPersonActor(record.actor) && Object.hasOwn(EVENT_OF_RECORD, record.type)
    ? {
        type: EVENT_OF_RECORD[record.type as keyof typeof EVENT_OF_RECORD],
        actor: record.actor,
        at: timeOf(record),
      }
    : null;
};
