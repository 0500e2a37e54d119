import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { hex256Schema, personIdSchema, replyIdSchema, subjectSchema, channelIdSchema } from '../identifiers.ts';
import { exportScopeSchema, revealedSchema } from '../journal/export-manifest.ts';
import { PROBLEM_CODES } from '../journal/verify.ts';
import { roleSchema } from '../people/roles.ts';
import { timeSchema } from '../time.ts';
import {
  actorViewSchema,
  commandIdSchema,
  pageSchema,
  passphraseSchema,
  procedure,
  query,
  receiptSchema,
} from './base.ts';

/** What the log can be narrowed to; each stands for types of records. */
export const LOG_VIEWS = [
  'decisions',
  'approvals',
  'changesRequested',
  'rejections',
  'recalls',
  'published',
  'takenDown',
  'paused',
  'templatesAndPolicy',
  'peopleAndKeys',
  'holdsAndErasures',
  'exportsAndChecks',
  'everything',
] as const;
export const logViewSchema = z.enum(LOG_VIEWS);
export type LogView = z.infer<typeof logViewSchema>;

export const logFilterSchema = z.strictObject({
  view: logViewSchema,
  from: timeSchema.nullable(),
  to: timeSchema.nullable(),
  person: personIdSchema.nullable(),
  role: roleSchema.nullable(),
  channel: channelIdSchema.nullable(),
  /** One type of record only. */
  type: z.string().max(80).nullable().default(null),
  /** What belongs to one reply only. */
  reply: replyIdSchema.nullable().default(null),
  /** A record's number, the beginning of a text's fingerprint, or words that the log says of it. */
  text: z.string().trim().max(200).default(''),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

export const logRowSchema = z.strictObject({
  seq: z.int(),
  at: timeSchema,
  actor: actorViewSchema,
  type: z.string(),
  subject: subjectSchema,
  /** What it is about, in words: the customer's handle, the template's name. */
  on: z.strictObject({ kind: z.string(), name: z.string().nullable() }),
  channel: z.string().nullable(),
  /** What its sentence names (`story.<type>` of the catalogue). */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  contentHash: hex256Schema.nullable(),
});
export type LogRow = z.infer<typeof logRowSchema>;

export const problemSchema = z.strictObject({
  seq: z.int().nullable(),
  code: z.enum(PROBLEM_CODES),
  message: z.string(),
});

export const verificationSchema = z.strictObject({
  ok: z.boolean(),
  size: z.int(),
  root: z.string(),
  fingerprint: z.string(),
  notes: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  problems: z.array(problemSchema),
});
export type VerificationView = z.infer<typeof verificationSchema>;

export const verificationEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), records: z.int(), total: z.int(), problems: z.int() }),
  z.strictObject({ kind: z.literal('done'), result: verificationSchema, at: timeSchema }),
]);
export type VerificationEvent = z.infer<typeof verificationEventSchema>;

export const recordViewSchema = z.strictObject({
  seq: z.int(),
  at: timeSchema,
  type: z.string(),
  subject: subjectSchema,
  actor: actorViewSchema,
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string().nullable(),
  contentHash: hex256Schema.nullable(),
  reads: z.array(z.strictObject({ subject: z.string(), count: z.int() })),
  reply: replyIdSchema.nullable(),
  on: logRowSchema.shape.on,
  channel: z.string().nullable(),
  /** The very bytes, as text. */
  source: z.string(),
  /** Its place in its subject's stream, and the record that it follows there. */
  chain: z.strictObject({
    version: z.int(),
    parent: hex256Schema,
    /** `null` for a subject's first record. */
    previous: z.int().nullable(),
    /** Whether `parent` is the hash of that record, calculated just now. */
    isValid: z.boolean(),
  }),
  /** For a revision: its text, and the bytes that its fingerprint is made of; `null` where its key was destroyed. */
  content: z
    .strictObject({
      text: z.string(),
      language: z.string().nullable(),
      source: z.string(),
      /** Whether these bytes have the fingerprint that the record gives. */
      isValid: z.boolean(),
    })
    .nullable(),
  signature: z
    .strictObject({
      keyId: hex256Schema,
      /** The key itself and the signature, both base64. */
      publicKey: z.string().nullable(),
      value: z.string(),
      at: timeSchema,
      auth: z.string(),
      /** Checked just now with the key that was the person's at this place. */
      isValid: z.boolean(),
    })
    .nullable(),
  proof: z.strictObject({
    leafHash: hex256Schema,
    /** Size of the checkpoint that the path leads to. */
    size: z.int(),
    path: z.array(hex256Schema),
    /** The signed checkpoint, as text. */
    checkpoint: z.string(),
    isValid: z.boolean(),
    isCheckpointSigned: z.boolean(),
  }),
  /** For a decision: whether what it approved is what was sent and read back. */
  sent: z
    .strictObject({
      seq: z.int(),
      readbackSeq: z.int().nullable(),
      outcome: z.enum(['same', 'drifted', 'gone']).nullable(),
    })
    .nullable(),
  /** Records before and after it on the same reply. */
  neighbours: z.array(
    z.strictObject({
      seq: z.int(),
      type: z.string(),
      actor: actorViewSchema,
      values: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type RecordView = z.infer<typeof recordViewSchema>;

const exportSchema = receiptSchema.extend({ fileName: z.string(), html: z.string(), hash: hex256Schema });

export const journalContract = {
  log: query
    .input(z.strictObject({ filter: logFilterSchema, page: pageSchema.default({ offset: 0, limit: 100 }) }))
    .output(
      z.strictObject({
        total: z.int(),
        rows: z.array(logRowSchema),
        /** How much each view holds under the same filter. */
        counts: z.record(logViewSchema, z.int()),
        /** Types of records in this view under the same filter, whichever type is chosen. */
        types: z.array(z.strictObject({ type: z.string(), count: z.int() })),
        people: z.array(z.strictObject({ id: personIdSchema, name: z.string() })),
        channels: z.array(z.strictObject({ id: channelIdSchema, name: z.string() })),
      }),
    ),
  record: query.input(z.strictObject({ seq: z.int().nonnegative() })).output(recordViewSchema),
  /** Reads the files again, in a worker, and tells how far it is; the result is recorded as `audit.verified`. */
  verify: procedure
    .input(z.strictObject({ commandId: commandIdSchema }))
    .output(eventIterator(verificationEventSchema)),
  /** The newest signed checkpoint, to be kept elsewhere. */
  checkpoint: query.output(
    z.strictObject({
      text: z.string(),
      /** Records under the checkpoint; later ones are covered by the next. */
      size: z.int(),
      root: z.string(),
      /** Hex SHA-256 of record 0's bytes, which `countersign verify --key` pins. */
      fingerprint: hex256Schema,
    }),
  ),
  /**
   * What a client that keeps checkpoints needs to judge the journal: the newest one, the key it is signed with, every change
   * of that key, and the proof that it continues the one of `from` records (RFC 9162 section 2.1.4).
   */
  consistency: query.input(z.strictObject({ from: z.int().nonnegative().nullable() })).output(
    z.strictObject({
      text: z.string(),
      key: z.string(),
      rotations: z.array(z.strictObject({ checkpointKey: z.string(), proof: z.string() })),
      /** Empty from nothing, from as many records as there are, and from more. */
      proof: z.array(hex256Schema),
    }),
  ),
  /** One reply's whole story with its proofs, as a page that opens without the program. */
  exportStory: procedure
    .input(z.strictObject({ commandId: commandIdSchema, reply: replyIdSchema, timeZone: z.string().max(60) }))
    .output(exportSchema),
  /** One record with its proof, as a page that opens without the program. */
  exportRecord: procedure
    .input(z.strictObject({ commandId: commandIdSchema, seq: z.int().nonnegative(), timeZone: z.string().max(60) }))
    .output(exportSchema),
  /** Where a folder may go that is exported now, and what this person may open to its reader. */
  suggestExport: query.input(z.strictObject({ scope: exportScopeSchema })).output(
    z.strictObject({
      folder: z.string(),
      canReveal: z.boolean(),
      /** Whether the host can ask for a folder. */
      canChoose: z.boolean(),
    }),
  ),
  /**
   * Records with their proofs as a new folder on the desk's machine, which `countersign verify` judges. Opening sealed text
   * asks for the passphrase, as the policy says.
   */
  exportFolder: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        scope: exportScopeSchema,
        revealed: revealedSchema,
        /** Whole path of a folder that does not exist yet. */
        folder: z.string().trim().min(1).max(2_000),
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(
      receiptSchema.extend({
        folder: z.string(),
        /** Records that were asked for, those that came along for keys and roles, and files. */
        asked: z.int(),
        support: z.int(),
        files: z.int(),
        /** Hex SHA-256 of `export.json`, as it is recorded. */
        hash: hex256Schema,
        /** Of record 0, which `countersign verify --key` pins. */
        fingerprint: hex256Schema,
      }),
    ),
};
