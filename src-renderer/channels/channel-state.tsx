import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { STATE_SIGNS, stateOf } from './channel-words.ts';

/** Whether replies can go out, as icon and word. */
export const ChannelStateMark = ({ channel }: { channel: ChannelView }) => {
  const say = useWords();
  const state = stateOf(channel);
  const { icon, tone } = STATE_SIGNS[state];
  return (
    <span className={`state ${tone}`}>
      <Icon name={icon} size="small" />
      {say(`channelState.${state}`)}
    </span>
  );
};
