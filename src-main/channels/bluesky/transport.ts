import { codeOf, wasNeverSent } from './connection-error.ts';

/** Longest answer that is read, in bytes, where a request names no other. */
export const MAX_ANSWER_BYTES = 5_000_000;

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type TransportProblem =
  /** Certainly before a byte of the request was sent. */
  'offline' | 'timeout' | 'interrupted' | 'tooLarge' | 'elsewhere';

/** No answer came. The message holds an error code, never an address, a header or a body. */
export class TransportError extends Error {
  override name = 'TransportError';
  readonly problem: TransportProblem;

  constructor(problem: TransportProblem, code: string | null = null) {
    super(code === null ? problem : `${problem} (${code})`);
    this.problem = problem;
  }
}

export interface HttpRequest {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, sent by POST; without it the request is a GET. */
  readonly body?: string;
  /** For a POST without a body. */
  readonly method?: 'GET' | 'POST';
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** @throws TransportError when no answer came, or none that may be read */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>;

const readBounded = async (response: Response, maxBytes: number): Promise<Uint8Array> => {
  if (!response.body) return new Uint8Array();
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // The declared length may lie or be that of the compressed body; only what arrives counts.
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.length;
    if (length > maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw new TransportError('tooLarge');
    }
    chunks.push(value);
  }
};

/** Where a redirect within the same origin leads, `null` for no redirect. @throws TransportError for another origin */
const redirectOf = (response: Response, url: URL): URL | null => {
  const location = response.headers.get('location');
  if (!REDIRECTS.has(response.status) || location === null) return null;
  if (!URL.canParse(location, url.href)) throw new TransportError('elsewhere');
  const target = new URL(location, url);
  if (target.origin !== url.origin) throw new TransportError('elsewhere');
  return target;
};

/**
 * Requests with bounds: a time limit over head and body, a longest answer, no redirect to another host, none of a POST.
 * Hostile: every server that is asked.
 */
export const createTransport = (options: { fetch: typeof fetch; timeout: number }): Transport => {
  const send = async (request: HttpRequest, url: URL, signal: AbortSignal, redirects: number): Promise<HttpAnswer> => {
    const method = request.method ?? (request.body === undefined ? 'GET' : 'POST');
    const response = await options.fetch(url, {
      method,
      headers: { ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal,
    });
    const target = method === 'GET' ? redirectOf(response, url) : null;
    if (target) {
      await response.body?.cancel();
      if (redirects >= MAX_REDIRECTS) throw new TransportError('elsewhere');
      return send(request, target, signal, redirects + 1);
    }
    const body = await readBounded(response, request.maxBytes ?? MAX_ANSWER_BYTES);
    return { status: response.status, headers: response.headers, body };
  };

  return async (request) => {
    const timeout = AbortSignal.timeout(options.timeout);
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
    try {
      return await send(request, request.url, signal, 0);
    } catch (error) {
      if (error instanceof TransportError) throw error;
      if (signal.aborted) throw new TransportError('timeout');
      throw new TransportError(wasNeverSent(error) ? 'offline' : 'interrupted', codeOf(error));
    }
  };
};
