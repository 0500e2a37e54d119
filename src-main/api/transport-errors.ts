import { ORPCError } from '@orpc/server';
import { ulid } from 'ulid';
import { ERROR_CODES, refuse } from '#workflows/errors.ts';
import type { ApiContext } from './router.ts';
import { toApiError } from './boundary.ts';

const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/**
 * For the handler of every transport: a call that names no procedure, or that cannot even be read, is refused by the
 * same typed errors as any other.
 */
const typeErrors = async <Result extends { readonly matched: boolean }>({
  context,
  next,
}: {
  context: ApiContext;
  next: () => Promise<Result>;
}): Promise<Result> => {
  let result: Result;
  try {
    result = await next();
  } catch (error) {
    if (error instanceof ORPCError && CODES.has(String(error.code))) throw error;
    const correlationId = ulid();
    context.host.logger.warn({ correlationId, error: String(error) }, 'a call could not be read');
    throw toApiError(refuse('INVALID_INPUT', 'invalidInput', { why: 'not a call of the interface' }), correlationId);
  }
  if (!result.matched) throw toApiError(refuse('NOT_FOUND', 'noSuchCall'), ulid());
  return result;
};

/** Options with which each transport makes its handler of the router. */
export const TRANSPORT_OPTIONS = { interceptors: [typeErrors] };
