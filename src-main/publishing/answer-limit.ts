import { ChannelError } from '../channels/channel-adapter.ts';

/** Channels end by themselves when no answer comes; this is for one that does not, in milliseconds. */
export const ANSWER_WITHIN = 180_000;

/**
 * The answer of a channel, if it comes in time.
 * @throws ChannelError `timeout` with an unknown outcome when it does not; what comes later is not looked at
 */
export const answerOf = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ChannelError('timeout', { outcome: 'unknown' })), ANSWER_WITHIN);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};
