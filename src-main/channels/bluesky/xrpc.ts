import type { z } from 'zod';
import type { Transport } from './transport.ts';

/** A server's answer that is an error (XRPC: a status, an error name and a message). */
export class XrpcError extends Error {
  override name = 'XrpcError';
  readonly status: number;
  /** `RecordNotFound`; empty where the server named none. */
  readonly code: string;
  /** The server's own words, hostile; empty where it had none. */
  readonly detail: string;
  /** The server asked to wait so long, in milliseconds. */
  readonly retryAfter: number | null;

  constructor(status: number, body: { code: string; detail: string }, retryAfter: number | null) {
    super(`${String(status)} ${body.code}`.trim());
    this.status = status;
    this.code = body.code;
    this.detail = body.detail;
    this.retryAfter = retryAfter;
  }

  /** The same error, whose words hold none of these texts: a server may quote what it was sent. */
  without(secrets: readonly string[]): XrpcError {
    const detail = secrets.reduce((words, secret) => words.replaceAll(secret, '…'), this.detail);
    return new XrpcError(this.status, { code: this.code, detail }, this.retryAfter);
  }
}

/** A server's answer that claims success and is not what the method answers. */
export class UnreadableAnswerError extends Error {
  override name = 'UnreadableAnswerError';
}

interface Call<Answer> {
  /** Origin of the server. */
  readonly host: string;
  readonly method: string;
  readonly answer: z.ZodType<Answer>;
  /** Bearer token. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Query<Answer> extends Call<Answer> {
  readonly parameters: Readonly<Record<string, string | number>>;
}

export interface Procedure<Answer> extends Call<Answer> {
  /** JSON; `null` for a procedure without input. */
  readonly input: unknown;
}

/**
 * Calls to AT Protocol servers. Deliberately not the client of @atproto/api: the exact status, the bytes as they were
 * answered and the reason of a broken connection decide here whether a post may be sent again.
 * @throws TransportError, XrpcError or UnreadableAnswerError
 */
export interface Xrpc {
  query<Answer>(call: Query<Answer>): Promise<Answer>;
  procedure<Answer>(call: Procedure<Answer>): Promise<Answer>;
}

const MAX_WAIT = 24 * 60 * 60_000;

/** Milliseconds by `retry-after` (RFC 9110 10.2.3) and `ratelimit-reset` (a PDS answers seconds since 1970); the longer one. */
const retryAfterOf = (headers: Headers, now: number): number | null => {
  const waits: number[] = [];
  const retryAfter = headers.get('retry-after') ?? '';
  if (/^\d{1,10}$/.test(retryAfter)) waits.push(Number(retryAfter) * 1000);
  else if (!Number.isNaN(Date.parse(retryAfter))) waits.push(Date.parse(retryAfter) - now);
  const reset = headers.get('ratelimit-reset') ?? '';
  if (/^\d{1,12}$/.test(reset)) waits.push(Number(reset) * 1000 - now);
  if (waits.length === 0) return null;
  return Math.min(MAX_WAIT, Math.max(0, ...waits));
};

/** @throws UnreadableAnswerError for what is no JSON in UTF-8 */
export const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new UnreadableAnswerError('the answer is no JSON');
  }
};

const errorBodyOf = (body: Uint8Array): { code: string; detail: string } => {
  try {
    const value = parseJson(body);
    if (typeof value !== 'object' || value === null) return { code: '', detail: '' };
    const code: unknown = Reflect.get(value, 'error');
    const detail: unknown = Reflect.get(value, 'message');
    return {
      code: typeof code === 'string' && /^[A-Za-z][A-Za-z0-9]{0,79}$/.test(code) ? code : '',
      detail: typeof detail === 'string' ? detail : '',
    };
  } catch {
    return { code: '', detail: '' };
  }
};

export const createXrpc = (transport: Transport, now: () => Date): Xrpc => {
  const call = async <Answer>(call: Call<Answer>, url: URL, body: { body?: string; method: 'GET' | 'POST' }) => {
    const answer = await transport({
      url,
      headers: {
        accept: 'application/json',
        ...(body.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      },
      ...body,
      signal: call.signal,
    });
    if (answer.status < 200 || answer.status > 299) {
      throw new XrpcError(answer.status, errorBodyOf(answer.body), retryAfterOf(answer.headers, now().getTime()));
    }
    const parsed = call.answer.safeParse(parseJson(answer.body));
    if (!parsed.success) throw new UnreadableAnswerError(`the answer is none of ${call.method}`);
    return parsed.data;
  };

  const urlOf = (host: string, method: string): URL => new URL(`/xrpc/${method}`, host);

  return {
    query: async (query) => {
      const url = urlOf(query.host, query.method);
      for (const [name, value] of Object.entries(query.parameters)) url.searchParams.set(name, String(value));
      return call(query, url, { method: 'GET' });
    },
    procedure: async (procedure) =>
      call(procedure, urlOf(procedure.host, procedure.method), {
        method: 'POST',
        ...(procedure.input === null ? {} : { body: JSON.stringify(procedure.input) }),
      }),
  };
};
