import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../api/client.ts';

export const useReply = (reply: ReplyId) => useQuery(desk.reply.get.queryOptions({ input: { reply } }));

/** The person's working copy from an earlier visit, read once at the beginning of this one. */
export const useStoredDraft = (reply: ReplyId) =>
  useQuery({
    ...desk.reply.getDraft.queryOptions({ input: { reply } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

/**
 * The revision that the person had seen before they came here, and marks the newest as seen. It stays what it was for the
 * whole visit, so that what changed does not vanish while it is being read.
 */
export const useLastSeen = (view: ReplyView | undefined): number | null => {
  const [before, setBefore] = useState<number | null>(null);
  const marked = useRef(-1);
  useEffect(() => {
    if (!view) return;
    const newest = view.revisions.at(-1)?.revision ?? 0;
    if (marked.current === -1) setBefore(view.lastSeenRevision);
    if (marked.current === view.version) return;
    marked.current = view.version;
    client.reply.markSeen({ reply: view.id, revision: newest }).catch(() => {
      // Only the mark is lost: the reply shows as unread.
      marked.current = -1;
    });
  }, [view]);
  return before;
};
