import { z } from 'zod';
import { hex256Schema } from '../identifiers.ts';

/**
 * Why a customer's data are to be erased (GDPR, article 17(1)): they asked for it (b, c), the data are needed no longer (a),
 * should not have been kept (d), or a law demands it (e). Plain, so that it outlives what it is about.
 */
export const ERASURE_GROUNDS = ['requested', 'noLongerNeeded', 'unlawful', 'legalDuty'] as const;
export const erasureGroundSchema = z.enum(ERASURE_GROUNDS);
export type ErasureGround = z.infer<typeof erasureGroundSchema>;

/** So many files are named by one `subject.erased`, to stay well below a record's length; more go into the next. */
export const MOST_FILES_OF_A_RECORD = 500;

const evidence = { evidence: z.array(hex256Schema).optional() };

/** Data of every type on `customer/<ULID>`; reasons in words are sealed under the customer's key, and go with it. */
export const ERASURE_RECORDS = {
  'erasure.proposed': z.strictObject({ ground: erasureGroundSchema, ...evidence }),
  'erasure.declined': z.strictObject(evidence),
  'erasure.confirmed': z.strictObject({}),
  /** Evidence files of this customer: from here on they may be absent. */
  'subject.erased': z.strictObject({ evidence: z.array(hex256Schema).max(MOST_FILES_OF_A_RECORD) }),
} as const;
