import type { FailureCause } from '#workflows/publication/publication.records.ts';
import { CaptureError, ChannelError } from '../channel-adapter.ts';
import { TransportError } from './transport.ts';
import { UnreadableAnswerError, XrpcError } from './xrpc.ts';

/**
 * What a failed call was about to do. Only `preparing` (nothing of the post was sent) and an answer of the channel that says
 * so permit to send again; `looking` never does, whatever came back, since it tells nothing of what was made.
 */
export type Step = 'preparing' | 'sending' | 'looking';

/** Error names by which a server says that the account may not write, and that signing in again would not help. */
const CLOSED_ACCOUNT = /^Account(?:Takedown|TakenDown|Deactivated|Suspended|NotActive|Inactive)$/;
/** Error names by which a server says that it does not take the token or the password. */
const SIGN_IN_CODES = new Set([
  'AuthenticationRequired',
  'AuthMissing',
  'AuthFactorTokenRequired',
  'BadJwt',
  'ExpiredToken',
  'InvalidToken',
]);

/** Statuses of the 400s that do not say that the request was refused: it may have been worked on. */
const UNDECIDED = new Set([408, 425, 499]);

export const isClosedAccount = (error: unknown): boolean =>
  error instanceof XrpcError && CLOSED_ACCOUNT.test(error.code);

/** Whether a fresh token may help: the server did not take this one, and so has done nothing. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof XrpcError &&
  !isClosedAccount(error) &&
  error.code !== 'AuthFactorTokenRequired' &&
  (error.status === 401 || (error.status === 400 && SIGN_IN_CODES.has(error.code)));

interface Meaning {
  readonly failure: FailureCause;
  readonly isNothingMade: boolean;
  readonly isFinal: boolean;
}

const UNKNOWN: Omit<Meaning, 'failure'> = { isNothingMade: false, isFinal: false };
const FINAL: Omit<Meaning, 'failure'> = { isNothingMade: true, isFinal: true };

const meaningOfAnswer = (error: XrpcError): Meaning => {
  if (error.status === 429) return { failure: 'rateLimited', isNothingMade: true, isFinal: false };
  const isSignIn = error.status === 401 || isClosedAccount(error) || SIGN_IN_CODES.has(error.code);
  if (isSignIn && error.status < 500) return { failure: 'signInRefused', ...FINAL };
  if (UNDECIDED.has(error.status)) return { failure: 'timeout', ...UNKNOWN };
  if (error.status >= 400 && error.status < 500) return { failure: 'refused', ...FINAL };
  return { failure: 'serverError', ...UNKNOWN };
};

const meaningOf = (error: unknown): Meaning => {
  if (error instanceof XrpcError) return meaningOfAnswer(error);
  if (error instanceof UnreadableAnswerError) return { failure: 'serverError', ...UNKNOWN };
  if (!(error instanceof TransportError)) return { failure: 'interrupted', ...UNKNOWN };
  switch (error.problem) {
    case 'offline':
      return { failure: 'offline', isNothingMade: true, isFinal: false };
    case 'timeout':
      return { failure: 'timeout', ...UNKNOWN };
    case 'interrupted':
      return { failure: 'interrupted', ...UNKNOWN };
    case 'tooLarge':
    case 'elsewhere':
      return { failure: 'serverError', ...UNKNOWN };
  }
};

/** The server's own words in one line, cut short. */
const wordsOf = (error: XrpcError): string => {
  const words = error.detail.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return words === '' ? '' : `: ${words.slice(0, 300).toWellFormed()}`;
};

const messageOf = (error: unknown, failure: FailureCause): string => {
  if (error instanceof XrpcError) {
    return `${failure}: the server answered ${error.message}${failure === 'refused' ? wordsOf(error) : ''}`;
  }
  if (error instanceof TransportError || error instanceof UnreadableAnswerError) return `${failure}: ${error.message}`;
  return failure;
};

/**
 * What a failure means to whoever asked. The error that comes out holds no `cause`, since what a client or a server threw may
 * quote a token or a password.
 */
export const channelErrorOf = (error: unknown, step: Step): ChannelError => {
  if (error instanceof ChannelError) {
    if (step !== 'looking' || error.outcome === 'unknown') return error;
    const { failure, isFinal, retryAfter, message } = error;
    return new ChannelError(failure, { outcome: 'unknown', isFinal, retryAfter, message });
  }
  const { failure, isNothingMade, isFinal } = meaningOf(error);
  return new ChannelError(failure, {
    outcome: step === 'preparing' || (step === 'sending' && isNothingMade) ? 'nothingMade' : 'unknown',
    isFinal,
    retryAfter: error instanceof XrpcError ? error.retryAfter : null,
    message: messageOf(error, failure),
  });
};

/** Error names by which a server says that an account shows nothing to the public. */
const HIDDEN_ACCOUNT = /^(?:Repo|Account)(?:Takendown|Takedown|TakenDown|Deactivated|Suspended)$/;

/** What a failure means to whoever wants to read a stranger's post; no secret takes part in that. */
export const captureErrorOf = (error: unknown): CaptureError => {
  if (error instanceof CaptureError) return error;
  if (!(error instanceof XrpcError)) return new CaptureError('channelUnreachable', { cause: error });
  if (HIDDEN_ACCOUNT.test(error.code)) return new CaptureError('postPrivate', { cause: error });
  const isAbsence = error.status === 400 || error.status === 404 || error.status === 410;
  return new CaptureError(isAbsence ? 'postNotFound' : 'channelUnreachable', { cause: error });
};
