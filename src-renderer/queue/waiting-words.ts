import type { Waiting } from '#workflows/contract/reply.contract.ts';
import type { Words } from '../words/use-words.ts';

/** Who does what next, in two or three words: “You decide”, “Legal decides”, “Read back”. */
export const waitingInWords = (
  say: Words,
  { waiting, publishedAt, state }: { waiting: Waiting; publishedAt: string | null; state: string },
): string => {
  const { act, onMe, reviews, names } = waiting;
  if (act === 'nothing') {
    if (publishedAt !== null && state === 'published') return say('waiting.readBack');
    return '';
  }
  if (onMe) return say(`waiting.you.${act}`);
  if (act === 'decide') return say('waiting.reviews', { reviews: reviews.map((review) => say(`review.${review}`)) });
  const [first] = names;
  if (first === undefined || act === 'wait' || act === 'send') return say(`waiting.desk.${act}`);
  return names.length === 1 ? say(`waiting.one.${act}`, { name: first }) : say(`waiting.many.${act}`);
};
