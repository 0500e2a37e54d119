import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { LogRow } from '#workflows/contract/journal.contract.ts';
import { Icon } from '../design/icon.tsx';
import { SkeletonBar } from '../design/skeleton.tsx';
import { storyInWords } from '../words/story-words.ts';
import { useWords } from '../words/use-words.ts';
import { actInWords, onInWords, signOf, whoInWords } from './act-words.ts';
import type { LogSearch } from './log-address.ts';
import { shortHash } from './short-hash.ts';
import type { Span } from './use-log.ts';

const ROW_HEIGHT = 32;
const COLUMNS = ['record', 'time', 'who', 'act', 'on', 'channel', 'text'] as const;

const Row = ({ row, search, isChosen }: { row: LogRow; search: LogSearch; isChosen: boolean }) => {
  const say = useWords();
  const { icon, tone } = signOf(row);
  const on = onInWords(say, row);
  const who = row.actor.kind === 'person' ? row.actor.name : say('log.theDesk');
  const sentence = storyInWords(say, row);
  return (
    <>
      <span role="cell" className="number">
        <Link
          to="/log/$seq"
          params={{ seq: String(row.seq) }}
          search={search}
          className="row-link"
          aria-current={isChosen ? 'true' : undefined}
          aria-label={`${say('log.record', { seq: row.seq })}: ${sentence}. ${on}`}
          title={`${sentence}. ${on}`}
        >
          {say.number(row.seq)}
        </Link>
      </span>
      <span role="cell" className="figure" title={say.exact(row.at)}>
        {say.dayAndSecond(row.at)}
      </span>
      <span role="cell" className="cut" title={whoInWords(say, row)}>
        {who}
        {row.actor.kind === 'person' ? <span className="label"> {say(`role.${row.actor.role}`)}</span> : null}
      </span>
      <span role="cell" className="state">
        <Icon name={icon} size="small" className={tone} />
        <span className="cut">{actInWords(say, row)}</span>
      </span>
      <span role="cell" className="cut">
        <bdi>{on}</bdi>
      </span>
      <span role="cell" className="cut soft channel">
        {row.channel ?? ''}
      </span>
      <span role="cell" className="hash soft text">
        {row.contentHash ? shortHash(row.contentHash) : ''}
      </span>
    </>
  );
};

const Waiting = ({ index }: { index: number }) => (
  <>
    {COLUMNS.map((column, place) => (
      <span role="cell" key={column} className={column}>
        <SkeletonBar width={`${String(90 - ((index + place) % 4) * 12)}%`} />
      </span>
    ))}
  </>
);

/** Dense rows, as many as are in sight: a hundred thousand records cost no more than thirty. */
export const LogTable = ({
  total,
  rowAt,
  search,
  chosen,
  wanted,
  onSpan,
  searchKey,
}: {
  total: number;
  rowAt: (index: number) => LogRow | null;
  search: LogSearch;
  chosen: number | null;
  /** The row that the keys went to. */
  wanted: number | null;
  onSpan: (span: Span) => void;
  /** Changes with the filters, not with the record. */
  searchKey: string;
}) => {
  const say = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const visible = virtualizer.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    onSpan({ first, last });
  }, [first, last, onSpan]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [searchKey]);
  useEffect(() => {
    if (wanted !== null) virtualizer.scrollToIndex(wanted, { align: 'auto' });
  }, [wanted, virtualizer]);
  const before = useRef({ total, searchKey });
  useLayoutEffect(() => {
    // New records stand above: what is being read stays where it is.
    const added = total - before.current.total;
    const { current } = scroller;
    if (current && current.scrollTop > 0 && added > 0 && before.current.searchKey === searchKey) {
      current.scrollTop += added * ROW_HEIGHT;
    }
    before.current = { total, searchKey };
  }, [total, searchKey]);
  return (
    <div className="log-table" role="table" aria-label={say('log.pane')} aria-rowcount={total + 1}>
      <div role="rowgroup">
        <div role="row" className="log-row head" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <span role="columnheader" key={column} className={`${column} ${column === 'record' ? 'number' : ''}`}>
              {say(`log.column.${column}`)}
            </span>
          ))}
        </div>
      </div>
      <div className="log-rows" ref={scroller} role="rowgroup" tabIndex={-1}>
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {visible.map(({ index, start }) => {
            const row = rowAt(index);
            const isChosen = row !== null && row.seq === chosen;
            return (
              <div
                key={index}
                role="row"
                aria-rowindex={index + 2}
                className={`log-row ${isChosen ? 'chosen' : ''}`}
                style={{ transform: `translateY(${String(start)}px)` }}
              >
                {row ? <Row row={row} search={search} isChosen={isChosen} /> : <Waiting index={index} />}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
