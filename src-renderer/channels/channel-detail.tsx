import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { client } from '../api/client.ts';
import { useConnection } from '../api/live.tsx';
import { toDeskError } from '../api/errors.ts';
import { useSession } from '../app/session.tsx';
import { Button } from '../design/button.tsx';
import { Strip } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import { ChangeChannelDialog } from './change-channel-dialog.tsx';
import { ChannelFacts } from './channel-facts.tsx';
import { ChannelHealth, type ConnectionTest } from './channel-health.tsx';
import { ChannelStateMark } from './channel-state.tsx';
import { lacksPassword, stateOf } from './channel-words.ts';
import { RemoveChannelDialog } from './remove-channel-dialog.tsx';
import { RenewPasswordDialog } from './renew-password-dialog.tsx';

type Asked = 'change' | 'renew' | 'remove' | null;

const useConnectionTest = ({ id }: ChannelView): ConnectionTest => {
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => client.channel.check({ channel: id }),
  });
  return {
    data,
    error,
    isPending,
    run: () => {
      mutate();
    },
  };
};

const ReadOnlyStrip = ({ canManage }: { canManage: readonly string[] }) => {
  const say = useWords();
  const isDeskReadOnly = useSession().workspace.readOnly !== null;
  return (
    <Strip icon="lock" title={say(isDeskReadOnly ? 'shell.readOnly' : 'channels.readOnly')}>
      {isDeskReadOnly ? say('channels.deskReadOnly.text') : say('channels.readOnly.text', { who: canManage })}
    </Strip>
  );
};

interface BarProps {
  readonly channel: ChannelView;
  readonly isPasswordRefused: boolean;
  readonly onAsk: (asked: Asked) => void;
}

const Bar = ({ channel, isPasswordRefused, onAsk }: BarProps) => {
  const say = useWords();
  const { isOnline } = useConnection();
  const { openReplies, kind, isRemoved } = channel;
  const offline = isOnline ? null : say('refusal.offline');
  if (isRemoved)
    return (
      <footer className="bar">
        <p>{say('channel.bar.removed')}</p>
      </footer>
    );
  const needsPassword = kind === 'bluesky' && (lacksPassword(channel) || isPasswordRefused);
  const ask = (asked: Asked) => () => {
    onAsk(asked);
  };
  return (
    <footer className="bar">
      <p>{openReplies > 0 ? say('channel.bar.open', { count: openReplies }) : say('channel.bar.free')}</p>
      <Button
        whyNot={openReplies > 0 ? say('refusal.channelHasOpenReplies', { count: openReplies }) : offline}
        onClick={ask('remove')}
      >
        {say('channel.remove')}
      </Button>
      {kind === 'bluesky' && !needsPassword ? (
        <Button whyNot={offline} onClick={ask('renew')}>
          {say('channel.renew')}
        </Button>
      ) : null}
      <Button kind={needsPassword ? 'lined' : 'primary'} whyNot={offline} onClick={ask('change')}>
        {say('channel.change')}
      </Button>
      {needsPassword ? (
        <Button kind="primary" whyNot={offline} onClick={ask('renew')}>
          {say('channel.enterPassword')}
        </Button>
      ) : null}
    </footer>
  );
};

/** One channel: how it does, what it is, and what can be done about it. */
export const ChannelDetail = ({
  channel,
  mayManage,
  canManage,
}: {
  channel: ChannelView;
  mayManage: boolean;
  canManage: readonly string[];
}) => {
  const say = useWords();
  const test = useConnectionTest(channel);
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => {
    setAsked(null);
  };
  const dialog = { channel, onClose: close };
  const isPasswordRefused = test.error ? toDeskError(test.error).reason === 'signInRefused' : false;
  return (
    <section className="pane reply-pane" aria-label={say('channels.detail')} id="channel" tabIndex={-1}>
      <header className="reply-head lined-head">
        <div className="grow">
          <h1 className="cut" title={channel.name}>
            <bdi>{channel.name}</bdi>
          </h1>
          <span className="label cut">
            {say('channel.title', { kind: say(`channelKind.${channel.kind}`), handle: channel.handle })}
          </span>
        </div>
        <ChannelStateMark channel={channel} />
      </header>
      {mayManage ? null : <ReadOnlyStrip canManage={canManage} />}
      {stateOf(channel) === 'outOfOrder' ? (
        <Strip icon="stop" tone="alarm" title={say('channel.outOfOrder')}>
          {say('channel.outOfOrder.text')}
        </Strip>
      ) : null}
      <div className="place-sections">
        <ChannelHealth channel={channel} test={test} mayManage={mayManage && !channel.isRemoved} />
        <ChannelFacts channel={channel} />
      </div>
      {mayManage ? <Bar channel={channel} isPasswordRefused={isPasswordRefused} onAsk={setAsked} /> : null}
      <ChangeChannelDialog {...dialog} isOpen={asked === 'change'} />
      <RenewPasswordDialog {...dialog} isOpen={asked === 'renew'} />
      <RemoveChannelDialog {...dialog} isOpen={asked === 'remove'} />
    </section>
  );
};
