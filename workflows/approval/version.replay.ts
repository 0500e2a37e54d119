import { isPersonActor, type PersonActor } from '../people/roles.ts';
import { timeOf, type KnownRecord } from '../records.ts';
import { begin, step, type StoredState } from '../step.ts';
import type { Time } from '../time.ts';
import { versionMachine, type VersionContext, type VersionEvent } from './version.machine.ts';

export type VersionState = StoredState<VersionContext>;

export const openVersion = (): VersionState => begin(versionMachine);

export const stepVersion = (state: VersionState, event: VersionEvent): VersionState | null =>
  step(versionMachine, state, event);

/** The state at a time: an approved version whose validity is over has expired, without a record of it. */
export const versionAt = (state: VersionState, now: Time): VersionState =>
  stepVersion(state, { type: 'expire', at: now }) ?? state;

/** What a record of a template or of the policy means to the version it names; `null` for any other. */
export const toVersionEvent = (record: KnownRecord): VersionEvent | null => {
  if (!isPersonActor(record.actor)) return null;
  const by: { actor: PersonActor; at: Time } = { actor: record.actor, at: timeOf(record) };
  switch (record.type) {
    case 'template.revised':
      return {
        type: 'revise',
        contentHash: record.data.contentHash,
        validUntil: record.data.content.validUntil,
        ...by,
      };
    case 'policy.revised':
      return { type: 'revise', contentHash: record.data.contentHash, validUntil: null, ...by };
    case 'template.submitted':
    case 'policy.submitted':
      return { type: 'submit', contentHash: record.data.contentHash, ...by };
    case 'template.approved':
    case 'policy.approved':
      return { type: 'approve', review: record.data.review, contentHash: record.data.contentHash, ...by };
    case 'template.changesRequested':
    case 'policy.changesRequested':
      return { type: 'requestChanges', review: record.data.review, contentHash: record.data.contentHash, ...by };
    case 'template.rejected':
    case 'policy.rejected':
      return { type: 'reject', review: record.data.review, contentHash: record.data.contentHash, ...by };
    case 'template.retired':
    case 'policy.retired':
      return { type: 'retire', ...by };
    default:
      return null;
  }
};
