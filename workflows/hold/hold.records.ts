import { z } from 'zod';
import { replyIdSchema } from '../identifiers.ts';

/** Data of every type on `hold/<ULID>`; the reason is sealed under the customer's key, with whom it goes. */
export const HOLD_RECORDS = {
  'hold.placed': z.strictObject({ replies: z.array(replyIdSchema).min(1).max(500) }),
  'hold.lifted': z.strictObject({}),
} as const;
