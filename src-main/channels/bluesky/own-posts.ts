import { z } from 'zod';
import type { Receipt } from '#workflows/channel/channel.ts';
import { canonicalText, problemInValue, type JsonObject } from '#workflows/journal/canonical.ts';
import { ChannelError, type PublicPost } from '../channel-adapter.ts';
import type { AccountSession } from './account-session.ts';
import { readPostRecord, type StoredRecord } from './author-records.ts';
import { channelErrorOf } from './failures.ts';
import type { Identities } from './identities.ts';
import { checkRecord } from './payload.ts';
import { placeOfUri, POST_COLLECTION, uriOf, webAddressOf, type PostPlace } from './post-address.ts';
import { isTid } from './tid.ts';
import { UnreadableAnswerError, type Xrpc } from './xrpc.ts';

export interface OwnPosts {
  publish(payload: JsonObject, key: string | null): Promise<Receipt>;
  find(payload: JsonObject, key: string | null): Promise<Receipt | null>;
  read(receipt: Receipt): Promise<PublicPost | null>;
  remove(receipt: Receipt): Promise<void>;
}

export interface OwnPostsOptions {
  readonly xrpc: Xrpc;
  readonly session: AccountSession;
  readonly identities: Identities;
  /** DID of our account. */
  readonly account: string;
}

const madeSchema = z.object({ uri: z.string(), cid: z.string().regex(/^[a-zA-Z0-9]{8,200}$/) });

const receiptOf = (place: PostPlace, cid: string): Receipt => ({
  id: uriOf(place),
  revision: cid,
  address: webAddressOf(place),
});

/** A stored record in the journal's JSON; a server that holds anything else in a post is not understood. */
const valueOf = (stored: StoredRecord): JsonObject => {
  const problem = problemInValue(stored.value);
  if (problem !== null) throw new UnreadableAnswerError(`in the record, ${problem}`);
  return stored.value as JsonObject;
};

/** The posts of our own account: what is sent, and what is there. Every method throws ChannelError alone. */
export const createOwnPosts = (options: OwnPostsOptions): OwnPosts => {
  const { xrpc, session, identities, account } = options;

  const placeOfKey = (key: string | null): PostPlace => {
    if (key !== null && isTid(key)) return { authority: account, key };
    throw new ChannelError('refused', { outcome: 'nothingMade', isFinal: true, message: 'refused: the key is no TID' });
  };

  const placeOfReceipt = (receipt: Receipt): PostPlace => {
    const place = placeOfUri(receipt.id);
    if (place?.authority === account) return place;
    throw new ChannelError('refused', {
      outcome: 'nothingMade',
      isFinal: true,
      message: 'refused: the receipt is of no post of this account',
    });
  };

  /** What our own server holds; others, and the AppView, may be behind. */
  const stored = async (place: PostPlace): Promise<StoredRecord | null> => {
    const home = session.home() ?? (await identities.homeOf(account));
    if (home === null) throw new UnreadableAnswerError('the directory names no server of this account');
    return readPostRecord(xrpc, place, { home });
  };

  const find: OwnPosts['find'] = async (payload, key) => {
    const place = placeOfKey(key);
    try {
      const record = await stored(place);
      if (record === null) return null;
      if (canonicalText(valueOf(record)) === canonicalText(payload)) return receiptOf(place, record.cid);
    } catch (error) {
      throw channelErrorOf(error, 'looking');
    }
    throw new ChannelError('refused', {
      outcome: 'unknown',
      isFinal: true,
      message: `refused: another post than the one that was to be sent is at ${uriOf(place)}`,
    });
  };

  /**
   * A refusal may also mean that the key is taken, by an earlier attempt whose answer was lost. It is believed once a look has
   * shown that nothing is there.
   */
  const afterRefusal = async (refusal: ChannelError, payload: JsonObject, key: string | null): Promise<Receipt> => {
    const found = await find(payload, key).catch((error: unknown) => {
      const { failure, isFinal, message } = channelErrorOf(error, 'looking');
      throw new ChannelError(failure, { outcome: 'unknown', isFinal, message: `${refusal.message}; then ${message}` });
    });
    if (found === null) throw refusal;
    return found;
  };

  const create = async (payload: JsonObject, place: PostPlace): Promise<Receipt> => {
    const made = await session.run((host, token) =>
      xrpc.procedure({
        host,
        token,
        method: 'com.atproto.repo.createRecord',
        input: { repo: account, collection: POST_COLLECTION, rkey: place.key, record: payload },
        answer: madeSchema,
      }),
    );
    if (made.uri !== uriOf(place)) throw new UnreadableAnswerError('the server made a post under another key');
    return receiptOf(place, made.cid);
  };

  return {
    find,
    publish: async (payload, key) => {
      const place = placeOfKey(key);
      checkRecord(payload);
      try {
        // `createRecord`, never `putRecord`: the second of two must fail, not overwrite what is public.
        return await create(payload, place);
      } catch (error) {
        const failure = channelErrorOf(error, 'sending');
        if (failure.failure !== 'refused') throw failure;
        return afterRefusal(failure, payload, key);
      }
    },
    read: async (receipt) => {
      const place = placeOfReceipt(receipt);
      try {
        const record = await stored(place);
        if (record === null) return null;
        const payload = valueOf(record);
        return { payload, text: typeof payload.text === 'string' ? payload.text : '' };
      } catch (error) {
        throw channelErrorOf(error, 'looking');
      }
    },
    remove: async (receipt) => {
      const place = placeOfReceipt(receipt);
      try {
        await session.run((host, token) =>
          xrpc.procedure({
            host,
            token,
            method: 'com.atproto.repo.deleteRecord',
            input: { repo: account, collection: POST_COLLECTION, rkey: place.key },
            answer: z.unknown(),
          }),
        );
      } catch (error) {
        throw channelErrorOf(error, 'sending');
      }
    },
  };
};
