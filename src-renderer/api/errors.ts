import { ORPCError } from '@orpc/client';
import type { ErrorCode } from '#workflows/errors.ts';
import type { Words } from '../words/use-words.ts';

export interface DeskError {
  readonly code: ErrorCode | 'OFFLINE';
  readonly reason: string;
  readonly values: Readonly<Record<string, string | number | string[]>>;
  readonly correlationId: string | null;
}

interface ErrorData {
  readonly reason: string;
  readonly values: Record<string, string | number | string[]>;
  readonly correlationId: string;
}

const hasData = (data: unknown): data is ErrorData =>
  typeof data === 'object' && data !== null && 'reason' in data && typeof data.reason === 'string';

/** What a call failed with. Anything that is no answer of the desk means that the desk was not reached. */
export const toDeskError = (error: unknown): DeskError => {
  if (error instanceof ORPCError && hasData(error.data)) {
    const { reason, values, correlationId } = error.data;
    return { code: error.code as ErrorCode, reason, values, correlationId };
  }
  return { code: 'OFFLINE', reason: 'offline', values: {}, correlationId: null };
};

/** The failure in a sentence that says what to do. */
export const errorInWords = (say: Words, error: unknown): string => {
  const { reason, values } = toDeskError(error);
  return refusalInWords(say, { reason, values });
};

/** A refusal that came as data, in words. Findings are named in words too. */
export const refusalInWords = (
  say: Words,
  { reason, values }: { reason: string; values: Readonly<Record<string, string | number | readonly string[]>> },
): string => {
  const key = `refusal.${reason}`;
  if (!say.has(key)) return say('refusal.unavailable');
  return say(key, values);
};

/** The person must give their passphrase (again). */
export const needsPassphrase = (error: unknown): boolean => toDeskError(error).reason === 'passphraseNeeded';
