import type { z } from 'zod';
import { POLICY_RECORDS, TEMPLATE_RECORDS } from './approval/version.records.ts';
import { CHANNEL_RECORDS } from './channel/channel.records.ts';
import { ERASURE_RECORDS } from './erasure/erasure.records.ts';
import { HOLD_RECORDS } from './hold/hold.records.ts';
import { JOURNAL_RECORDS } from './journal/journal.records.ts';
import type { JournalRecord } from './journal/record.ts';
import { MENTION_RECORDS } from './mention/mention.records.ts';
import { PERSON_RECORDS } from './people/person.records.ts';
import { PUBLICATION_RECORDS } from './publication/publication.records.ts';
import { PUBLISHING_RECORDS } from './publishing/publishing.records.ts';
import { REPLY_RECORDS } from './reply/reply.records.ts';
import type { Time } from './time.ts';
import { WORKSPACE_RECORDS } from './workspace/workspace.records.ts';

/** Every type of record that this program writes, with the schema of its `data`. */
export const RECORD_SCHEMAS = {
  ...PERSON_RECORDS,
  ...WORKSPACE_RECORDS,
  ...CHANNEL_RECORDS,
  ...MENTION_RECORDS,
  ...REPLY_RECORDS,
  ...PUBLICATION_RECORDS,
  ...TEMPLATE_RECORDS,
  ...POLICY_RECORDS,
  ...PUBLISHING_RECORDS,
  ...HOLD_RECORDS,
  ...ERASURE_RECORDS,
  ...JOURNAL_RECORDS,
} as const;

export type RecordType = keyof typeof RECORD_SCHEMAS;

/** `data` of a type. */
export type RecordData<Type extends RecordType> = z.infer<(typeof RECORD_SCHEMAS)[Type]>;

/** A record whose type tells its data. */
export type KnownRecord = {
  [Type in RecordType]: Omit<JournalRecord, 'type' | 'data'> & { readonly type: Type; readonly data: RecordData<Type> };
}[RecordType];

export const isKnownType = (type: string): type is RecordType => Object.hasOwn(RECORD_SCHEMAS, type);

/**
 * Whether the program knows the type and its data fits.
 * @returns the record with its data typed, or why not
 */
export const readKnownRecord = (
  record: JournalRecord,
):
  | { readonly ok: true; readonly record: KnownRecord }
  | { readonly ok: false; readonly cause: 'unknownType' | 'badData'; readonly message: string } => {
  if (!isKnownType(record.type))
    return { ok: false, cause: 'unknownType', message: `the type ${record.type} is not known` };
  const schema: z.ZodType = RECORD_SCHEMAS[record.type];
  const parsed = schema.safeParse(record.data);
  if (parsed.success) return { ok: true, record: record as unknown as KnownRecord };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    cause: 'badData',
    message: `data.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
  };
};

/** When a record counts from: its signature's time, or the record's own where there is none. */
export const timeOf = (record: Pick<JournalRecord, 'sig' | 'at'>): Time => record.sig?.at ?? record.at;
