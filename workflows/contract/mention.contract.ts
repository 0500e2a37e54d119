import { z } from 'zod';
import { channelIdSchema, hex256Schema, replyIdSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { commandIdSchema, procedure, receiptSchema } from './base.ts';

export const postViewSchema = z.strictObject({
  id: z.string(),
  address: z.string().nullable(),
  handle: z.string(),
  name: z.string().nullable(),
  text: z.string(),
  at: z.string(),
  language: z.string().nullable(),
  /** Written by the company itself. */
  isOurs: z.boolean(),
});
export type PostView = z.infer<typeof postViewSchema>;

export const pictureViewSchema = z.strictObject({
  hash: hex256Schema,
  mediaType: z.string(),
  alt: z.string(),
  bytes: z.int(),
});

export const mentionContract = {
  /** Reads a post by its address and shows what would be captured. Nothing is recorded. */
  lookUp: procedure.input(z.strictObject({ address: z.string().trim().min(1).max(2_000) })).output(
    z.strictObject({
      channel: channelIdSchema,
      post: postViewSchema,
      thread: z.array(postViewSchema),
      pictures: z.int(),
      /** A reply to this very post that exists already. */
      existing: replyIdSchema.nullable(),
    }),
  ),
  /** Reads the post again, captures it with its thread and pictures, and opens a reply. */
  capture: procedure
    .input(z.strictObject({ commandId: commandIdSchema, address: z.string().trim().min(1).max(2_000) }))
    .output(receiptSchema),
  /** For a place the desk cannot read: address and text by hand. */
  captureByHand: procedure
    .input(
      z.strictObject({
        commandId: commandIdSchema,
        channel: channelIdSchema,
        address: z.string().trim().max(2_000),
        handle: z.string().trim().min(1).max(300),
        text: z.string().trim().min(1).max(100_000),
        at: timeSchema,
        language: z.string().trim().max(35),
      }),
    )
    .output(receiptSchema),
  /** Looks on the channel for the customer's answer to a published reply; each new one opens a reply that follows it. */
  fetchAnswers: procedure
    .input(z.strictObject({ commandId: commandIdSchema, reply: replyIdSchema }))
    .output(z.strictObject({ opened: z.array(replyIdSchema) })),
  /** A captured picture, for showing it. */
  picture: procedure
    .input(z.strictObject({ reply: replyIdSchema, hash: hex256Schema }))
    .output(z.strictObject({ mediaType: z.string(), base64: z.string() })),
};
