/** Every error code that crosses a boundary. HTTP status and words are tables keyed by it. */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'ILLEGAL_TRANSITION',
  'REVISION_STALE',
  'ALREADY_DECIDED',
  'VERSION_CONFLICT',
  'TOO_LARGE',
  'RATE_LIMITED',
  'PUBLISHING_PAUSED',
  'CHANNEL_REFUSED',
  'JOURNAL_INCONSISTENT',
  'READ_ONLY',
  'WORKSPACE_IN_USE',
  'DATA_TOO_NEW',
  'STORAGE_FULL',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** HTTP status by code, for the adapter that speaks HTTP. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ILLEGAL_TRANSITION: 409,
  REVISION_STALE: 409,
  ALREADY_DECIDED: 409,
  VERSION_CONFLICT: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  PUBLISHING_PAUSED: 423,
  CHANNEL_REFUSED: 422,
  JOURNAL_INCONSISTENT: 503,
  READ_ONLY: 503,
  WORKSPACE_IN_USE: 409,
  DATA_TOO_NEW: 503,
  STORAGE_FULL: 507,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Codes after which sending the same command again may succeed without any change. */
export const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'VERSION_CONFLICT',
  'RATE_LIMITED',
  'PUBLISHING_PAUSED',
  'STORAGE_FULL',
  'UNAVAILABLE',
]);

export type RefusalValue = string | number | string[];

/**
 * Why something may not be done, as data.
 * `reason` is a key of the message catalogue (`refusal.<reason>`), `values` are its arguments;
 * a list is joined by the reader's locale.
 */
export interface Refusal {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly values: Readonly<Record<string, RefusalValue>>;
}

export const refuse = (
  code: ErrorCode,
  reason: string,
  values: Readonly<Record<string, RefusalValue>> = {},
): Refusal => ({ code, reason, values });

/** How adapters and the core throw a refusal; it is caught and turned into data at the boundary. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: { cause?: unknown }) {
    super(`${refusal.code}: ${refusal.reason}`, options);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

/** Throws the refusal if there is one. */
export const throwIfRefused = (refusal: Refusal | null): void => {
  if (refusal) throw new RefusalError(refusal);
};

/** For the branch that a complete `switch` never takes. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected case: ${JSON.stringify(value)}`);
};
