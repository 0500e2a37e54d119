import { isPersonActor } from '../people/roles.ts';
import type { KnownRecord } from '../records.ts';
import { begin, step, type StoredState } from '../step.ts';
import { pauseMachine, type PauseContext, type PauseEvent } from './pause.machine.ts';

export type PauseState = StoredState<PauseContext>;

export const publishingIsOn = (): PauseState => begin(pauseMachine);

export const stepPause = (state: PauseState, event: PauseEvent): PauseState | null => step(pauseMachine, state, event);

const EVENT_OF_RECORD = {
  'publishing.paused': 'pause',
  'publishing.resumeProposed': 'proposeResume',
  'publishing.resumed': 'resume',
} as const;

/** What a record means to the switch; `null` for any other type. */
export const toPauseEvent = (record: KnownRecord): PauseEvent | null =>
  isPersonActor(record.actor) && Object.hasOwn(EVENT_OF_RECORD, record.type)
    ? {
        type: EVENT_OF_RECORD[record.type as keyof typeof EVENT_OF_RECORD],
        actor: record.actor,
        at: record.at,
      }
    : null;

export const isPaused = ({ value }: PauseState): boolean => value !== 'on';
