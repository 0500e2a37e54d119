import { z } from 'zod';
import { channelIdSchema, hex256Schema, type ContentHash } from '../identifiers.ts';
import { toHex } from '../journal/bytes.ts';
import { canonicalBytes, type JsonObject } from '../journal/canonical.ts';
import type { CryptoPort } from '../journal/crypto-port.ts';
import { base64Schema } from '../journal/record.ts';
import { OPERATIONS } from '../reply/reply.events.ts';
import { timeSchema } from '../time.ts';

const jsonObjectSchema = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not an object',
);

/** 16 random bytes, so that a hash does not betray a guessed text. */
const saltSchema = base64Schema(16);

/** Exactly what would be sent, by which account, in answer to what (JOURNAL.md, Content, captures, drafts). */
export const contentSchema = z.strictObject({
  salt: saltSchema,
  operation: z.enum(OPERATIONS),
  channel: channelIdSchema,
  /** The account that speaks, by the channel's own id. */
  account: z.string(),
  /** What is answered, in the channel's own terms; empty for a post of one's own. */
  target: jsonObjectSchema,
  captureHash: hex256Schema,
  language: z.string().max(35),
  /** What the channel is sent, without members that only sending can know. */
  payload: jsonObjectSchema,
});
export type Content = z.infer<typeof contentSchema>;

/** Hex SHA-256 of the RFC 8785 bytes of the content. */
export const contentHashOf = (content: Content, crypto: Pick<CryptoPort, 'sha256'>): ContentHash =>
  toHex(crypto.sha256(canonicalBytes(content)));

export const postSchema = z.strictObject({
  /** The channel's own id of the post, or its address. */
  id: z.string().max(2_000),
  address: z.string().max(2_000).nullable(),
  author: z.strictObject({
    /** The channel's own lasting id (a DID), or the handle where it has none. */
    id: z.string().max(500),
    handle: z.string().max(300),
    name: z.string().max(640).nullable(),
  }),
  text: z.string().max(100_000),
  at: timeSchema,
  language: z.string().max(35).nullable(),
});

/** One public post, of the customer or in the thread above. */
export type Post = z.infer<typeof postSchema>;

export const pictureSchema = z.strictObject({
  /** Hex SHA-256 of the picture's bytes as they were public. */
  hash: hex256Schema,
  mediaType: z.string().max(100),
  alt: z.string().max(10_000),
  bytes: z.int().nonnegative(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** What the customer had posted, as it was read. */
export const captureSchema = z.strictObject({
  salt: saltSchema,
  channel: channelIdSchema,
  post: postSchema,
  /** Posts above it, the oldest first. */
  thread: z.array(postSchema).max(100),
  pictures: z.array(pictureSchema).max(20),
  /** What an answer to it must name, in the channel's own terms. */
  target: jsonObjectSchema,
  /** How it came in: read from the channel, or typed in by a person. */
  source: z.enum(['channel', 'byHand']),
});
export type Capture = z.infer<typeof captureSchema>;

/** Hex SHA-256 of the RFC 8785 bytes of the capture. */
export const captureHashOf = (capture: Capture, crypto: Pick<CryptoPort, 'sha256'>): string =>
  toHex(crypto.sha256(canonicalBytes(capture)));
