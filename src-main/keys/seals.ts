import { z } from 'zod';
import { refuse, RefusalError } from '#workflows/errors.ts';
import { hex256Schema, type CustomerId, type Subject } from '#workflows/identifiers.ts';
import { fromBase64, fromUtf8, toBase64 } from '#workflows/journal/bytes.ts';
import { canonicalBytes } from '#workflows/journal/canonical.ts';
import type { JournalRecord, SealedElement } from '#workflows/journal/record.ts';
import { decrypt, encrypt } from './box.ts';
import type { DataKey } from './data-key.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { KeyStore } from './key-store.ts';

/** Whose key seals a value. */
export type SealOwner = CustomerId | 'workspace';

export interface ToSeal {
  readonly under: SealOwner;
  readonly value: unknown;
}

/** A value longer than this, in canonical bytes, goes to a file. */
const MAX_INLINE = 16 * 1024;

const evidenceReferenceSchema = z.strictObject({ evidence: hex256Schema });

/** The part of a record that opening needs. */
export type SealedRecord = SealPlace & Pick<JournalRecord, 'sealed'>;

interface SealPlace {
  readonly subject: Subject;
  readonly version: number;
  readonly type: string;
}

/** The additional data of a sealed element (JOURNAL.md, Sealed data and erasure). */
const additionalData = ({ subject, version, type }: SealPlace, index: number, kid: string): string =>
  `${subject}\n${String(version)}\n${type}\n${String(index)}\n${kid}`;

/** Seals what is personal or confidential into records, and opens it again. */
export class Seals {
  readonly #keys: KeyStore;
  readonly #evidence: EvidenceStore;
  readonly #ownerOf: (kid: string) => CustomerId | undefined;
  readonly #isErased: (customer: CustomerId) => boolean;

  /** @param journal tells whose key a kid is, and whose data are erased though their key may still be there */
  constructor(
    keys: KeyStore,
    evidence: EvidenceStore,
    journal: { ownerOf: (kid: string) => CustomerId | undefined; isErased: (customer: CustomerId) => boolean },
  ) {
    this.#keys = keys;
    this.#evidence = evidence;
    this.#ownerOf = journal.ownerOf;
    this.#isErased = journal.isErased;
  }

  #keyOf(owner: SealOwner): DataKey | null {
    if (owner === 'workspace') return this.#keys.workspaceKey;
    return this.#isErased(owner) ? null : this.#keys.customerKey(owner);
  }

  /**
   * Seals values for a record at its place; long ones go to evidence files, which are durable when this returns.
   * @throws RefusalError `NOT_FOUND` when a customer was erased, `UNAVAILABLE` when their key is missing or damaged
   */
  seal(place: SealPlace, values: readonly ToSeal[]): { sealed: SealedElement[]; evidence: string[] } {
    const evidence: string[] = [];
    const sealed = values.map(({ under, value }, index): SealedElement => {
      const key = this.#keyOf(under);
      if (!key) throw this.#noKeyOf(under);
      let plain = canonicalBytes(value);
      if (plain.length > MAX_INLINE) {
        const name = this.#evidence.put(plain, key);
        evidence.push(name);
        plain = canonicalBytes({ evidence: name });
      }
      const { iv, ciphertext } = encrypt(key.key, plain, additionalData(place, index, key.kid));
      return { kid: key.kid, iv: toBase64(iv), ct: toBase64(ciphertext) };
    });
    return { sealed, evidence };
  }

  /** Keeps a file, such as a captured picture, under somebody's key. */
  keepFile(bytes: Uint8Array, owner: SealOwner): string {
    const key = this.#keyOf(owner);
    if (!key) throw this.#noKeyOf(owner);
    return this.#evidence.put(bytes, key);
  }

  /** A file's bytes; `null` when it is absent or its key destroyed. */
  readFile(name: string, owner: SealOwner): Uint8Array | null {
    const key = this.#keyOf(owner);
    return key ? this.#evidence.get(name, key) : null;
  }

  /**
   * Opens a sealed element of a record.
   * @returns `null` when there is none, its key was destroyed, or it does not fit the schema
   */
  open<Value>(record: SealedRecord, schema: z.ZodType<Value>, index = 0): Value | null {
    const element = record.sealed?.[index];
    if (!element) return null;
    const key = this.#keyNamed(element.kid);
    const iv = fromBase64(element.iv);
    const ciphertext = fromBase64(element.ct);
    if (!key || !iv || !ciphertext) return null;
    const plain = decrypt(key.key, { iv, ciphertext }, additionalData(record, index, element.kid));
    const value = plain ? parseJson(plain) : null;
    const reference = evidenceReferenceSchema.safeParse(value);
    const whole = reference.success ? parseJson(this.#evidence.get(reference.data.evidence, key)) : value;
    const parsed = schema.safeParse(whole);
    return parsed.success ? parsed.data : null;
  }

  /** Why nothing can be sealed: the customer was erased, or their key's file is not what it was. */
  #noKeyOf(owner: SealOwner): RefusalError {
    return new RefusalError(
      owner !== 'workspace' && this.#isErased(owner)
        ? refuse('NOT_FOUND', 'customerErased')
        : refuse('UNAVAILABLE', 'customerKeyMissing'),
    );
  }

  #keyNamed(kid: string): DataKey | null {
    if (kid === this.#keys.workspaceKey.kid) return this.#keys.workspaceKey;
    const owner = this.#ownerOf(kid);
    const key = owner ? this.#keyOf(owner) : null;
    return key?.kid === kid ? key : null;
  }
}

const parseJson = (bytes: Uint8Array | null): unknown => {
  const text = bytes ? fromUtf8(bytes) : null;
  return text === null ? null : (JSON.parse(text) as unknown);
};
