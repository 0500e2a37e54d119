import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import type { KeyRegistry } from '#workflows/journal/key-registry.ts';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import type { Time } from '#workflows/time.ts';
import type { ChannelRegistry } from '../channels/channel-registry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Seals } from '../keys/seals.ts';
import type { PreferencesStore } from '../preferences/preferences-store.ts';
import type { Outbox } from '../publishing/outbox.ts';
import type { MemoryTables } from './state/memory-tables.ts';
import type { Texts } from './texts.ts';

/**
 * All that a view reads: the desk as it is now, or as it was when a record was written. Nothing can be changed through it,
 * and whoever shows something reads its clock, never the machine's.
 */
export interface DeskReading {
  readonly tables: MemoryTables;
  readonly texts: Pick<Texts, 'capture' | 'revision' | 'note'>;
  readonly seals: Pick<Seals, 'open'>;
  readonly channels: Pick<ChannelRegistry, 'get'>;
  readonly outbox: Pick<Outbox, 'nextLook' | 'blockedBecause'>;
  readonly journal: Pick<Journal, 'readOnly' | 'read' | 'placesOf'> & {
    readonly registry: Pick<KeyRegistry, 'validKeyOf'>;
  };
  readonly options: {
    readonly clock: { now(): number };
    readonly preferences: { seen(person: PersonId, reply: ReplyId): ReturnType<PreferencesStore['seen']> };
  };
  now(): Time;
  policyInForce(): { version: number; content: PolicyContent };
  policyVersion(version: number): PolicyContent;
  nameOf(person: PersonId): string;
}
