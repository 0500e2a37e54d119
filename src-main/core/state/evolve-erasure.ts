import { isKept, stepErasure, toErasureEvent } from '#workflows/erasure/erasure.replay.ts';
import type { CustomerId } from '#workflows/identifiers.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { timeOf, type KnownRecord } from '#workflows/records.ts';
import type { ErasureEntry, SignedBy } from './tables.ts';

export type ErasureRecord = Extract<KnownRecord, { type: `erasure.${string}` | 'subject.erased' }>;

const untouched = (customer: CustomerId): ErasureEntry => ({
  customer,
  version: 0,
  state: isKept(),
  proposed: null,
  declined: null,
  confirmed: null,
  erasedSeqs: [],
});

const signedBy = (record: KnownRecord): SignedBy | null =>
  isPersonActor(record.actor) ? { seq: record.seq, at: timeOf(record), by: record.actor.person } : null;

/** What a record leaves of a customer's data; `null` when their state does not take it. */
export const nextErasure = (known: ErasureEntry | undefined, record: ErasureRecord): ErasureEntry | null => {
  const before = known ?? untouched(record.subject as CustomerId);
  const event = toErasureEvent(record);
  const state = event ? stepErasure(before.state, event) : null;
  if (!state) return null;
  const entry = { ...before, state, version: record.version + 1 };
  const signed = signedBy(record);
  switch (record.type) {
    case 'erasure.proposed':
      return { ...entry, proposed: signed ? { ...signed, ground: record.data.ground } : null, declined: null };
    case 'erasure.declined':
      return { ...entry, proposed: null, declined: signed };
    case 'erasure.confirmed':
      return { ...entry, confirmed: signed };
    case 'subject.erased':
      return { ...entry, erasedSeqs: [...entry.erasedSeqs, record.seq] };
  }
};

/** From the confirmation on nothing of the customer is opened or sealed any more, whatever files are still there. */
export const isErased = (entry: ErasureEntry | undefined): boolean =>
  entry?.state.value === 'confirmed' || entry?.state.value === 'erased';
