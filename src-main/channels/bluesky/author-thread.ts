import { CaptureError } from '../channel-adapter.ts';
import { isAccountActive, readPostRecord, readProfile } from './author-records.ts';
import type { Identities, Identity } from './identities.ts';
import { isDid, placeOfUri, type PostPlace } from './post-address.ts';
import { isForSignedInOnly, postRecordSchema, type ReadPost } from './post-record.ts';
import type { Xrpc } from './xrpc.ts';

export interface RecordSource {
  readonly xrpc: Xrpc;
  readonly identities: Identities;
}

interface Person {
  readonly identity: Identity;
  readonly name: string | null;
  readonly isHidden: boolean;
}

/** Who has written, asked once for each account of a thread. */
const createPeople = ({ xrpc, identities }: RecordSource, signal: AbortSignal) => {
  const known = new Map<string, Promise<Person | null>>();
  const meet = async (did: string): Promise<Person | null> => {
    const identity = await identities.identityOf(did, signal);
    if (identity === null) return null;
    const { name, labels } = await readProfile(xrpc, did, { home: identity.home, signal });
    return { identity, name, isHidden: isForSignedInOnly(labels) };
  };
  return (did: string): Promise<Person | null> => {
    const person = known.get(did) ?? meet(did);
    known.set(did, person);
    return person;
  };
};

const readPost = async (
  xrpc: Xrpc,
  place: PostPlace,
  person: Person,
  signal: AbortSignal,
): Promise<ReadPost | null> => {
  const { did, handle, home } = person.identity;
  const stored = await readPostRecord(xrpc, place, { home, signal });
  if (stored === null) return null;
  const record = postRecordSchema.safeParse(stored.value);
  // Something else has been put there under a post's name.
  if (!record.success) return null;
  return { uri: stored.uri, cid: stored.cid, record: record.data, author: { did, handle, name: person.name } };
};

/**
 * A post and at most `limit` posts above it, each read from its author's own server; for networks without an AppView, or while
 * it does not answer. The thread ends below a post that cannot be read, and leaves out those not meant for everyone.
 * @throws CaptureError for the post itself; TransportError, XrpcError, UnreadableAnswerError
 */
export const readThreadFromAuthors = async (
  source: RecordSource,
  place: PostPlace,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<{ post: ReadPost; above: ReadPost[] }> => {
  const { xrpc, identities } = source;
  const did = isDid(place.authority) ? place.authority : await identities.didOf(place.authority, signal);
  const home = did === null ? null : await identities.homeOf(did, signal);
  if (did === null || home === null) throw new CaptureError('postNotFound');
  const personOf = createPeople(source, signal);
  const post = await readAsked(xrpc, { authority: did, key: place.key }, { personOf, signal }).catch(
    async (error: unknown) => {
      // A server that shows nothing of a closed account says so in many ways.
      const isActive = error instanceof CaptureError || (await isAccountActive(xrpc, did, { home, signal }));
      throw isActive ? error : new CaptureError('postPrivate', { cause: error });
    },
  );

  const above: ReadPost[] = [];
  const seen = new Set([post.uri]);
  let next = post.record.reply?.parent.uri;
  for (let height = 0; next !== undefined && height < limit && !seen.has(next); height += 1) {
    seen.add(next);
    const parent = await readParent(xrpc, next, { personOf, signal });
    if (parent === null) break;
    if (!parent.isHidden) above.unshift(parent.post);
    next = parent.post.record.reply?.parent.uri;
  }
  return { post, above };
};

interface Reading {
  readonly personOf: (did: string) => Promise<Person | null>;
  readonly signal: AbortSignal;
}

const readAsked = async (xrpc: Xrpc, place: PostPlace, { personOf, signal }: Reading): Promise<ReadPost> => {
  const person = await personOf(place.authority);
  if (person?.isHidden) throw new CaptureError('postPrivate');
  const post = person && (await readPost(xrpc, place, person, signal));
  if (post === null) throw new CaptureError('postNotFound');
  return post;
};

/** A post above, `null` when it cannot be read: the conversation is context, and not worth losing the post for. */
const readParent = async (
  xrpc: Xrpc,
  uri: string,
  { personOf, signal }: Reading,
): Promise<{ post: ReadPost; isHidden: boolean } | null> => {
  const place = placeOfUri(uri);
  if (place === null) return null;
  try {
    const person = await personOf(place.authority);
    const post = person && (await readPost(xrpc, place, person, signal));
    return person && post && { post, isHidden: person.isHidden };
  } catch {
    return null;
  }
};
