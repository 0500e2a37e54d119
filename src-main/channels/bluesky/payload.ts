import { lexicons } from '@atproto/api';
import { z } from 'zod';
import type { Receipt } from '#workflows/channel/channel.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { ChannelError, type RenderRequest } from '../channel-adapter.ts';
import { POST_COLLECTION } from './post-address.ts';
import { replyRefSchema, strongRefSchema, type ReplyRef } from './post-record.ts';
import { detectFacets, languagesOf } from './rich-text.ts';

const refused = (why: string): ChannelError =>
  new ChannelError('refused', { outcome: 'nothingMade', isFinal: true, message: `refused: ${why}` });

/** A post of our own, empty in the journal, or what is answered. */
const targetSchema = z.union([z.strictObject({}).transform(() => null), replyRefSchema]);

/** What the post answers; a correction answers what it corrects, in the same thread, since a Bluesky post cannot be edited. */
const replyRefOf = (target: JsonObject, corrects: Receipt | null): ReplyRef | null => {
  const parsed = targetSchema.safeParse(target);
  if (!parsed.success) throw refused('the target names no post of Bluesky');
  if (corrects === null) return parsed.data;
  const parent = strongRefSchema.safeParse({ uri: corrects.id, cid: corrects.revision });
  if (!parent.success) throw refused('the corrected reply is no post of Bluesky');
  return { root: parsed.data?.root ?? parent.data, parent: parent.data };
};

/**
 * The record of a post without `createdAt`: plain JSON whose numbers are integers, which is what is hashed, and sent.
 * @param didOf resolves a mentioned handle, `null` for nobody; what it throws is thrown
 * @throws ChannelError `refused` for a target of another network
 */
export const renderPayload = async (
  { text, language, target, corrects }: RenderRequest,
  didOf: (handle: string) => Promise<string | null>,
): Promise<JsonObject> => {
  const reply = replyRefOf(target, corrects);
  const facets = await detectFacets(text, didOf);
  const langs = languagesOf(language);
  return {
    $type: POST_COLLECTION,
    text,
    ...(facets.length === 0 ? {} : { facets }),
    ...(langs.length === 0 ? {} : { langs }),
    ...(reply === null ? {} : { reply: { root: { ...reply.root }, parent: { ...reply.parent } } }),
  };
};

/**
 * Refuses a record that no server would take, before anything is sent.
 * @throws ChannelError `refused`, nothing made, final
 */
export const checkRecord = (payload: JsonObject): void => {
  // The validation takes the kind that it is asked about for granted.
  if (payload.$type !== POST_COLLECTION) throw refused('the record is no post');
  const result = lexicons.validate(POST_COLLECTION, payload);
  if (!result.success) throw refused(result.error.message);
};
