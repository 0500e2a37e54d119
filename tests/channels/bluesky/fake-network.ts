import type { JsonObject } from '#workflows/journal/canonical.ts';
import type { ChannelAdapter } from '#main/channels/channel-adapter.ts';
import { createBlueskyChannel, type BlueskyChannelOptions } from '#main/channels/bluesky/bluesky-channel.ts';

/** A request as a server of the fake network sees it. */
export interface FakeCall {
  readonly method: string;
  readonly url: URL;
  readonly host: string;
  /** `com.atproto.repo.createRecord`, or the path where it is no XRPC. */
  readonly name: string;
  readonly token: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  readonly input: unknown;
}

export type FakeHandler = (call: FakeCall) => Response | Promise<Response>;

/** Handlers by `host name`; `*` for any host. */
export type FakeRoutes = Readonly<Record<string, FakeHandler>>;

export interface FakeNetwork {
  readonly fetch: typeof fetch;
  readonly calls: FakeCall[];
  /** Names of the calls so far, in order. */
  names(): string[];
}

export const json = (body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response =>
  Response.json(body, init);

export const xrpcError = (status: number, error: string, message = 'the server explains'): Response =>
  json({ error, message }, { status });

/** As undici says that a host has refused the connection. */
export const connectionRefused = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' }),
  });

/** As undici says that an open connection has broken. */
export const connectionReset = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  });

/** A network that answers by handlers; a host or method without one refuses the connection. */
export const createFakeNetwork = (routes: FakeRoutes): FakeNetwork => {
  const calls: FakeCall[] = [];
  const answer: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const call: FakeCall = {
      method: request.method,
      url,
      host: url.host,
      name: url.pathname.startsWith('/xrpc/') ? url.pathname.slice('/xrpc/'.length) : url.pathname,
      token: request.headers.get('authorization'),
      parameters: Object.fromEntries(url.searchParams),
      input: text === '' ? null : JSON.parse(text),
    };
    calls.push(call);
    const handler = routes[`${call.host} ${call.name}`] ?? routes[`* ${call.name}`];
    if (!handler) throw connectionRefused();
    // As the real one, it gives up when it is told to.
    const { signal } = request;
    signal.throwIfAborted();
    const givenUp = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    return Promise.race([handler(call), givenUp]);
  };
  return { fetch: answer, calls, names: () => calls.map(({ name }) => name) };
};

export const ACCOUNT = 'did:plc:companycompanycompanyco2';
export const CUSTOMER = 'did:plc:customercustomercustome2';
export const STRANGER = 'did:plc:strangerstrangerstrange2';
export const APP_PASSWORD = 'secr-etpa-sswo-rd42';
export const CID = 'bafyreicd34ttcxgpsjxy2yyn7ykr6xsohtmbqoeaf4npwefeslkkeqxvvq';
export const KEY = '3jzfcijpj2z2a';

export const uriIn = (did: string, key: string): string => `at://${did}/app.bsky.feed.post/${key}`;
export const refIn = (did: string, key: string): { uri: string; cid: string } => ({ uri: uriIn(did, key), cid: CID });

export const didDocument = (did: string, handle: string, home: string): JsonObject => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: did,
  alsoKnownAs: [`at://${handle}`],
  service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: home }],
});

export const session = (changes: Record<string, unknown> = {}): JsonObject => ({
  did: ACCOUNT,
  handle: 'northwind.test',
  accessJwt: 'access-1',
  refreshJwt: 'refresh-1',
  active: true,
  ...(changes as JsonObject),
});

/** Routes of a network where our account signs in at pds.example and the directory knows three people. */
export const peopleRoutes: FakeRoutes = {
  'pds.example com.atproto.server.createSession': () => json(session()),
  'pds.example com.atproto.identity.resolveHandle': ({ parameters }) => {
    const dids: Record<string, string> = {
      'northwind.test': ACCOUNT,
      'mara.test': CUSTOMER,
      'samir.test': STRANGER,
    };
    const did = dids[parameters.handle ?? ''];
    return did === undefined ? xrpcError(400, 'InvalidRequest', 'Unable to resolve handle') : json({ did });
  },
  [`plc.example /${ACCOUNT}`]: () => json(didDocument(ACCOUNT, 'northwind.test', 'https://pds.example')),
  [`plc.example /${CUSTOMER}`]: () => json(didDocument(CUSTOMER, 'mara.test', 'https://home.example')),
  [`plc.example /${STRANGER}`]: () => json(didDocument(STRANGER, 'samir.test', 'https://home.example')),
};

export const channelOn = (
  routes: FakeRoutes,
  options: Partial<BlueskyChannelOptions> = {},
): { adapter: ChannelAdapter; network: FakeNetwork } => {
  const network = createFakeNetwork({ ...peopleRoutes, ...routes });
  const adapter = createBlueskyChannel({
    service: 'https://pds.example',
    appView: 'https://view.example',
    directory: 'https://plc.example',
    identifier: 'northwind.test',
    appPassword: APP_PASSWORD,
    account: ACCOUNT,
    fetch: network.fetch,
    now: () => new Date('2026-11-22T15:12:36.123Z'),
    ...options,
  });
  return { adapter, network };
};

/** A payload that the network takes. */
export const postPayload = (changes: JsonObject = {}): JsonObject => ({
  $type: 'app.bsky.feed.post',
  text: 'We are sorry.',
  langs: ['en'],
  reply: { root: refIn(CUSTOMER, '3jzfcijpj2z22'), parent: refIn(CUSTOMER, '3jzfcijpj2z22') },
  createdAt: '2026-11-22T15:12:36.123Z',
  ...changes,
});
