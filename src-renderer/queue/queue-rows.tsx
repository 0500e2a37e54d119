import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Queue, QueueItem } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { DeskSearch } from '../app/addresses.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { SkeletonBar } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { QueueRow } from './queue-row.tsx';

const ROW_HEIGHT = 56;

/** What is over is looked up by when it was; everything else by when it is due. */
export const usualOrder = (queue: Queue | null): 'due' | 'newest' =>
  queue === 'sentToday' || queue === 'signedToday' || queue === 'closed' ? 'newest' : 'due';

/** In the place of rows that are coming. */
export const SkeletonRows = () => (
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
export const Rows = ({ rows, queue, chosen, search, atRiskMinutes, onEnd }: RowsProps) => {
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

/** j and k walk through the queue, Enter goes into the reply. @param go shows another reply of it */
export const useWalk = (rows: readonly QueueItem[], chosen: ReplyId | null, go: (reply: ReplyId) => void): void => {
  const say = useWords();
  const walk = useCallback(
    (by: number) => {
      const place = rows.findIndex(({ id }) => id === chosen);
      const next = rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by))];
      if (next) go(next.id);
    },
    [rows, chosen, go],
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
