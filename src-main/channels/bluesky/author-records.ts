import { z } from 'zod';
import { POST_COLLECTION, uriOf, type PostPlace } from './post-address.ts';
import { UnreadableAnswerError, XrpcError, type Xrpc } from './xrpc.ts';

const recordSchema = z.object({
  uri: z.string(),
  cid: z.string().regex(/^[a-zA-Z0-9]{8,200}$/),
  value: z.record(z.string(), z.unknown()),
});
/** A record as a server keeps it. */
export type StoredRecord = z.infer<typeof recordSchema>;

const pageSchema = z.object({ records: z.array(recordSchema).max(100), cursor: z.string().max(1_000).optional() });

interface Asked {
  /** Origin of the server that keeps the account's records. */
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A post's record from its author's own server, `null` when that server says that there is none.
 * @throws TransportError, XrpcError, UnreadableAnswerError
 */
export const readPostRecord = async (xrpc: Xrpc, place: PostPlace, asked: Asked): Promise<StoredRecord | null> => {
  try {
    const record = await xrpc.query({
      host: asked.home,
      method: 'com.atproto.repo.getRecord',
      parameters: { repo: place.authority, collection: POST_COLLECTION, rkey: place.key },
      answer: recordSchema,
      signal: asked.signal,
    });
    if (record.uri !== uriOf(place)) throw new UnreadableAnswerError('the answer is another record');
    return record;
  } catch (error) {
    if (error instanceof XrpcError && error.status === 400 && error.code === 'RecordNotFound') return null;
    throw error;
  }
};

/** A page of an account's posts, the newest first. @throws as {@link readPostRecord} */
export const listPostRecords = async (
  xrpc: Xrpc,
  did: string,
  asked: Asked & { cursor: string | null },
): Promise<{ records: StoredRecord[]; cursor: string | null }> => {
  const { records, cursor } = await xrpc.query({
    host: asked.home,
    method: 'com.atproto.repo.listRecords',
    parameters: {
      repo: did,
      collection: POST_COLLECTION,
      limit: 100,
      ...(asked.cursor === null ? {} : { cursor: asked.cursor }),
    },
    answer: pageSchema,
    signal: asked.signal,
  });
  return { records, cursor: cursor ?? null };
};

const profileSchema = z.object({
  value: z.object({
    displayName: z.string().optional().catch(undefined),
    labels: z.object({ values: z.unknown().optional() }).optional().catch(undefined),
  }),
});

/** What an account says of itself, nothing where it says nothing. @throws TransportError, XrpcError of an ailing server */
export const readProfile = async (
  xrpc: Xrpc,
  did: string,
  asked: Asked,
): Promise<{ name: string | null; labels: unknown }> => {
  try {
    const { value } = await xrpc.query({
      host: asked.home,
      method: 'com.atproto.repo.getRecord',
      parameters: { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self' },
      answer: profileSchema,
      signal: asked.signal,
    });
    return { name: value.displayName ?? null, labels: value.labels?.values ?? [] };
  } catch (error) {
    const isNone = error instanceof UnreadableAnswerError || (error instanceof XrpcError && error.status === 400);
    if (!isNone) throw error;
    return { name: null, labels: [] };
  }
};

/**
 * Whether an account shows itself to the public just now. A server that does not say so counts as one that shows it.
 */
export const isAccountActive = async (xrpc: Xrpc, did: string, asked: Asked): Promise<boolean> => {
  try {
    const { active } = await xrpc.query({
      host: asked.home,
      method: 'com.atproto.sync.getRepoStatus',
      parameters: { did },
      answer: z.object({ active: z.boolean() }),
      signal: asked.signal,
    });
    return active;
  } catch {
    return true;
  }
};
