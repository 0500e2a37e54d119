import { z } from 'zod';
import { hex256Schema, replyIdSchema, subjectSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { revealedSchema } from './export-manifest.ts';

const size = z.int().nonnegative();

/** Data of the types by which the journal speaks of itself, and of those who read it. */
export const JOURNAL_RECORDS = {
  'journal.recovered': z.strictObject({
    /** Hex SHA-256 and length of the bytes that were cut off; they are kept in `recovered/`. */
    hash: hex256Schema,
    bytes: size,
    /** Records taken over without a checkpoint: from the first, up to but not including the second. */
    from: size,
    to: size,
  }),
  'clock.jumped': z.strictObject({ from: timeSchema, to: timeSchema }),
  'clock.corrected': z.strictObject({ from: timeSchema, to: timeSchema }),
  /** A person says that the time after a leap is right. */
  'clock.confirmed': z.strictObject({ at: timeSchema }),
  'audit.read': z.strictObject({ what: z.enum(['story', 'log', 'record']), subject: subjectSchema.nullable() }),
  'audit.verified': z.strictObject({ size, root: z.string(), ok: z.boolean(), problems: size }),
  'audit.exported': z.strictObject({
    what: z.enum(['story', 'proof']),
    reply: replyIdSchema.nullable(),
    /** Hex SHA-256 of the exported file. */
    hash: hex256Schema,
    size,
  }),
  /** An export that is a folder; exports that are a page have the type without a number. */
  'audit.exported/2': z.strictObject({
    what: z.enum(['journal', 'reply', 'period']),
    reply: replyIdSchema.nullable(),
    /** The period, from its first moment up to, and without, its last; `null` where it has no bound. */
    from: timeSchema.nullable(),
    to: timeSchema.nullable(),
    /** What of the sealed text it opens. */
    revealed: revealedSchema,
    /** Records in it, and under its checkpoint. */
    records: size,
    size,
    /** Hex SHA-256 of its `export.json`, which names every other file by its hash. */
    hash: hex256Schema,
  }),
} as const;
