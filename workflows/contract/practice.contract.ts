import { z } from 'zod';
import { channelLimitsSchema, previewSegmentSchema } from '../channel/channel.ts';
import { channelIdSchema, replyIdSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { procedure, query } from './base.ts';

export const practicePostSchema = z.strictObject({
  id: z.string(),
  address: z.string(),
  channel: channelIdSchema,
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
  /** The reply that was opened for it, or that published it; `null` for a post that the desk has not taken in. */
  reply: replyIdSchema.nullable(),
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
      mayPost: z.boolean(),
      mayTakeIn: z.boolean(),
    }),
  ),
  /** Posts as an invented customer, in a new thread or below a post. Refused to auditors, who change nothing. */
  post: procedure
    .input(
      z.strictObject({
        channel: channelIdSchema,
        /** With or without the leading @. */
        handle: z
          .string()
          .trim()
          .max(100)
          .regex(/[^@\s]/),
        text: z.string().trim().min(1).max(20_000),
        language: z.string().trim().max(35),
        parent: z.string().max(300).nullable(),
      }),
    )
    .output(z.strictObject({ id: z.string(), address: z.string() })),
};
