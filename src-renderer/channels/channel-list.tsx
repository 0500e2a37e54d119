import { Link } from '@tanstack/react-router';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { Button } from '../design/button.tsx';
import { SkeletonBar } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { ChannelStateMark } from './channel-state.tsx';
import { bareChannelId } from './channel-words.ts';

const ChannelRow = ({ channel, isChosen }: { channel: ChannelView; isChosen: boolean }) => {
  const say = useWords();
  const { id, name, kind, handle, openReplies, isRemoved } = channel;
  return (
    <Link
      to="/channels"
      search={{ channel: bareChannelId(id) }}
      className="queue-row"
      aria-current={isChosen ? 'true' : undefined}
    >
      <span className="line">
        <bdi className="from cut" title={name}>
          {name}
        </bdi>
        {isRemoved ? null : (
          <span className="due">
            <ChannelStateMark channel={channel} />
          </span>
        )}
      </span>
      <span className="line">
        <span className="via">{say(`channelKind.${kind}.short`)}</span>
        <bdi className="first cut" title={`@${handle}`}>
          @{handle}
        </bdi>
        {isRemoved ? null : <span className="wait">{say('channel.open', { count: openReplies })}</span>}
      </span>
    </Link>
  );
};

const SkeletonRows = () => (
  <div aria-hidden="true">
    {[0, 1, 2].map((row) => (
      <div key={row} className="queue-row">
        <div className="line">
          <SkeletonBar width={`${String(120 - row * 14)}px`} />
          <span className="grow" />
          <SkeletonBar width="52px" />
        </div>
        <div className="line" style={{ marginTop: 10 }}>
          <SkeletonBar width={`${String(180 - row * 12)}px`} />
          <span className="grow" />
          <SkeletonBar width="44px" />
        </div>
      </div>
    ))}
  </div>
);

interface ChannelListProps {
  /** `null` while they are read. */
  readonly channels: readonly ChannelView[] | null;
  readonly chosen: ChannelView | null;
  readonly showsSkeleton: boolean;
  /** Absent where the person may not. */
  readonly onAdd: (() => void) | null;
}

/** The left pane: every channel with how it does; those that were removed come last. */
export const ChannelList = ({ channels, chosen, showsSkeleton, onAdd }: ChannelListProps) => {
  const say = useWords();
  const present = (channels ?? []).filter(({ isRemoved }) => !isRemoved);
  const removed = (channels ?? []).filter(({ isRemoved }) => isRemoved);
  const rows = (some: readonly ChannelView[], label: string) => (
    <ul aria-label={label}>
      {some.map((channel) => (
        <li key={channel.id}>
          <ChannelRow channel={channel} isChosen={channel.id === chosen?.id} />
        </li>
      ))}
    </ul>
  );
  return (
    <nav className="pane side queue-pane" aria-label={say('channels.pane')}>
      <div className="queue-tools">
        <span>{channels ? say('channels.count', { count: present.length }) : ''}</span>
      </div>
      <div className="rows">
        {channels === null && showsSkeleton ? <SkeletonRows /> : null}
        {present.length > 0 ? rows(present, say('channels.pane')) : null}
        {removed.length > 0 ? (
          <>
            <h2 className="list-part">{say('channels.removed')}</h2>
            {rows(removed, say('channels.removed'))}
          </>
        ) : null}
      </div>
      {onAdd ? (
        <div className="queue-foot">
          <Button icon="plus" wide onClick={onAdd}>
            {say('channels.add')}
            <kbd>n</kbd>
          </Button>
        </div>
      ) : null}
    </nav>
  );
};
