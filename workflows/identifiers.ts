import { z } from 'zod';

/** ULID in Crockford's base 32: 48 bits of milliseconds, 80 random bits. */
export const ULID_PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
export const HEX_256_PATTERN = /^[0-9a-f]{64}$/;

export const ulidSchema = z.string().regex(ULID_PATTERN);
export const hex256Schema = z.string().regex(HEX_256_PATTERN);

/** Subjects of which a workspace has many; each is written `kind/<ULID>`. */
export const MANY_KINDS = [
  'reply',
  'mention',
  'case',
  'customer',
  'incident',
  'template',
  'person',
  'channel',
  'brand',
  'publication',
  'hold',
] as const;

/** Subjects of which a workspace has one; each is written by its bare name. */
export const ONE_KINDS = ['workspace', 'policy', 'publishing', 'journal', 'clock', 'audit'] as const;

export type ManyKind = (typeof MANY_KINDS)[number];
export type OneKind = (typeof ONE_KINDS)[number];

/** A stream of the journal, `reply/<ULID>` or `policy`. */
export type Subject = `${ManyKind}/${string}` | OneKind;

export type ReplyId = `reply/${string}`;
export type MentionId = `mention/${string}`;
export type CustomerId = `customer/${string}`;
export type TemplateId = `template/${string}`;
export type PersonId = `person/${string}`;
export type ChannelId = `channel/${string}`;
export type PublicationId = `publication/${string}`;
export type HoldId = `hold/${string}`;

/** Lower-case hex SHA-256 that binds exactly what would be sent (JOURNAL.md, Content). */
export type ContentHash = string;

const SUBJECT_PATTERN = new RegExp(
  `^(?:(?:${MANY_KINDS.join('|')})/[0-7][0-9A-HJKMNP-TV-Z]{25}|${ONE_KINDS.join('|')})$`,
);

export const subjectSchema = z.custom<Subject>(
  (value) => typeof value === 'string' && SUBJECT_PATTERN.test(value),
  'not a subject of the journal',
);

const idSchemaOf = <Kind extends ManyKind>(kind: Kind) => {
  const pattern = new RegExp(`^${kind}/[0-7][0-9A-HJKMNP-TV-Z]{25}$`);
  return z.string().regex(pattern) as unknown as z.ZodType<`${Kind}/${string}`, `${Kind}/${string}`>;
};

export const replyIdSchema = idSchemaOf('reply');
export const mentionIdSchema = idSchemaOf('mention');
export const customerIdSchema = idSchemaOf('customer');
export const templateIdSchema = idSchemaOf('template');
export const personIdSchema = idSchemaOf('person');
export const channelIdSchema = idSchemaOf('channel');
export const publicationIdSchema = idSchemaOf('publication');
export const holdIdSchema = idSchemaOf('hold');

/** The part of a subject before its slash: `reply` of `reply/<ULID>`, `policy` of `policy`. */
export const kindOf = (subject: Subject): ManyKind | OneKind => {
  const slash = subject.indexOf('/');
  return (slash < 0 ? subject : subject.slice(0, slash)) as ManyKind | OneKind;
};

/** The bare ULID of `kind/<ULID>`. */
export const ulidOf = (id: `${ManyKind}/${string}`): string => id.slice(id.indexOf('/') + 1);
