import { z } from 'zod';
import { ChannelError } from '../channel-adapter.ts';
import { didDocumentSchema, homeIn } from './did-document.ts';
import { channelErrorOf, isClosedAccount, isTokenRefused } from './failures.ts';
import { isDid } from './post-address.ts';
import { XrpcError, type Xrpc } from './xrpc.ts';

export interface Credentials {
  /** Origin of the server where the account signs in. */
  readonly service: string;
  /** Handle, e-mail address or DID. */
  readonly identifier: string;
  readonly appPassword: string;
}

/** A session as it is held in memory, and nowhere else. */
export interface SignedIn {
  readonly did: string;
  readonly handle: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Origin of the server that keeps the account's posts; another than the service where many servers share a sign-in. */
  readonly home: string;
}

const tokenSchema = z.string().min(1).max(10_000);

const sessionSchema = z.object({
  did: z.string().refine(isDid),
  handle: z.string().min(1).max(300),
  accessJwt: tokenSchema,
  refreshJwt: tokenSchema,
  active: z.boolean().optional(),
  didDoc: didDocumentSchema.optional().catch(undefined),
});

const signedInOf = (answer: z.infer<typeof sessionSchema>, fallbackHome: string): SignedIn => {
  if (answer.active === false) throw signInRefused('the account is not active');
  return {
    did: answer.did,
    handle: answer.handle,
    accessToken: answer.accessJwt,
    refreshToken: answer.refreshJwt,
    home: (answer.didDoc?.id === answer.did ? homeIn(answer.didDoc, fallbackHome) : null) ?? fallbackHome,
  };
};

const signInRefused = (why: string): ChannelError =>
  new ChannelError('signInRefused', { outcome: 'nothingMade', isFinal: true, message: `signInRefused: ${why}` });

/** A handle as people paste it: with an @, with blanks, with the direction marks that Bluesky's own profile page copies. */
const tidied = (identifier: string): string =>
  identifier
    .replaceAll(/[\p{Cf}\s]/gu, '')
    .replace(/^@/, '')
    .toLowerCase();

/** Signs in. @throws ChannelError, whose outcome is always `nothingMade`: a session is no post */
export const openSession = async (xrpc: Xrpc, credentials: Credentials): Promise<SignedIn> => {
  const identifier = tidied(credentials.identifier);
  const password = credentials.appPassword.trim();
  if (identifier === '' || password === '') throw signInRefused('there are no credentials');
  try {
    const answer = await xrpc.procedure({
      host: credentials.service,
      method: 'com.atproto.server.createSession',
      input: { identifier, password },
      answer: sessionSchema,
    });
    return signedInOf(answer, credentials.service);
  } catch (error) {
    if (!(error instanceof XrpcError)) throw channelErrorOf(error, 'preparing');
    if (error.status === 400 || error.status === 403) throw signInRefused(`the server answered ${error.message}`);
    // The server's words are left out: they may quote the password.
    const wordless = new XrpcError(error.status, { code: error.code, detail: '' }, error.retryAfter);
    throw channelErrorOf(wordless, 'preparing');
  }
};

/** Calls with the account's tokens, which live in this object alone. */
export interface AccountSession {
  /** Origin of the server that keeps the account's posts; `null` as long as nobody has signed in. */
  home(): string | null;
  /**
   * Runs a call with a valid token. A token that the server does not take is renewed once; that refusal comes before the call
   * is worked on, so it may be sent again.
   * @throws ChannelError when signing in fails; otherwise what the call throws
   */
  run<Answer>(call: AuthorisedCall<Answer>): Promise<Answer>;
}

type AuthorisedCall<Answer> = (home: string, token: string) => Promise<Answer>;

/** @param account DID under which the credentials must sign in */
export const createAccountSession = (xrpc: Xrpc, credentials: Credentials, account: string): AccountSession => {
  let current: SignedIn | null = null;
  let pending: Promise<SignedIn> | null = null;

  const open = async (): Promise<SignedIn> => {
    const session = await openSession(xrpc, credentials);
    if (session.did !== account) throw signInRefused('the credentials are those of another account');
    return session;
  };

  const refresh = async (session: SignedIn): Promise<SignedIn> => {
    try {
      const answer = await xrpc.procedure({
        host: session.home,
        method: 'com.atproto.server.refreshSession',
        input: null,
        token: session.refreshToken,
        answer: sessionSchema,
      });
      const renewed = signedInOf(answer, session.home);
      if (renewed.did === account) return renewed;
    } catch (error) {
      const isOver =
        error instanceof XrpcError && error.status < 500 && error.status !== 429 && !isClosedAccount(error);
      if (!isOver) throw channelErrorOf(error, 'preparing');
    }
    // The refresh token is used up too; the app password makes a new session.
    return open();
  };

  /** One sign-in at a time: servers allow few of them. */
  const once = (make: () => Promise<SignedIn>): Promise<SignedIn> => {
    pending ??= make()
      .then((session) => {
        current = session;
        return session;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  const renewed = (refused: SignedIn): Promise<SignedIn> =>
    current !== null && current !== refused ? Promise.resolve(current) : once(() => refresh(refused));

  const attempt = async <Answer>(session: SignedIn, call: AuthorisedCall<Answer>): Promise<Answer> => {
    try {
      return await call(session.home, session.accessToken);
    } catch (error) {
      if (!(error instanceof XrpcError)) throw error;
      throw error.without([credentials.appPassword.trim(), session.accessToken, session.refreshToken]);
    }
  };

  return {
    home: () => current?.home ?? null,
    run: async (call) => {
      const session = pending ? await pending : (current ?? (await once(open)));
      try {
        return await attempt(session, call);
      } catch (error) {
        if (!isTokenRefused(error)) throw error;
      }
      return attempt(await renewed(session), call);
    },
  };
};
