import type { Subject } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import {
  NO_PARENT,
  parentBytes,
  signedBytes,
  type JournalRecord,
  type UnplacedRecord,
} from '#workflows/journal/record.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { addHours, type Time } from '#workflows/time.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { signBase64, type SigningKey } from '#main/keys/person-key.ts';
import type { Seals } from '#main/keys/seals.ts';
import { z } from 'zod';
import type { ReplyPattern } from './reply-patterns.ts';

/** Subjects that a reply brings with it; a copy has its own. Customers and channels stay. */
const OWN = /"(?:reply|mention|publication)\/[0-9A-Z]{26}"/gu;

export interface CloneContext {
  readonly origin: string;
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly seals: Seals;
  /** A fresh ULID. */
  newUlid(): string;
}

/** A record to be copied: its text, and what it sealed, opened once. */
interface Original {
  readonly text: string;
  readonly plain: readonly unknown[];
}

export type ReplyOriginal = readonly (readonly Original[])[];

/** Precondition: `seals` opens what the pattern sealed. */
export const prepareOriginal = (
  { commands }: ReplyPattern,
  seals: Seals,
  ownerOf: (kid: string) => string,
): ReplyOriginal =>
  commands.map((records) =>
    records.map((record) => {
      const { seq: _seq, at: _at, cont: _cont, ...unplaced } = record;
      const plain = (record.sealed ?? []).map(({ kid }, index) => ({
        under: ownerOf(kid),
        value: seals.open(record, z.unknown(), index),
      }));
      return { text: JSON.stringify(unplaced), plain };
    }),
  );

/** One copy of a reply on its way into a journal: honest in every respect, but that nobody wrote it. */
export class ReplyClone {
  readonly #original: ReplyOriginal;
  readonly #context: CloneContext;
  readonly #names = new Map<string, string>();
  readonly #parents = new Map<Subject, string>();
  #next = 0;

  constructor(original: ReplyOriginal, context: CloneContext) {
    this.#original = original;
    this.#context = context;
  }

  get isDone(): boolean {
    return this.#next === this.#original.length;
  }

  /** The records of its next command, signed at a time, in their streams but not yet in their places. */
  nextCommand(signedAt: Time): UnplacedRecord[] {
    const originals = this.#original[this.#next] ?? [];
    this.#next += 1;
    const command = this.#context.newUlid();
    return originals.map((original) => this.#copy(original, command, signedAt));
  }

  #nameOf(old: string): string {
    const known = this.#names.get(old);
    if (known !== undefined) return known;
    const name = `${old.slice(0, old.indexOf('/') + 1)}${this.#context.newUlid()}"`;
    this.#names.set(old, name);
    return name;
  }

  #copy({ text, plain }: Original, command: string, signedAt: Time): UnplacedRecord {
    const { seals, keys, origin } = this.#context;
    const renamed = datedAnew(JSON.parse(text.replace(OWN, (old) => this.#nameOf(old))) as UnplacedRecord, signedAt);
    const { sealed } = seals.seal(renamed, plain as Parameters<Seals['seal']>[1]);
    const parent = this.#parents.get(renamed.subject) ?? NO_PARENT;
    const unsigned = { ...renamed, command, parent, ...(sealed.length > 0 ? { sealed } : {}) };
    const record = isPersonActor(unsigned.actor)
      ? signed(unsigned, keys.get(unsigned.actor.person), signedAt, origin)
      : unsigned;
    this.#parents.set(record.subject, toHex(nodeCrypto.sha256(parentBytes(record))));
    return record;
  }
}

/** What is left open is not overdue, so that opening the desk writes nothing. */
const datedAnew = (record: UnplacedRecord, at: Time): UnplacedRecord => {
  if (record.type !== 'reply.opened') return record;
  const dueAt = addHours(at, 24 * 365);
  return { ...record, data: { ...record.data, postedAt: at, acknowledgeBy: dueAt, dueAt } };
};

const signed = (record: UnplacedRecord, key: SigningKey | undefined, at: Time, origin: string): UnplacedRecord => {
  if (!key) throw new Error('whoever signed the original is not here');
  const sig = { key: key.id, at, auth: 'passphrase' as const, value: '' };
  return { ...record, sig: { ...sig, value: signBase64(key, signedBytes({ ...record, sig }, origin)) } };
};

/** The record in its place. */
export const placed = (
  record: UnplacedRecord,
  place: Pick<JournalRecord, 'seq' | 'at'>,
  isLast: boolean,
): JournalRecord => ({
  ...record,
  ...place,
  ...(isLast ? {} : { cont: true as const }),
});
