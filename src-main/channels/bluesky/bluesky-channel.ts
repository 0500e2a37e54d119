import { randomInt } from 'node:crypto';
import { ChannelError, type ChannelAdapter } from '../channel-adapter.ts';
import { createAccountSession, openSession } from './account-session.ts';
import { findAnswers } from './answers.ts';
import { capturePost } from './capture.ts';
import { channelErrorOf } from './failures.ts';
import { originOf } from './hosts.ts';
import { createIdentities } from './identities.ts';
import { createOwnPosts } from './own-posts.ts';
import { renderPayload } from './payload.ts';
import { isDid, parsePostAddress, placeOfUri } from './post-address.ts';
import { measurePost, POST_LIMITS, segmentsOf } from './rich-text.ts';
import { createTidSequence } from './tid.ts';
import { createTransport, type Transport } from './transport.ts';
import { createXrpc, type Xrpc } from './xrpc.ts';

/** Where the public of Bluesky reads. */
export const DEFAULT_APP_VIEW = 'https://public.api.bsky.app';
/** Where identities of the kind `did:plc` are looked up. */
export const DEFAULT_DIRECTORY = 'https://plc.directory';

/** Longest wait for one answer, in milliseconds. */
const DEFAULT_TIMEOUT = 15_000;
/** A capture may ask many servers; all of it takes at most so many waits. */
const WAITS_PER_CAPTURE = 4;

/** Keys never repeat within the process, whichever channel takes them. */
const nextKey = createTidSequence(randomInt(1024));

interface NetworkOptions {
  /** Address of the server where the account signs in: `https:`, or `http:` on this machine. */
  readonly service: string;
  readonly appView?: string;
  readonly directory?: string;
  readonly fetch?: typeof fetch;
  readonly now?: () => Date;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeout?: number;
}

export interface BlueskyChannelOptions extends NetworkOptions {
  /** Handle, e-mail address or DID with which the account signs in. */
  readonly identifier: string;
  readonly appPassword: string;
  /** DID of the account that speaks. */
  readonly account: string;
}

interface Network {
  readonly service: string;
  readonly appView: string;
  readonly directory: string;
  readonly transport: Transport;
  readonly xrpc: Xrpc;
  readonly now: () => Date;
  readonly timeout: number;
}

const requireOrigin = (address: string, what: string): string => {
  const origin = originOf(address);
  if (origin !== null) return origin;
  throw new ChannelError('refused', {
    outcome: 'nothingMade',
    isFinal: true,
    message: `refused: the address of the ${what} is not https, or has more than a host`,
  });
};

const connect = (options: NetworkOptions): Network => {
  const timeout = options.timeout ?? DEFAULT_TIMEOUT;
  const now = options.now ?? (() => new Date());
  const transport = createTransport({ fetch: options.fetch ?? fetch, timeout });
  return {
    service: requireOrigin(options.service, 'service'),
    appView: requireOrigin(options.appView ?? DEFAULT_APP_VIEW, 'AppView'),
    directory: requireOrigin(options.directory ?? DEFAULT_DIRECTORY, 'directory'),
    transport,
    xrpc: createXrpc(transport, now),
    now,
    timeout,
  };
};

/**
 * Signs in once, to learn whose account the credentials are of; the session is forgotten. All addresses are checked.
 * @returns `service` in its plain form, an origin
 * @throws ChannelError `signInRefused`, `offline`, `refused` for an address that is not https, …; nothing was made
 */
export const signInToBluesky = async (
  options: NetworkOptions & { identifier: string; appPassword: string },
): Promise<{ did: string; handle: string; service: string }> => {
  const { service, xrpc } = connect(options);
  const { identifier, appPassword } = options;
  const { did, handle } = await openSession(xrpc, { service, identifier, appPassword });
  return { did, handle, service };
};

/**
 * An account on Bluesky. Nothing is asked of the network before a method needs it; tokens live in memory.
 * @throws ChannelError `refused` for an address that is not https, or an account that is no DID
 */
export const createBlueskyChannel = (options: BlueskyChannelOptions): ChannelAdapter => {
  const network = connect(options);
  const { xrpc, transport, service, appView } = network;
  const { account, identifier, appPassword } = options;
  if (!isDid(account)) {
    throw new ChannelError('refused', {
      outcome: 'nothingMade',
      isFinal: true,
      message: 'refused: no DID of an account',
    });
  }
  const identities = createIdentities(network);
  const session = createAccountSession(xrpc, { service, identifier, appPassword }, account);
  const ownPosts = createOwnPosts({ xrpc, session, identities, account });
  const source = { xrpc, transport, identities, appView, deadline: network.timeout * WAITS_PER_CAPTURE };

  return {
    kind: 'bluesky',
    network: 'bluesky',
    limits: POST_LIMITS,
    measure: measurePost,
    render: async (request) => {
      try {
        const payload = await renderPayload(request, (handle) => identities.mentionedDidOf(handle));
        return { payload, segments: segmentsOf(payload) };
      } catch (error) {
        throw channelErrorOf(error, 'preparing');
      }
    },
    show: segmentsOf,
    complete: (payload, now) => ({ ...payload, createdAt: now.toISOString() }),
    newKey: nextKey,
    ...ownPosts,
    recognises: (address) => parsePostAddress(address) !== null,
    capture: (address) => capturePost(source, address),
    answersTo: async (receipt, author) => {
      const place = placeOfUri(receipt.id);
      if (place?.authority !== account || !isDid(author)) {
        throw new ChannelError('refused', {
          outcome: 'unknown',
          isFinal: true,
          message: 'refused: no post or no author of Bluesky',
        });
      }
      try {
        return await findAnswers(source, place, author);
      } catch (error) {
        throw channelErrorOf(error, 'looking');
      }
    },
  };
};
