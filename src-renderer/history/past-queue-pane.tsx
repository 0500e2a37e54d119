import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { errorInWords } from '../api/errors.ts';
import { bareId } from '../app/addresses.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { useIsSlow } from '../design/skeleton.tsx';
import { Rows, SkeletonRows, useWalk, usualOrder } from '../queue/queue-rows.tsx';
import { useWords } from '../words/use-words.ts';
import type { PastSearch } from './past-address.ts';
import { PastPlaces } from './past-places.tsx';
import { pastQueueOptions } from './past-queries.ts';
import type { Past } from './past.tsx';

/** The left pane: the reader's queues with what was in them, and the rows of the one that is shown. */
export const PastQueuePane = ({
  past,
  queue,
  reply,
  search,
}: {
  past: Past;
  queue: Queue;
  reply: ReplyId | null;
  search: PastSearch;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const moment = String(past.asOf);
  const sort = search.sort ?? usualOrder(queue);
  const words = search.search ?? '';
  const query = useInfiniteQuery(pastQueueOptions({ asOf: past.asOf, queue, sort, search: words }));
  const isSlow = useIsSlow(query.isPending);
  const head = query.data?.pages[0] ?? null;
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const counts = head?.counts ?? [];
  const isKnown = head === null || counts.some((entry) => entry.queue === queue);
  // A link from somebody in another role names a queue that this reader does not have.
  useEffect(() => {
    if (isKnown) return;
    void navigate({
      to: reply ? '/as-of/$moment/queue/$queue/$reply' : '/as-of/$moment/queue/$queue',
      params: { moment, queue: 'open', ...(reply ? { reply: bareId(reply) } : {}) },
      replace: true,
    });
  }, [isKnown, moment, navigate, reply]);
  const kept = useMemo(
    () => ({
      ...(search.search === undefined ? {} : { search: search.search }),
      ...(search.sort ? { sort: search.sort } : {}),
    }),
    [search.search, search.sort],
  );
  const go = useCallback(
    (next: ReplyId) => {
      const params = { moment, queue, reply: bareId(next) };
      void navigate({ to: '/as-of/$moment/queue/$queue/$reply', params, search: kept });
    },
    [moment, queue, navigate, kept],
  );
  useWalk(rows, reply, go);
  const onEnd = useCallback(() => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  }, [query]);
  return (
    <nav className="pane side queue-pane" aria-label={say('history.queues')}>
      <PastPlaces past={past} isPolicy={false} />
      <div className="queues">
        {counts.map((entry) => (
          <Link
            key={entry.queue}
            to="/as-of/$moment/queue/$queue"
            params={{ moment, queue: entry.queue }}
            aria-current={entry.queue === queue ? 'page' : undefined}
          >
            {say(`queue.${entry.queue}`)}
            <span className="figure">{say.number(entry.count)}</span>
          </Link>
        ))}
      </div>
      <div className="queue-tools">
        <span>{head ? say('queue.count', { count: head.total }) : null}</span>
        <span>{say(`queue.order.${sort}`)}</span>
      </div>
      {query.isError && !head ? (
        <Blank
          icon="stop"
          isBad
          title={say('queue.unreadable')}
          acts={
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {errorInWords(say, query.error)}
        </Blank>
      ) : head === null ? (
        isSlow ? (
          <SkeletonRows />
        ) : (
          <div className="rows" />
        )
      ) : rows.length === 0 ? (
        <Blank icon="inbox" title={say('history.queue.empty')}>
          {say('history.queue.empty.text', { queue: say(`queue.${queue}`), seq: past.asOf })}
        </Blank>
      ) : (
        <Rows rows={rows} queue={queue} chosen={reply} search={kept} atRiskMinutes={head.atRiskMinutes} onEnd={onEnd} />
      )}
    </nav>
  );
};
