import { z } from 'zod';

/** Data of every type on `publishing`; the reason of a pause is sealed under the workspace's key. */
export const PUBLISHING_RECORDS = {
  'publishing.paused': z.strictObject({}),
  'publishing.resumeProposed': z.strictObject({}),
  'publishing.resumed': z.strictObject({}),
} as const;
