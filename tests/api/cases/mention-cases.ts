import { createHash } from 'node:crypto';
import type { ReplyId } from '#workflows/identifiers.ts';
import { NAMES, refusedTo, type Place, type ProcedureCase } from '../procedure-case.ts';
import { PICTURE, PICTURE_MARK } from '../prepared-desk.ts';

const editorsOnly = refusedTo('pat', NAMES.editors);

const address = async ({ desk }: Place): Promise<string> => (await desk.flow.post()).address;

const replyTo = async ({ desk }: Place): Promise<{ commandId: string; reply: ReplyId }> => ({
  commandId: desk.command(),
  reply: await desk.flow.published(),
});

export const MENTION_CASES = {
  'mention.lookUp': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({ address: await address(place) }),
  },
  'mention.capture': {
    by: 'agnes',
    access: editorsOnly,
    input: async (place) => ({ commandId: place.desk.command(), address: await address(place) }),
  },
  'mention.captureByHand': {
    by: 'agnes',
    access: editorsOnly,
    input: ({ desk }) => ({
      commandId: desk.command(),
      channel: desk.channel,
      address: 'a forum elsewhere',
      handle: 'sam.example',
      text: 'Where is my parcel?',
      at: desk.clock.time(),
      language: 'en',
    }),
  },
  'mention.fetchAnswers': { by: 'agnes', access: editorsOnly, input: replyTo },
  'mention.picture': {
    by: 'uma',
    access: 'everybody',
    input: async ({ desk }) => ({
      reply: await desk.flow.captured(`A broken lid ${PICTURE_MARK}`),
      hash: createHash('sha256').update(PICTURE).digest('hex'),
    }),
  },
} satisfies Record<string, ProcedureCase>;
