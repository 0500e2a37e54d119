import { Menu } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';
import { useConnection } from '../api/live.tsx';
import { errorInWords } from '../api/errors.ts';
import { bareId, type DeskSearch } from '../app/addresses.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { useHasRole, useSession } from '../app/session.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { useIsSlow } from '../design/skeleton.tsx';
import { TakeInDialog } from '../mention/take-in-dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { Rows, SkeletonRows, usualOrder, useWalk } from './queue-rows.tsx';
import './queue.css';

const PAGE = 60;

const useQueueRows = (queue: Queue | null, { search = '', sort }: DeskSearch) => {
  const order = sort ?? usualOrder(queue);
  const query = useInfiniteQuery({
    queryKey: [...desk.reply.list.key(), 'pages', queue, order, search],
    queryFn: ({ pageParam, signal }) =>
      client.reply.list(
        { queue: queue ?? 'open', sort: order, search, page: { offset: pageParam, limit: PAGE } },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * PAGE < last.total ? pages.length * PAGE : null),
    enabled: queue !== null,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  return { query, rows, total: query.data?.pages[0]?.total ?? 0, order };
};

const QueueList = ({ queue }: { queue: Queue | null }) => {
  const say = useWords();
  const overview = useOverview();
  const queues = overview?.queues ?? [];
  return (
    <div className="queues">
      {queues.map((entry) => (
        <Link
          key={entry.queue}
          to="/queue/$queue"
          params={{ queue: entry.queue }}
          aria-current={entry.queue === queue ? 'page' : undefined}
        >
          {say(`queue.${entry.queue}`)}
          <span className="figure">{say.number(entry.count)}</span>
        </Link>
      ))}
      {overview && overview.templatesToApprove > 0 ? (
        <Link to="/templates">
          {say('queue.templatesToApprove')}
          <span className="figure">{say.number(overview.templatesToApprove)}</span>
        </Link>
      ) : null}
      {overview?.policyToApprove ? (
        <Link to="/policy">
          {say('queue.policyToApprove')}
          <span className="figure">1</span>
        </Link>
      ) : null}
      {overview && overview.keysToConfirm > 0 ? (
        <Link to="/people">
          {say('queue.keysToConfirm')}
          <span className="figure">{say.number(overview.keysToConfirm)}</span>
        </Link>
      ) : null}
    </div>
  );
};

/** The left pane: queues with live counts, and the rows of the one that is open. */
export const QueuePane = ({
  queue,
  reply,
  search,
}: {
  queue: Queue | null;
  reply: ReplyId | null;
  search: DeskSearch;
}) => {
  const say = useWords();
  const overview = useOverview();
  const navigate = useNavigate();
  const { isOnline } = useConnection();
  const { workspace } = useSession();
  const mayTakeIn =
    [useHasRole('agent'), useHasRole('comms'), useHasRole('legal')].includes(true) && workspace.readOnly === null;
  const [isTakingIn, setIsTakingIn] = useState(false);
  const { query, rows, total, order } = useQueueRows(queue, search);
  const isSlow = useIsSlow(query.isPending);
  const go = useCallback(
    (next: ReplyId) => {
      if (queue) void navigate({ to: '/queue/$queue/$reply', params: { queue, reply: bareId(next) }, search });
    },
    [queue, navigate, search],
  );
  useWalk(rows, reply, go);
  const takeIn = useMemo(
    () =>
      mayTakeIn
        ? [
            {
              id: 'takeIn',
              label: say('mention.takeIn'),
              keys: 'n',
              run: () => {
                setIsTakingIn(true);
              },
            },
          ]
        : [],
    [mayTakeIn, say],
  );
  useOfferActs('take-in', takeIn);
  const onEnd = useCallback(() => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  }, [query]);

  return (
    <nav className="pane side queue-pane" aria-label={say('queue.pane')}>
      <QueueList queue={queue} />
      <div className="queue-tools">
        <span>
          {query.data
            ? search.search
              ? say('queue.found', { count: total, search: search.search })
              : say('queue.count', { count: total })
            : null}
        </span>
        {search.search && queue ? (
          <button
            type="button"
            className="link"
            onClick={() => void navigate({ to: '/queue/$queue', params: { queue } })}
          >
            {say('queue.clearSearch')}
          </button>
        ) : null}
        <Menu position="bottom-end" width={160}>
          <Menu.Target>
            <button type="button" className="button small">
              {say(`queue.order.${order}`)}
              <Icon name="down" size="small" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['due', 'newest'] as const).map((sort) => (
              <Menu.Item
                key={sort}
                onClick={() =>
                  queue && void navigate({ to: '/queue/$queue', params: { queue }, search: { ...search, sort } })
                }
              >
                {say(`queue.order.${sort}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {query.isError && !query.data ? (
        <Blank
          icon={isOnline ? 'stop' : 'offline'}
          isBad={isOnline}
          title={say('queue.unreadable')}
          acts={
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {errorInWords(say, query.error)} {say('state.draftsAreSafe')}
        </Blank>
      ) : query.isPending ? (
        isSlow ? (
          <SkeletonRows />
        ) : (
          <div className="rows" />
        )
      ) : rows.length === 0 && queue ? (
        <EmptyQueue
          queue={queue}
          isSearch={Boolean(search.search)}
          onTakeIn={
            mayTakeIn
              ? () => {
                  setIsTakingIn(true);
                }
              : null
          }
        />
      ) : queue ? (
        <Rows
          rows={rows}
          queue={queue}
          chosen={reply}
          search={search}
          atRiskMinutes={overview?.atRiskMinutes ?? 0}
          onEnd={onEnd}
        />
      ) : null}
      {mayTakeIn ? (
        <div className="queue-foot">
          <Button
            icon="plus"
            wide
            onClick={() => {
              setIsTakingIn(true);
            }}
          >
            {say('mention.takeIn')}
            <kbd>n</kbd>
          </Button>
          <TakeInDialog
            isOpen={isTakingIn}
            onClose={() => {
              setIsTakingIn(false);
            }}
          />
        </div>
      ) : null}
    </nav>
  );
};
