import { z } from 'zod';
import { claimedHandleIn, didDocumentSchema, homeIn, type DidDocument } from './did-document.ts';
import { isLoopbackHost, strangersOriginOf } from './hosts.ts';
import { isDid, isHandle } from './post-address.ts';
import type { Transport } from './transport.ts';
import { parseJson, UnreadableAnswerError, XrpcError, type Xrpc } from './xrpc.ts';

/** What Bluesky shows where a handle does not lead back to its account. */
export const INVALID_HANDLE = 'handle.invalid';

/** Longest identity document that is read, in bytes. */
const MAX_DOCUMENT_BYTES = 200_000;
const MAX_KEPT = 1_000;
/** How long an answer is believed, in milliseconds: long enough for one reply to be written. */
const KEPT_FOR = 5 * 60_000;

/** Who an account is, as its directory says. */
export interface Identity {
  readonly did: string;
  /** Verified both ways, or {@link INVALID_HANDLE}. */
  readonly handle: string;
  /** Origin of the server that keeps its posts. */
  readonly home: string;
}

export interface Identities {
  /**
   * The DID that our own account's server gives for a handle, `null` for none; for mentions, so that no host is asked merely
   * because a draft names it. @throws as {@link didOf}
   */
  mentionedDidOf(handle: string): Promise<string | null>;
  /** The DID behind a handle; `null` when there is certainly none. @throws TransportError, XrpcError, UnreadableAnswerError */
  didOf(handle: string, signal?: AbortSignal): Promise<string | null>;
  /** Origin of the server of an account; `null` when it is gone or names none. @throws likewise */
  homeOf(did: string, signal?: AbortSignal): Promise<string | null>;
  /** `null` when the account is gone. @throws likewise */
  identityOf(did: string, signal?: AbortSignal): Promise<Identity | null>;
}

export interface IdentitiesOptions {
  readonly xrpc: Xrpc;
  readonly transport: Transport;
  /** Origin of our own account's server, which resolves handles. */
  readonly service: string;
  /** Origin of the directory of `did:plc`. */
  readonly directory: string;
  readonly now: () => Date;
}

/** Remembers answers, failures not, for a while. */
const createKeeper = <Value>(now: () => Date) => {
  const kept = new Map<string, { value: Value; until: number }>();
  return async (name: string, find: () => Promise<Value>): Promise<Value> => {
    const known = kept.get(name);
    if (known && known.until > now().getTime()) return known.value;
    const value = await find();
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(name, { value, until: now().getTime() + KEPT_FOR });
    return value;
  };
};

const resolvedSchema = z.object({ did: z.string().refine(isDid) });

export const createIdentities = (options: IdentitiesOptions): Identities => {
  const { xrpc, transport, service } = options;
  const isDevelopment = isLoopbackHost(new URL(service).hostname);
  const keepDid = createKeeper<string | null>(options.now);
  const keepDidOfHost = createKeeper<string | null>(options.now);
  const keepDocument = createKeeper<DidDocument | null>(options.now);

  const get = async (url: URL, signal: AbortSignal | undefined): Promise<Uint8Array | null> => {
    const answer = await transport({ url, maxBytes: MAX_DOCUMENT_BYTES, signal });
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status !== 200) throw new XrpcError(answer.status, { code: '', detail: '' }, null);
    return answer.body;
  };

  /** The handle's own web server says whose it is; for handles that our server does not know. */
  const askHandlesHost = async (handle: string, signal: AbortSignal | undefined): Promise<string | null> => {
    const origin = strangersOriginOf(`https://${handle}`, isDevelopment);
    if (origin === null) return null;
    try {
      const body = await get(new URL('/.well-known/atproto-did', origin), signal);
      const did = body === null ? '' : new TextDecoder().decode(body.subarray(0, 600)).trim();
      return isDid(did) ? did : null;
    } catch {
      // Our server, which also asks the DNS, has said that there is no such handle; a host that does not answer changes nothing.
      return null;
    }
  };

  const askOurServer = async (handle: string, signal: AbortSignal | undefined): Promise<string | null> => {
    try {
      const { did } = await xrpc.query({
        host: service,
        method: 'com.atproto.identity.resolveHandle',
        parameters: { handle },
        answer: resolvedSchema,
        signal,
      });
      return did;
    } catch (error) {
      if (!(error instanceof XrpcError) || error.status !== 400) throw error;
      return null;
    }
  };

  const addressOfDocument = (did: string): URL | null => {
    if (did.startsWith('did:plc:')) return new URL(`/${did}`, options.directory);
    const host = decodeURIComponent(did.slice('did:web:'.length));
    const origin =
      strangersOriginOf(`https://${host}`, false) ?? (isDevelopment ? strangersOriginOf(`http://${host}`, true) : null);
    return origin === null ? null : new URL('/.well-known/did.json', origin);
  };

  const documentOf = async (did: string, signal: AbortSignal | undefined): Promise<DidDocument | null> => {
    const url = isDid(did) ? addressOfDocument(did) : null;
    if (url === null) return null;
    const body = await get(url, signal);
    if (body === null) return null;
    const parsed = didDocumentSchema.safeParse(parseJson(body));
    if (!parsed.success || parsed.data.id !== did)
      throw new UnreadableAnswerError('the answer is no DID document of this account');
    return parsed.data;
  };

  const knownDidOf = async (handle: string, signal: AbortSignal | undefined): Promise<string | null> => {
    const name = handle.toLowerCase();
    return isHandle(name) ? keepDid(name, () => askOurServer(name, signal)) : null;
  };

  const didOf: Identities['didOf'] = async (handle, signal) => {
    const name = handle.toLowerCase();
    if (!isHandle(name)) return null;
    return (await knownDidOf(name, signal)) ?? keepDidOfHost(name, () => askHandlesHost(name, signal));
  };

  const keptDocumentOf = (did: string, signal: AbortSignal | undefined): Promise<DidDocument | null> =>
    keepDocument(did, () => documentOf(did, signal));

  const verifiedHandleOf = async (document: DidDocument, signal: AbortSignal | undefined): Promise<string> => {
    const handle = claimedHandleIn(document);
    if (handle === null) return INVALID_HANDLE;
    try {
      return (await didOf(handle, signal)) === document.id ? handle : INVALID_HANDLE;
    } catch {
      // Not verified is not shown: anyone can claim any handle.
      return INVALID_HANDLE;
    }
  };

  return {
    mentionedDidOf: (handle) => knownDidOf(handle, undefined),
    didOf,
    homeOf: async (did, signal) => {
      const document = await keptDocumentOf(did, signal);
      return document === null ? null : homeIn(document, service);
    },
    identityOf: async (did, signal) => {
      const document = await keptDocumentOf(did, signal);
      const home = document === null ? null : homeIn(document, service);
      if (document === null || home === null) return null;
      return { did, handle: await verifiedHandleOf(document, signal), home };
    },
  };
};
