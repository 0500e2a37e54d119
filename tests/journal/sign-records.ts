import type { Subject } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import {
  parentBytes,
  signedBytes,
  type JournalRecord,
  type SealedElement,
  type UnplacedRecord,
} from '#workflows/journal/record.ts';
import type { Role } from '#workflows/people/roles.ts';
import type { Time } from '#workflows/time.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { signBase64, type SigningKey } from '#main/keys/person-key.ts';
import type { TestPerson } from './test-people.ts';

/** What somebody wants to record, before versions, parents and signatures. */
export interface Draft {
  readonly type: string;
  readonly subject: Subject;
  readonly data: JsonObject;
  readonly by: TestPerson | 'program';
  /** The person's first role where absent. */
  readonly role?: Role;
  /** Subjects that the command relied on. */
  readonly reads?: readonly Subject[];
  readonly sealed?: readonly SealedElement[];
}

export interface SigningPlace {
  readonly origin: string;
  readonly command: string;
  readonly signedAt: Time;
  head(subject: Subject): SubjectHead;
}

/** A base64 signature of the right length that fits nothing. */
const NO_VALUE = `${'A'.repeat(86)}==`;

/** The record signed (again) by `key`, whatever it says. Precondition: it has a `sig`, whose `value` is replaced. */
export const signAgain = <Signed extends UnplacedRecord | JournalRecord>(
  record: Signed,
  key: SigningKey,
  origin: string,
): Signed => {
  const sig = { at: '', auth: 'passphrase' as const, ...record.sig, key: key.id, value: NO_VALUE };
  const unsigned = { ...record, sig };
  return { ...unsigned, sig: { ...sig, value: signBase64(key, signedBytes(unsigned, origin)) } };
};

/** Makes the signed records of one command, each following on what `place` says and on those before it. */
export const signCommand = (drafts: readonly Draft[], place: SigningPlace): UnplacedRecord[] => {
  const heads = new Map<Subject, SubjectHead>();
  const headOf = (subject: Subject): SubjectHead => heads.get(subject) ?? place.head(subject);
  return drafts.map(({ type, subject, data, by, role, reads, sealed }) => {
    const head = headOf(subject);
    const unsigned: UnplacedRecord = {
      v: 1,
      type,
      subject,
      version: head.count,
      parent: head.parent,
      command: place.command,
      actor: by === 'program' ? { system: 'outbox' } : { person: by.id, role: role ?? (by.roles[0] as Role) },
      data,
      ...(reads ? { reads: Object.fromEntries(reads.map((read) => [read, place.head(read).count])) } : {}),
      ...(sealed ? { sealed } : {}),
      ...(by === 'program'
        ? {}
        : { sig: { key: by.key.id, at: place.signedAt, auth: 'passphrase' as const, value: NO_VALUE } }),
    };
    const record = by === 'program' ? unsigned : signAgain(unsigned, by.key, place.origin);
    heads.set(subject, { count: head.count + 1, parent: toHex(nodeCrypto.sha256(parentBytes(record))) });
    return record;
  });
};
