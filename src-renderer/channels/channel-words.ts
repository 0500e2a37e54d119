import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import type { ChannelId } from '#workflows/identifiers.ts';
import type { IconName } from '../design/icon.tsx';
import type { Words } from '../words/use-words.ts';

/** The part of a channel's id that stands in an address. */
export const bareChannelId = (id: ChannelId): string => id.slice('channel/'.length);

export type ChannelState = 'ready' | 'trouble' | 'noPassword' | 'outOfOrder' | 'removed';

/** Nothing is there, or can be opened, by which the desk could sign in. */
export const lacksPassword = ({ hasCredentials, problem }: ChannelView): boolean =>
  !hasCredentials || problem === 'credentials';

/** Failures that were about the text or the post that it answers; the channel itself works. */
const OF_THE_REPLY = new Set(['refused', 'targetGone', 'absent']);

/** How a channel does, as far as the desk knows without asking it. */
export const stateOf = (channel: ChannelView): ChannelState => {
  const { isRemoved, trouble, problem } = channel;
  if (isRemoved) return 'removed';
  if (problem === 'settings') return 'outOfOrder';
  if (lacksPassword(channel)) return 'noPassword';
  return trouble && !OF_THE_REPLY.has(trouble.cause) ? 'trouble' : 'ready';
};

export const STATE_SIGNS: Record<ChannelState, { icon: IconName; tone: 'ok' | 'warn' | 'bad' | 'soft' }> = {
  ready: { icon: 'check-circle', tone: 'ok' },
  trouble: { icon: 'warn', tone: 'warn' },
  noPassword: { icon: 'key', tone: 'bad' },
  outOfOrder: { icon: 'stop', tone: 'bad' },
  removed: { icon: 'close', tone: 'soft' },
};

const MINUTES = { days: 24 * 60, hours: 60 } as const;

/** “2 h”, “90 min”, “3 days”: the largest unit that says it exactly. */
export const minutesInWords = (say: Words, minutes: number): string => {
  if (minutes % MINUTES.days === 0) return say('span.days', { count: minutes / MINUTES.days });
  if (minutes % MINUTES.hours === 0) return say('span.hours', { count: minutes / MINUTES.hours });
  return say('span.minutes', { count: minutes });
};
