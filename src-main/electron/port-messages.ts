import { z } from 'zod';

/** Longest message that a page may send, in bytes: a document of 100,000 characters in escaped JSON, and then some. */
export const LONGEST_MESSAGE = 4 * 1024 * 1024;

const idSchema = z.string().regex(/^[0-9a-z]{1,16}$/);

/** A call: its id, path, body and headers, as oRPC's message-port client spells them. */
const callSchema = z.strictObject({
  i: idSchema,
  p: z.strictObject({
    u: z.string().max(200).startsWith('/'),
    b: z.unknown().optional(),
    h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  }),
});

/** The caller does not wait for a call any more. Streams towards the core are in no contract and are refused. */
const ABORT = 4;
const abortSchema = z.strictObject({ i: idSchema, t: z.literal(ABORT) });

const messageSchema = z.union([callSchema, abortSchema]);

export type MessageVerdict =
  | { readonly kind: 'accepted'; readonly text: string }
  /** `id` of the call, to answer it, where it can be told without reading the rest. */
  | { readonly kind: 'tooLarge'; readonly id: string | null }
  | { readonly kind: 'malformed' };

const isMessage = (text: string): boolean => {
  try {
    return messageSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
};

/**
 * Judges what came through a page's port before anything else reads it. Only text is taken: its size is known before it
 * is parsed. The contract carries no files, so nothing needs more.
 */
export const judgeMessage = (data: unknown): MessageVerdict => {
  if (typeof data !== 'string') return { kind: 'malformed' };
  // A UTF-16 unit is at least one byte of UTF-8: what is longer is not even measured.
  if (data.length > LONGEST_MESSAGE || Buffer.byteLength(data, 'utf8') > LONGEST_MESSAGE) {
    return { kind: 'tooLarge', id: /^\{"i":"([0-9a-z]{1,16})"/.exec(data.slice(0, 64))?.[1] ?? null };
  }
  return isMessage(data) ? { kind: 'accepted', text: data } : { kind: 'malformed' };
};
