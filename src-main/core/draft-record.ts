import { sign } from 'node:crypto';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { PersonId, Subject } from '#workflows/identifiers.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import type { JournalRecord, UnplacedRecord } from '#workflows/journal/record.ts';
import { RecordText } from '#workflows/journal/record-text.ts';
import { problemWithWriter, writerOf } from '#workflows/journal/writers.ts';
import type { Actor, Role } from '#workflows/people/roles.ts';
import { readKnownRecord, type KnownRecord, type RecordData, type RecordType } from '#workflows/records.ts';
import { toTime, type Clock, type Time } from '#workflows/time.ts';
import type { Journal } from '../journal/journal.ts';
import { headAfterText } from '../journal/subject-heads.ts';
import type { SigningKey } from '../keys/person-key.ts';
import type { Seals, ToSeal } from '../keys/seals.ts';

/** A record as a command decides it: what happened, not yet where. */
export type DraftRecord = {
  [Type in RecordType]: {
    readonly type: Type;
    readonly subject: Subject;
    readonly data: RecordData<Type>;
    /** The role in which the person acts, or the part of the program that does. */
    readonly by: { readonly role: Role } | { readonly system: string };
    readonly seal?: readonly ToSeal[];
  };
}[RecordType];

/** Who sends a command: a person whose key is open, or the program. */
export type Commander =
  { readonly person: PersonId; readonly key: SigningKey; readonly auth: 'passphrase' } | { readonly system: true };

export interface BuildContext {
  readonly journal: Journal;
  readonly seals: Seals;
  readonly clock: Clock;
}

/** Unplaced records of a command, and the versions that they expect to find. */
export interface BuiltCommand {
  readonly records: UnplacedRecord[];
  /** What is written of each, made once. */
  readonly texts: RecordText[];
  readonly expected: Map<Subject, number>;
}

const actorOf = (draft: DraftRecord, commander: Commander): Actor => {
  if ('system' in draft.by) return draft.by;
  if ('system' in commander) throw new Error(`${draft.type} needs a person`);
  return { person: commander.person, role: draft.by.role };
};

/** The table of who may write what, asked once more for every record (invariants 7 and 9). */
const checkWriter = (draft: DraftRecord, actor: Actor, journal: Journal): void => {
  const writer = writerOf(draft.type);
  const problem = writer
    ? problemWithWriter(writer, actor, { subject: draft.subject, data: draft.data as JsonObject })
    : 'unknown type';
  const lacksRole =
    'person' in actor && !journal.registry.rolesOf(actor.person).includes(actor.role) && journal.size > 0;
  if (problem !== null || lacksRole) throw new RefusalError(refuse('FORBIDDEN', 'roleMayNot'));
};

/**
 * Gives a command's records their version, parent, reads, sealed data and signatures, from the journal as it stands.
 * Nothing may be awaited between reading the state on which the command was decided and appending what this returns.
 */
export const buildCommand = (
  command: string,
  { drafts, reads }: { drafts: readonly DraftRecord[]; reads: readonly Subject[] },
  commander: Commander,
  { journal, seals, clock }: BuildContext,
): BuiltCommand => {
  const expected = new Map<Subject, number>();
  for (const subject of [...reads, ...drafts.map((draft) => draft.subject)]) {
    expected.set(subject, journal.head(subject).count);
  }
  const touched = new Set(drafts.map((draft) => draft.subject));
  const now = toTime(clock.now());
  const newest = new Map<Subject, RecordText>();
  const headOf = (subject: Subject): SubjectHead => {
    const before = newest.get(subject);
    return before ? headAfterText(before) : journal.head(subject);
  };
  const texts = drafts.map((draft): RecordText => {
    const actor = actorOf(draft, commander);
    checkWriter(draft, actor, journal);
    const head = headOf(draft.subject);
    const place = { subject: draft.subject, version: head.count, type: draft.type };
    const { sealed, evidence } = seals.seal(place, draft.seal ?? []);
    const data = draft.data as JsonObject & { evidence?: readonly string[] };
    const own = reads.filter((subject) => !touched.has(subject));
    const unsigned: UnplacedRecord = {
      v: 1,
      ...place,
      parent: head.parent,
      ...(own.length > 0
        ? { reads: Object.fromEntries(own.map((subject) => [subject, expected.get(subject) ?? 0])) }
        : {}),
      command,
      actor,
      data: evidence.length > 0 ? { ...data, evidence: [...(data.evidence ?? []), ...evidence] } : data,
      ...(sealed.length > 0 ? { sealed } : {}),
    };
    checkData(unsigned);
    const text = 'system' in actor ? RecordText.of(unsigned) : signed(unsigned, commander, journal.origin, now);
    newest.set(draft.subject, text);
    return text;
  });
  return { records: texts.map(({ record }) => record), texts, expected };
};

const signed = (record: UnplacedRecord, commander: Commander, origin: string, at: Time): RecordText => {
  if ('system' in commander) throw new Error(`${record.type} needs a person's signature`);
  const { key, auth } = commander;
  const text = RecordText.of({ ...record, sig: { at, auth, key: key.id, value: '' } });
  return text.signedWith(sign(null, text.message(origin), key.privateKey).toString('base64'));
};

/** Types of the data that were judged here; a durable record has the very object that it was built with. */
const judged = new WeakMap<JsonObject, string>();

/** What the program writes must be what it can read: anything else is a bug, found before it is durable. */
const checkData = (record: UnplacedRecord): void => {
  const reading = readKnownRecord({ ...record, seq: 0, at: '' });
  if (!reading.ok) throw new Error(`${record.type} was built wrongly: ${reading.message}`);
  judged.set(record.data, record.type);
};

/** A durable record with its data typed, as `readKnownRecord` says, where this process has not judged it already. */
export const readDurable = (record: JournalRecord): ReturnType<typeof readKnownRecord> =>
  judged.get(record.data) === record.type
    ? { ok: true, record: record as unknown as KnownRecord }
    : readKnownRecord(record);
