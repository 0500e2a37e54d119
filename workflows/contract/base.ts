import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_CODES, HTTP_STATUS, type ErrorCode } from '../errors.ts';
import { personIdSchema, subjectSchema, ulidSchema } from '../identifiers.ts';
import { roleSchema } from '../people/roles.ts';

/** What every error carries besides its code. */
export const errorDataSchema = z.strictObject({
  /** Key of the message catalogue, `refusal.<reason>`. */
  reason: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  retryable: z.boolean(),
  /** Names this failure in the log. */
  correlationId: z.string(),
});
export type ErrorData = z.infer<typeof errorDataSchema>;

type ErrorMap = { [Code in ErrorCode]: { status: number; data: typeof errorDataSchema } };

const errorMap = Object.fromEntries(
  ERROR_CODES.map((code) => [code, { status: HTTP_STATUS[code], data: errorDataSchema }]),
) as ErrorMap;

/** A procedure of the contract: typed errors, words of refusal as data. */
export const procedure = oc.errors(errorMap);

/** A procedure that reads. */
export const query = procedure;

/** Chosen by the client; sending a command twice does it once. */
export const commandIdSchema = ulidSchema;

/** What a command answers once its records are durable. */
export const receiptSchema = z.strictObject({
  commandId: ulidSchema,
  /** `seq` of its first record and the number of its records; both `null` when nothing had to be recorded. */
  seq: z.int().nullable(),
  count: z.int().nonnegative(),
  /** The subject it made or changed. */
  subject: subjectSchema.nullable(),
});
export type CommandReceipt = z.infer<typeof receiptSchema>;

/** A person as every screen may name them. */
export const personRefSchema = z.strictObject({ id: personIdSchema, name: z.string() });
export type PersonRef = z.infer<typeof personRefSchema>;

export const actorViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: personIdSchema, name: z.string(), role: roleSchema }),
  z.strictObject({ kind: z.literal('system'), name: z.string() }),
]);
export type ActorView = z.infer<typeof actorViewSchema>;

export const pageSchema = z.strictObject({
  offset: z.int().nonnegative().default(0),
  limit: z.int().positive().max(200).default(60),
});

/** A passphrase as typed; its length is bounded before anything is computed from it. */
export const passphraseSchema = z.string().min(1).max(1_000);

/** A reason or note in free text. */
export const freeTextSchema = z.string().trim().max(10_000);
export const requiredTextSchema = freeTextSchema.min(1);
