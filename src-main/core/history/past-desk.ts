import type { PersonId } from '#workflows/identifiers.ts';
import { toMilliseconds, type Time } from '#workflows/time.ts';
import type { Desk } from '../desk.ts';
import type { DeskReading } from '../desk-reading.ts';
import { nameIn, policyInForceIn, policyVersionIn } from '../state/in-force.ts';
import type { MemoryTables } from '../state/memory-tables.ts';

/** Everything was read by whoever looks back: nothing in the past is new. */
const SEEN = { seq: Number.MAX_SAFE_INTEGER, revision: 0 };

/** The key that counted for a person, as the tables tell. */
const validKeyIn = (tables: MemoryTables, person: PersonId): string | null =>
  tables.people.get(person)?.keys.findLast(({ validFrom, endedAt }) => validFrom !== null && endedAt === null)?.id ??
  null;

/**
 * The desk as it was when a record had been written: the tables of that place, its time as the clock, and of every subject
 * only the records up to it. What only the running program knows (the outbox's next look) is not there.
 * Texts are opened with today's keys, so that what was erased since stays unreadable.
 */
export const pastDesk = (
  desk: Pick<Desk, 'journal' | 'seals' | 'channels' | 'texts'>,
  tables: MemoryTables,
  { seq, at }: { seq: number; at: Time },
): DeskReading => {
  const { journal, seals, channels, texts } = desk;
  return {
    tables,
    seals,
    channels,
    texts: texts.over(tables),
    outbox: { nextLook: () => null, blockedBecause: () => null },
    journal: {
      readOnly: journal.readOnly,
      registry: { validKeyOf: (person) => validKeyIn(tables, person) },
      read: (place) => journal.read(place),
      placesOf: (subject) => journal.placesOf(subject).filter((place) => place <= seq),
    },
    options: { clock: { now: () => toMilliseconds(at) }, preferences: { seen: () => SEEN } },
    now: () => at,
    policyInForce: () => policyInForceIn(tables),
    policyVersion: (version) => policyVersionIn(tables, version),
    nameOf: (person) => nameIn(tables, person),
  };
};
