import { z } from 'zod';
import { channelLimitsSchema, previewSegmentSchema } from '../channel/channel.ts';
import { channelIdSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { procedure, query } from './base.ts';

export const practicePostSchema = z.strictObject({
  id: z.string(),
  address: z.string(),
  handle: z.string(),
  name: z.string().nullable(),
  segments: z.array(previewSegmentSchema),
  text: z.string(),
  language: z.string().nullable(),
  at: timeSchema,
  isOurs: z.boolean(),
  /** Posts below it, the oldest first. */
  answers: z.array(z.string()),
  parent: z.string().nullable(),
});
export type PracticePost = z.infer<typeof practicePostSchema>;

/** The practice network: a place inside the workspace where nothing is really public. */
export const practiceContract = {
  threads: query.input(z.strictObject({ channel: channelIdSchema.nullable() })).output(
    z.strictObject({
      channels: z.array(
        z.strictObject({ id: channelIdSchema, name: z.string(), handle: z.string(), limits: channelLimitsSchema }),
      ),
      posts: z.array(practicePostSchema),
    }),
  ),
  /** Posts as an invented customer, in a new thread or below a post. */
  post: procedure
    .input(
      z.strictObject({
        channel: channelIdSchema,
        handle: z.string().trim().min(1).max(100),
        text: z.string().trim().min(1).max(20_000),
        language: z.string().trim().max(35),
        parent: z.string().max(300).nullable(),
      }),
    )
    .output(z.strictObject({ id: z.string(), address: z.string() })),
};
