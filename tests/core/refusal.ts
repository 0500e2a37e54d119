import { ORPCError } from '@orpc/client';
import type { ErrorData } from '#workflows/contract/base.ts';
import { errorDataSchema } from '#workflows/contract/base.ts';

/** What a caller learns of a refusal. */
export interface Refused {
  readonly code: string;
  readonly reason: string;
  readonly values: ErrorData['values'];
  readonly retryable: boolean;
  /** The sentence for people. */
  readonly message: string;
}

/** An error as the contract promises it; `null` for any other, which is a bug of the program or of the test. */
export const asRefusal = (error: unknown): Refused | null => {
  if (!(error instanceof ORPCError)) return null;
  const data = errorDataSchema.safeParse(error.data);
  if (!data.success) return null;
  const { reason, values, retryable } = data.data;
  return { code: error.code, reason, values, retryable, message: error.message };
};

/** The refusal of something that must be refused. @throws what was thrown, when it is no typed error */
export const refusalOf = async (work: Promise<unknown>): Promise<Refused> => {
  let answer: unknown;
  try {
    answer = await work;
  } catch (error) {
    const refused = asRefusal(error);
    if (refused) return refused;
    throw error;
  }
  throw new Error(`it was allowed, and answered ${JSON.stringify(answer)}`);
};

/** `CODE reason` of a refusal; for tests that need no more. */
export const whyRefused = async (work: Promise<unknown>): Promise<string> => {
  const { code, reason } = await refusalOf(work);
  return `${code} ${reason}`;
};

/** `done`, or `CODE reason`: what came of each of several commands that were sent at once. */
export const outcomesOf = async (works: readonly Promise<unknown>[]): Promise<string[]> =>
  Promise.all(
    works.map(async (work) => {
      try {
        await work;
        return 'done';
      } catch (error) {
        const refused = asRefusal(error);
        if (!refused) throw error;
        return `${refused.code} ${refused.reason}`;
      }
    }),
  );
