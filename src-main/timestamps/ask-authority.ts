/** An answer is some kilobytes; more than this is none. */
const MOST_BYTES = 256 * 1024;

/** Over the whole exchange, in milliseconds. */
const PATIENCE = 20_000;

/** Why an authority gave no answer that could be a time stamp. */
export type AskProblem = 'unreachable' | 'timeout' | 'status' | 'notAuthority' | 'tooLong';

const IN_WORDS: Record<AskProblem, string> = {
  unreachable: 'it cannot be reached',
  timeout: 'it did not answer in time',
  status: 'it answered with the status',
  notAuthority: 'what answered is no time-stamping authority',
  tooLong: 'the answer is too long to be a time stamp',
};

/** There is no answer. */
export class AuthorityError extends Error {
  override name = 'AuthorityError';
  readonly problem: AskProblem;
  /** The status of HTTP that it answered with; `null` where that is not the problem. */
  readonly status: number | null;

  constructor(problem: AskProblem, status: number | null = null, options?: ErrorOptions) {
    super(status === null ? IN_WORDS[problem] : `${IN_WORDS[problem]} ${String(status)}`, options);
    this.problem = problem;
    this.status = status;
  }
}

const readBounded = async (response: Response): Promise<Uint8Array> => {
  if (!response.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // The declared length may lie: only what arrives counts.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new AuthorityError('tooLong');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, length));
};

/**
 * Sends a request to a time-stamping authority over HTTP (RFC 3161 section 3.4). Hostile: whatever answers. No redirect is
 * followed: it would lead to where nobody said that requests may go.
 * @throws AuthorityError
 */
export const askAuthority = async (address: string, request: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> => {
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(request),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([patience, signal]) : patience,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AuthorityError('status', response.status);
    }
    if (response.headers.get('content-type')?.split(';')[0]?.trim() !== 'application/timestamp-reply') {
      await response.body?.cancel();
      throw new AuthorityError('notAuthority');
    }
    return await readBounded(response);
  } catch (cause) {
    if (cause instanceof AuthorityError) throw cause;
    throw new AuthorityError(patience.aborted ? 'timeout' : 'unreachable', null, { cause });
  }
};
