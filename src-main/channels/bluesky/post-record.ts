import { z } from 'zod';
import { postSchema, type Post } from '#workflows/content/content.ts';
import { isTime, toTime, type Time } from '#workflows/time.ts';
import { isLanguageTag } from './language-tag.ts';
import { isTid, timeOfTid } from './tid.ts';
import { placeOfUri, webAddressOf } from './post-address.ts';

const cidSchema = z.string().regex(/^[a-zA-Z0-9]{8,200}$/);

export const strongRefSchema = z.object({
  uri: z.string().refine((uri) => placeOfUri(uri) !== null),
  cid: cidSchema,
});
/** A post, and which version of it: what the AT Protocol calls a strong reference. */
export type StrongRef = z.infer<typeof strongRefSchema>;

export const replyRefSchema = z.object({ root: strongRefSchema, parent: strongRefSchema });
/** What a post answers: the post right above it, and the one at the top of the thread. */
export type ReplyRef = z.infer<typeof replyRefSchema>;

/** As much of a post's record as is needed. Hostile: anyone can write anything into their own repository. */
export const postRecordSchema = z.object({
  text: z.string(),
  createdAt: z.unknown().optional(),
  langs: z.array(z.unknown()).optional().catch(undefined),
  reply: replyRefSchema.optional().catch(undefined),
  embed: z.unknown().optional(),
});
export type PostRecord = z.infer<typeof postRecordSchema>;

/** The word by which people ask not to be shown to those who have not signed in. */
const SIGNED_IN_ONLY = '!no-unauthenticated';

const labelsSchema = z.array(z.object({ val: z.string() })).catch([]);

/** Whether an account's labels ask that only people who have signed in see it. */
export const isForSignedInOnly = (labels: unknown): boolean =>
  labelsSchema.parse(labels).some(({ val }) => val === SIGNED_IN_ONLY);

/** A post with its place, from whichever server. */
export interface ReadPost extends StrongRef {
  readonly record: PostRecord;
  readonly author: { readonly did: string; readonly handle: string; readonly name: string | null };
  /** When a server took it in, if it says so. */
  readonly indexedAt?: unknown;
}

/** What an answer to a post must name. */
export const replyRefTo = (post: Pick<ReadPost, 'uri' | 'cid' | 'record'>): ReplyRef => {
  const self = { uri: post.uri, cid: post.cid };
  return { root: post.record.reply?.root ?? self, parent: self };
};

const dateTimeSchema = z.iso.datetime({ offset: true });

const normalised = (value: unknown): Time | null => {
  const parsed = dateTimeSchema.safeParse(value);
  if (!parsed.success) return null;
  const milliseconds = Date.parse(parsed.data);
  if (Number.isNaN(milliseconds)) return null;
  const time = toTime(milliseconds);
  return isTime(time) ? time : null;
};

/**
 * When a post says that it was made, in the journal's spelling; when that cannot be read, when a server took it in, or what
 * its key says. The author's own clock, and the author's own word.
 */
export const timeOf = (post: Pick<ReadPost, 'uri' | 'record' | 'indexedAt'>): Time => {
  const said = normalised(post.record.createdAt) ?? normalised(post.indexedAt);
  if (said !== null) return said;
  const key = placeOfUri(post.uri)?.key ?? '';
  return toTime(isTid(key) ? timeOfTid(key) : 0);
};

const languageOf = (record: PostRecord): string | null => {
  const language = record.langs?.at(0);
  return typeof language === 'string' && language.length <= 35 && isLanguageTag(language) ? language : null;
};

/** What the journal can hold of a stranger's text: no lone surrogates, no more than the schema takes. */
const kept = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** A post as the desk keeps it. */
export const toPost = (post: ReadPost): Post => {
  const place = placeOfUri(post.uri);
  const name = kept((post.author.name ?? '').trim(), 640);
  return postSchema.parse({
    id: post.uri,
    address: place && webAddressOf(place),
    author: { id: post.author.did, handle: kept(post.author.handle, 300), name: name === '' ? null : name },
    text: kept(post.record.text, 100_000),
    at: timeOf(post),
    language: languageOf(post.record),
  });
};
