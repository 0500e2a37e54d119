import { ORPCError, ValidationError } from '@orpc/server';
import { ulid } from 'ulid';
import type { ErrorData } from '#workflows/contract/base.ts';
import { HTTP_STATUS, refuse, RefusalError, RETRYABLE, type ErrorCode, type Refusal } from '#workflows/errors.ts';
import { storageRefusal } from '../storage/storage-refusal.ts';
import { refusalInWords } from '../core/words.ts';
import type { Logger } from 'pino';

/** A refusal as the typed error that crosses the boundary. */
export const toApiError = (refusal: Refusal, correlationId: string): ORPCError<ErrorCode, ErrorData> => {
  const { code, reason, values } = refusal;
  return new ORPCError(code, {
    defined: true,
    status: HTTP_STATUS[code],
    message: refusalInWords(refusal),
    data: { reason, values: { ...values }, retryable: RETRYABLE.has(code), correlationId },
  });
};

const isOversized = (issues: readonly { readonly code?: unknown }[]): boolean =>
  issues.some((issue) => issue.code === 'too_big');

/** What did not fit the contract, without the values that were sent. */
const describeIssues = (
  issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[],
): string =>
  issues
    .slice(0, 3)
    .map(({ message, path }) => `${(path ?? []).map((part) => String(part)).join('.')}: ${message}`)
    .join('; ');

/** Any failure as a refusal. What is no refusal is a bug or the machine's trouble; it is logged by its correlation id. */
export const toRefusal = (error: unknown, correlationId: string, logger: Logger): Refusal => {
  if (error instanceof RefusalError) return error.refusal;
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    const { issues } = error.cause;
    if (isOversized(issues as readonly { code?: unknown }[])) return refuse('TOO_LARGE', 'tooLarge');
    return refuse('INVALID_INPUT', 'invalidInput', { why: describeIssues(issues) });
  }
  const refusalOfStorage = storageRefusal(error);
  if (refusalOfStorage) {
    logger.warn({ correlationId, error: error instanceof Error ? error.message : String(error) }, 'the disk refuses');
    return refusalOfStorage;
  }
  const issues = error instanceof ORPCError && error.cause instanceof ValidationError ? error.cause.issues : [];
  const detail = issues.length > 0 ? describeIssues(issues) : undefined;
  logger.error(
    { correlationId, detail, error: error instanceof Error ? error.stack : String(error) },
    'unexpected failure',
  );
  return refuse('INTERNAL', 'internal', { id: correlationId });
};

/** Turns whatever was thrown into a typed error: nothing else crosses the boundary. */
export const asApiError = (error: unknown, logger: Logger): ORPCError<ErrorCode, ErrorData> => {
  const correlationId = ulid();
  const refusal = toRefusal(error, correlationId, logger);
  logger.debug({ correlationId, code: refusal.code, reason: refusal.reason }, 'refused');
  return toApiError(refusal, correlationId);
};
