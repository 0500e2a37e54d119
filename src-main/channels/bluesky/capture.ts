import { CaptureError, type CapturedPicture, type CapturedPost } from '../channel-adapter.ts';
import { readThread } from './app-view.ts';
import { isAccountActive } from './author-records.ts';
import { readThreadFromAuthors, type RecordSource } from './author-thread.ts';
import { captureErrorOf } from './failures.ts';
import { fetchPictures } from './pictures.ts';
import { isDid, parsePostAddress, type PostPlace } from './post-address.ts';
import { replyRefTo, toPost, type ReadPost } from './post-record.ts';
import type { Transport } from './transport.ts';

/** Most posts above that are kept. */
const MAX_ABOVE = 50;

export interface CaptureSource extends RecordSource {
  readonly transport: Transport;
  /** Origin of the AppView that is asked first. */
  readonly appView: string;
  /** Longest time for all of a capture, in milliseconds. */
  readonly deadline: number;
}

interface Thread {
  readonly post: ReadPost;
  readonly above: readonly ReadPost[];
}

/** Why an AppView does not have a post: `postPrivate` where the account is closed for now. */
const whyAbsent = async (
  { xrpc, identities }: CaptureSource,
  { authority }: PostPlace,
  signal: AbortSignal,
): Promise<CaptureError> => {
  try {
    const did = isDid(authority) ? authority : await identities.didOf(authority, signal);
    const home = did === null ? null : await identities.homeOf(did, signal);
    if (did !== null && home !== null && !(await isAccountActive(xrpc, did, { home, signal }))) {
      return new CaptureError('postPrivate');
    }
  } catch {
    // The AppView's word stands.
  }
  return new CaptureError('postNotFound');
};

const readFromAppView = async (
  source: CaptureSource,
  place: PostPlace,
  signal: AbortSignal,
): Promise<Thread | null> => {
  const thread = await readThread(source.xrpc, { host: source.appView, place, signal }, MAX_ABOVE).catch(() => null);
  switch (thread?.kind) {
    case 'post':
      return thread;
    case 'hidden':
      throw new CaptureError('postPrivate');
    case 'notFound':
      throw await whyAbsent(source, place, signal);
    case undefined:
      return null;
  }
};

const picturesOf = async (source: CaptureSource, post: ReadPost, signal: AbortSignal): Promise<CapturedPicture[]> => {
  if (post.record.embed === undefined) return [];
  const home = await source.identities.homeOf(post.author.did, signal).catch(() => null);
  if (home === null) return [];
  return fetchPictures({ transport: source.transport, home, did: post.author.did, signal }, post.record.embed);
};

/**
 * Reads a post, the thread above it and its pictures: from the AppView, as the public sees it, or where that gives no answer
 * from the authors' own servers. Signs in nowhere, so that it reads what everyone can.
 * @throws CaptureError
 */
export const capturePost = async (source: CaptureSource, address: string): Promise<CapturedPost> => {
  const place = parsePostAddress(address);
  if (place === null) throw new CaptureError('addressNotUnderstood');
  const signal = AbortSignal.timeout(source.deadline);
  try {
    const { post, above } =
      (await readFromAppView(source, place, signal)) ??
      (await readThreadFromAuthors(source, place, { limit: MAX_ABOVE, signal }));
    const { root, parent } = replyRefTo(post);
    return {
      post: toPost(post),
      thread: above.map(toPost),
      pictures: await picturesOf(source, post, signal),
      target: { root: { ...root }, parent: { ...parent } },
    };
  } catch (error) {
    throw captureErrorOf(error);
  }
};
