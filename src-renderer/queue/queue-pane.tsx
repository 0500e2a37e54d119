import { Menu } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Queue, QueueItem } from '#workflows/contract/reply.contract.ts';
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
import { SkeletonBar, useIsSlow } from '../design/skeleton.tsx';
import { TakeInDialog } from '../mention/take-in-dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { EmptyQueue } from './empty-queue.tsx';
import { QueueRow } from './queue-row.tsx';
import './queue.css';

const PAGE = 60;
const ROW_HEIGHT = 56;

const useQueueRows = (queue: Queue | null, { search = '', sort }: DeskSearch) => {
  const order = sort ?? (queue === 'sentToday' || queue === 'signedToday' || queue === 'closed' ? 'newest' : 'due');
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

const SkeletonRows = () => (
  <div aria-hidden="true" className="rows">
    {[0, 1, 2, 3, 4].map((row) => (
      <div key={row} className="queue-row">
        <div className="line">
          <SkeletonBar width={`${String(140 - row * 12)}px`} />
          <span className="grow" />
          <SkeletonBar width="64px" />
        </div>
        <div className="line" style={{ marginTop: 10 }}>
          <SkeletonBar width={`${String(190 - row * 9)}px`} />
          <span className="grow" />
          <SkeletonBar width="32px" />
        </div>
      </div>
    ))}
  </div>
);

interface RowsProps {
  readonly rows: readonly QueueItem[];
  readonly queue: Queue;
  readonly chosen: ReplyId | null;
  readonly search: DeskSearch;
  readonly atRiskMinutes: number;
  readonly onEnd: () => void;
}

/** Rows that are in sight; those far away are not in the page. */
const Rows = ({ rows, queue, chosen, search, atRiskMinutes, onEnd }: RowsProps) => {
  const say = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const visible = virtualizer.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 1) onEnd();
  }, [last, rows.length, onEnd]);
  const chosenIndex = rows.findIndex(({ id }) => id === chosen);
  useEffect(() => {
    if (chosenIndex >= 0) virtualizer.scrollToIndex(chosenIndex, { align: 'auto' });
  }, [chosenIndex, virtualizer]);
  return (
    <div className="rows" ref={scroller}>
      <ul style={{ height: virtualizer.getTotalSize(), position: 'relative' }} aria-label={say(`queue.${queue}`)}>
        {visible.map(({ index, start }) => {
          const item = rows[index];
          return item ? (
            <li
              key={item.id}
              style={{
                position: 'absolute',
                top: 0,
                insetInline: 0,
                height: ROW_HEIGHT,
                transform: `translateY(${String(start)}px)`,
              }}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
            >
              <QueueRow
                item={item}
                queue={queue}
                isChosen={item.id === chosen}
                search={search}
                atRiskMinutes={atRiskMinutes}
              />
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
};

/** j and k walk through the queue, Enter goes into the reply. */
const useWalk = (rows: readonly QueueItem[], queue: Queue | null, chosen: ReplyId | null, search: DeskSearch): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const place = rows.findIndex(({ id }) => id === chosen);
      const next = rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by))];
      if (next && queue)
        void navigate({ to: '/queue/$queue/$reply', params: { queue, reply: bareId(next.id) }, search });
    },
    [rows, chosen, queue, navigate, search],
  );
  const acts = useMemo(
    () => [
      {
        id: 'next',
        label: say('keys.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'previous',
        label: say('keys.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      {
        id: 'into',
        label: say('keys.into'),
        keys: 'Enter',
        run: () => {
          document.querySelector<HTMLElement>('#reply')?.focus();
        },
      },
    ],
    [walk, say],
  );
  useOfferActs('queue', acts);
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
  useWalk(rows, queue, reply, search);
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
