import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { bareId } from '../app/addresses.ts';
import { readPastSearch, type PastSearch } from './past-address.ts';

/** What is looked at in the past. */
export type Place =
  { readonly kind: 'queue'; readonly queue: Queue; readonly reply: ReplyId | null } | { readonly kind: 'policy' };

/** Where the address leads, without the record. */
export const usePlace = (): { place: Place; search: PastSearch } => {
  const { queue, reply } = useParams({ strict: false });
  const searchKey = JSON.stringify(readPastSearch(useSearch({ strict: false })));
  return useMemo(() => {
    const search = JSON.parse(searchKey) as PastSearch;
    if (queue === undefined) return { place: { kind: 'policy' }, search };
    const id: ReplyId | null = reply === undefined ? null : `reply/${reply}`;
    return { place: { kind: 'queue', queue: queue as Queue, reply: id }, search };
  }, [queue, reply, searchKey]);
};

/** Goes about in the past, and back to what is there now. */
export const useTravel = () => {
  const navigate = useNavigate();
  const { place, search } = usePlace();
  /** The same place as of another record, by its number or a time. */
  const travelTo = useCallback(
    (moment: string, { replace = false } = {}): void => {
      if (place.kind === 'policy') void navigate({ to: '/as-of/$moment/policy', params: { moment }, search, replace });
      else if (place.reply === null)
        void navigate({ to: '/as-of/$moment/queue/$queue', params: { moment, queue: place.queue }, search, replace });
      else
        void navigate({
          to: '/as-of/$moment/queue/$queue/$reply',
          params: { moment, queue: place.queue, reply: bareId(place.reply) },
          search,
          replace,
        });
    },
    [navigate, place, search],
  );
  /** The same place as it is today. */
  const backToNow = useCallback((): void => {
    if (place.kind === 'policy') void navigate({ to: '/policy' });
    else if (place.reply === null) void navigate({ to: '/queue/$queue', params: { queue: place.queue } });
    else
      void navigate({
        to: '/queue/$queue/$reply',
        params: { queue: place.queue, reply: bareId(place.reply) },
        search: { view: 'story' },
      });
  }, [navigate, place]);
  return { place, search, travelTo, backToNow };
};
