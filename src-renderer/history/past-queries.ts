import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';

const PAGE = 60;

/** The past does not change: what was read of it is read again only where the desk says so (somebody was erased). */
const LASTING = { staleTime: Infinity, refetchOnWindowFocus: false } as const;

export const momentOptions = (asOf: number) => ({
  ...desk.history.moment.queryOptions({ input: { asOf } }),
  ...LASTING,
});

/** Newer records may come before a time that has not passed yet: this is asked anew. */
export const momentAtOptions = (at: string) => ({
  ...desk.history.momentAt.queryOptions({ input: { at } }),
  staleTime: 0,
  gcTime: 0,
});

export const pastReplyOptions = (asOf: number, reply: ReplyId) => ({
  ...desk.history.reply.queryOptions({ input: { asOf, reply } }),
  ...LASTING,
});

export const pastVersionsOptions = (asOf: number, reply: ReplyId) => ({
  ...desk.history.versions.queryOptions({ input: { asOf, reply } }),
  ...LASTING,
});

export const pastPolicyOptions = (asOf: number) => ({
  ...desk.history.policy.queryOptions({ input: { asOf } }),
  ...LASTING,
});

interface QueueOfThen {
  readonly asOf: number;
  readonly queue: Queue;
  readonly sort: 'due' | 'newest';
  readonly search: string;
}

export const pastQueueOptions = (wanted: QueueOfThen) => ({
  queryKey: [...desk.history.queue.key(), 'pages', wanted],
  queryFn: ({ pageParam, signal }: { pageParam: number; signal: AbortSignal }) =>
    client.history.queue({ ...wanted, page: { offset: pageParam, limit: PAGE } }, { signal }),
  initialPageParam: 0,
  getNextPageParam: (last: { total: number }, pages: readonly unknown[]) =>
    pages.length * PAGE < last.total ? pages.length * PAGE : null,
  ...LASTING,
});
