import { z } from 'zod';
import { subjectSchema, personIdSchema, ulidSchema, hex256Schema, type Subject } from '../identifiers.ts';
import { roleSchema, type Actor } from '../people/roles.ts';
import { timeSchema, type Time } from '../time.ts';
import { base64Length, fromUtf8, utf8 } from './bytes.ts';
import {
  canonicalBytes,
  canonicalText,
  isPlainlyCanonical,
  isTooDeep,
  problemInValue,
  type JsonObject,
} from './canonical.ts';

/** Longest leaf bytes of a record. */
export const MAX_RECORD_BYTES = 65_535;

/** `parent` of a subject's first record. */
export const NO_PARENT = '0'.repeat(64);

const base64Of = (accepts: (length: number) => boolean) =>
  z.string().refine((text) => {
    const length = base64Length(text);
    return length !== null && accepts(length);
  }, 'not canonical base64 of the right length');

/** Base64 of exactly `length` bytes, in the one spelling that re-encodes to itself. */
export const base64Schema = (length: number) => base64Of((actual) => actual === length);

/** One AES-256-GCM ciphertext with its 16-byte tag (JOURNAL.md, Sealed data and erasure). */
export const sealedElementSchema = z.strictObject({
  kid: hex256Schema,
  iv: base64Schema(12),
  ct: base64Of((length) => length >= 16),
});
export type SealedElement = z.infer<typeof sealedElementSchema>;

export const signatureSchema = z.strictObject({
  key: hex256Schema,
  at: timeSchema,
  auth: z.enum(['passphrase', 'oidc', 'passkey']),
  value: base64Schema(64),
});
export type RecordSignature = z.infer<typeof signatureSchema>;

export const actorSchema: z.ZodType<Actor> = z.union([
  z.strictObject({ person: personIdSchema, role: roleSchema }),
  z.strictObject({ system: z.string().regex(/^[a-z][A-Za-z]{0,63}$/) }),
]);

const countSchema = z.int().nonnegative();

export const recordTypeSchema = z.string().regex(/^[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)+(?:\/[1-9]\d*)?$/);

/** The envelope of every record (JOURNAL.md, A record). Unknown members are an error. */
export const recordSchema = z.strictObject({
  v: z.literal(1),
  seq: countSchema,
  at: timeSchema,
  cont: z.literal(true).optional(),
  type: recordTypeSchema,
  subject: subjectSchema,
  version: countSchema,
  parent: hex256Schema,
  reads: z.record(subjectSchema as unknown as z.ZodType<string, string>, countSchema).optional(),
  command: ulidSchema,
  actor: actorSchema,
  data: z.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'data is no object',
  ),
  sealed: z.array(sealedElementSchema).min(1).optional(),
  sig: signatureSchema.optional(),
});

/** A record in its place in the journal. */
export interface JournalRecord {
  readonly v: 1;
  readonly seq: number;
  readonly at: Time;
  readonly cont?: true;
  readonly type: string;
  readonly subject: Subject;
  readonly version: number;
  readonly parent: string;
  readonly reads?: Readonly<Partial<Record<Subject, number>>>;
  readonly command: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  readonly sealed?: readonly SealedElement[];
  readonly sig?: RecordSignature;
}

/** A record before the journal gave it `seq`, `at` and `cont`: what a person signs. */
export type UnplacedRecord = Omit<JournalRecord, 'seq' | 'at' | 'cont'>;

/** The bytes that are stored and hashed: RFC 8785 in UTF-8. */
export const leafBytes = (record: JournalRecord): Uint8Array<ArrayBuffer> => canonicalBytes(record);

const withoutPlace = (record: JournalRecord | UnplacedRecord): UnplacedRecord => {
  const { seq: _seq, at: _at, cont: _cont, ...unplaced } = record as JournalRecord;
  return unplaced;
};

/** The bytes whose SHA-256 is the `parent` of the subject's next record. */
export const parentBytes = (record: JournalRecord | UnplacedRecord): Uint8Array<ArrayBuffer> =>
  utf8(canonicalText(withoutPlace(record)));

/** The message that `sig.value` signs. */
export const signedBytes = (record: JournalRecord | UnplacedRecord, origin: string): Uint8Array<ArrayBuffer> => {
  const unplaced = withoutPlace(record);
  const { value: _value, ...sig } = unplaced.sig ?? { value: '' };
  return signedMessage(canonicalText({ ...unplaced, sig }), origin);
};

/** The same, from the canonical text of the record without its place and `sig.value`. */
export const signedMessage = (signedText: string, origin: string): Uint8Array<ArrayBuffer> =>
  utf8(`countersign/v1/record\n${origin}\n${signedText}`);

/** The message that `person.keyRegistered`'s `data.proof` signs. */
export const keyProofBytes = (origin: string, person: string): Uint8Array<ArrayBuffer> =>
  utf8(`countersign/v1/key\n${origin}\n${person}`);

/** The message that `workspace.keyRotated`'s `data.proof` signs. */
export const checkpointKeyProofBytes = (origin: string, keyBase64: string): Uint8Array<ArrayBuffer> =>
  utf8(`countersign/v1/checkpoint-key\n${origin}\n${keyBase64}`);

export const originOf = (workspaceUlid: string): string => `countersign/${workspaceUlid}`;

export type LineReading =
  /** `text` is the leaf's canonical text. */
  | { readonly ok: true; readonly record: JournalRecord; readonly text: string }
  | { readonly ok: false; readonly code: 'not-canonical' | 'bad-record' | 'bad-time'; readonly message: string };

/**
 * Reads the leaf bytes of one record. Hostile input: size and depth are judged before anything is parsed,
 * and the bytes must be exactly the canonical form of what they say.
 */
export const readLeaf = (bytes: Uint8Array): LineReading => {
  if (bytes.length > MAX_RECORD_BYTES) {
    return { ok: false, code: 'bad-record', message: `it is longer than ${String(MAX_RECORD_BYTES)} bytes` };
  }
  const text = fromUtf8(bytes);
  if (text === null) return { ok: false, code: 'not-canonical', message: 'it is not UTF-8' };
  if (isTooDeep(text)) return { ok: false, code: 'bad-record', message: 'it nests deeper than 32 levels' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, code: 'not-canonical', message: 'it is not JSON' };
  }
  // Strict UTF-8 has one text for its bytes and one spelling for its text, so texts stand for bytes.
  if (!isPlainlyCanonical(value, text)) {
    const problem = problemInValue(value);
    if (problem) return { ok: false, code: 'not-canonical', message: problem };
    if (canonicalText(value) !== text) {
      return { ok: false, code: 'not-canonical', message: 'its bytes are not the RFC 8785 form of its value' };
    }
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const isTime = path === 'at' || path === 'sig.at';
    return {
      ok: false,
      code: isTime ? 'bad-time' : 'bad-record',
      message: `${path === '' ? 'record' : path}: ${issue?.message ?? 'not valid'}`,
    };
  }
  // The parsed copy equals the value: the schema transforms nothing.
  return { ok: true, record: value as JournalRecord, text };
};
