import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import type { PlaceSearch } from '../app/addresses.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { AddChannelDialog } from './add-channel-dialog.tsx';
import { ChannelDetail } from './channel-detail.tsx';
import { ChannelList } from './channel-list.tsx';
import { bareChannelId } from './channel-words.ts';
import '../queue/queue.css';
import '../reply/reply.css';
import './channels.css';

/** In the order in which the list shows them. */
const inOrder = (channels: readonly ChannelView[]): ChannelView[] => [
  ...channels.filter(({ isRemoved }) => !isRemoved),
  ...channels.filter(({ isRemoved }) => isRemoved),
];

/** j and k walk through the channels, n adds one. */
const useKeys = (channels: readonly ChannelView[], chosen: ChannelView | null, onAdd: (() => void) | null): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const place = channels.findIndex(({ id }) => id === chosen?.id);
      const next = channels[Math.min(channels.length - 1, Math.max(0, place + by))];
      if (next) void navigate({ to: '/channels', search: { channel: bareChannelId(next.id) } });
    },
    [channels, chosen, navigate],
  );
  const acts = useMemo(
    () => [
      {
        id: 'nextChannel',
        label: say('channels.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'previousChannel',
        label: say('channels.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      ...(onAdd ? [{ id: 'addChannel', label: say('channels.add'), keys: 'n', run: onAdd }] : []),
    ],
    [say, walk, onAdd],
  );
  useOfferActs('channels', acts);
};

/** Where the company speaks: every channel, how it does, and for admins what can be done about it. */
export const ChannelsScreen = () => {
  const say = useWords();
  const { isOnline } = useConnection();
  const { channel: wanted }: PlaceSearch = useSearch({ strict: false });
  const query = useQuery(desk.channel.list.queryOptions());
  const isSlow = useIsSlow(query.isPending);
  const [isAdding, setIsAdding] = useState(false);
  const channels = useMemo(() => inOrder(query.data?.channels ?? []), [query.data]);
  const { mayManage = false, canManage = [] } = query.data ?? {};
  const chosen = (wanted === undefined ? channels[0] : channels.find(({ id }) => bareChannelId(id) === wanted)) ?? null;
  const add = useCallback(() => {
    setIsAdding(true);
  }, []);
  const onAdd = mayManage ? add : null;
  useKeys(channels, chosen, onAdd);

  const content = (): React.ReactNode => {
    if (query.isError && !query.data)
      return (
        <Blank
          icon={isOnline ? 'stop' : 'offline'}
          isBad={isOnline}
          title={say('channels.unreadable')}
          acts={
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {errorInWords(say, query.error)} {say('channels.unreadable.text')}
        </Blank>
      );
    if (!query.data) return isSlow ? <SkeletonLines label={say('state.loading')} lines={8} /> : null;
    if (channels.length === 0)
      return (
        <Blank
          icon="globe"
          title={say('channels.none')}
          acts={
            onAdd ? (
              <Button kind="primary" onClick={onAdd}>
                {say('channels.add')}
              </Button>
            ) : null
          }
        >
          {mayManage ? say('channels.none.text') : say('channels.none.othersText', { who: canManage })}
        </Blank>
      );
    return (
      <Blank
        icon="search"
        title={say('channels.unknown')}
        acts={
          <Link className="button lined" to="/channels">
            {say('channels.showFirst')}
          </Link>
        }
      >
        {say('channels.unknown.text')}
      </Blank>
    );
  };

  return (
    <>
      <Panes
        queue={
          <ChannelList channels={query.data ? channels : null} chosen={chosen} showsSkeleton={isSlow} onAdd={onAdd} />
        }
        main={
          chosen ? (
            <ChannelDetail key={chosen.id} channel={chosen} mayManage={mayManage} canManage={canManage} />
          ) : (
            <section className="pane reply-pane" aria-label={say('channels.detail')}>
              <header className="reply-head lined-head">
                <h1>{say('place.channels')}</h1>
              </header>
              {content()}
            </section>
          )
        }
        context={null}
      />
      <AddChannelDialog
        isOpen={isAdding}
        onClose={() => {
          setIsAdding(false);
        }}
      />
    </>
  );
};
