import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogRow } from '#workflows/contract/journal.contract.ts';
import { desk } from '../api/client.ts';
import { filterOf, type LogSearch } from './log-address.ts';

const PAGE = 100;

/** Rows from and up to and including an index of the list. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The pages of the log that are in sight; rows elsewhere are neither asked for nor kept on the screen. */
export const useLog = (search: LogSearch, span: Span) => {
  const filter = useMemo(() => filterOf(search), [search]);
  const optionsOf = (page: number) =>
    desk.journal.log.queryOptions({ input: { filter, page: { offset: page * PAGE, limit: PAGE } } });
  // The first page tells of the whole, wherever the table stands.
  const head = useQuery({ ...optionsOf(0), placeholderData: keepPreviousData });
  const firstPage = Math.max(1, Math.floor(span.first / PAGE));
  const count = Math.max(0, Math.floor(span.last / PAGE) - firstPage + 1);
  const rest = useQueries({ queries: Array.from({ length: count }, (_, index) => optionsOf(firstPage + index)) });
  const rowAt = (index: number): LogRow | null => {
    const page = Math.floor(index / PAGE);
    const data = page === 0 ? head.data : rest[page - firstPage]?.data;
    return data?.rows[index % PAGE] ?? null;
  };
  return {
    rowAt,
    /** What every page says of the whole: counts, types, people, channels. */
    whole: head.data ?? null,
    total: head.data?.total ?? 0,
    isPending: head.isPending,
    error: head.isError && !head.data ? head.error : null,
    retry: (): void => {
      void head.refetch();
    },
  };
};
