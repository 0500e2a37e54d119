import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { DeskSearch } from '../app/addresses.ts';
import { useOverview } from '../app/use-overview.ts';
import { Panes } from '../design/panes.tsx';
import { ReplyScreen } from '../reply/reply-screen.tsx';
import { QueuePane } from './queue-pane.tsx';
import { NoReplyChosen } from './no-reply-chosen.tsx';

/** The desk: queues at the left, the reply in the middle, its context at the right. */
export const DeskScreen = () => {
  const { queue, reply } = useParams({ strict: false });
  const search: DeskSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const overview = useOverview();
  const shown = overview?.queues ?? [];
  // Who decides nothing begins with everything, not with what was sent.
  const first = (shown.find((entry) => entry.queue === 'waitingOnMe') ?? shown.find((entry) => entry.queue === 'open'))
    ?.queue;
  const isKnown = overview?.queues.some((entry) => entry.queue === queue) ?? true;

  useEffect(() => {
    if (!first || (queue !== 'first' && isKnown)) return;
    void navigate({
      to: reply ? '/queue/$queue/$reply' : '/queue/$queue',
      params: { queue: first, ...(reply ? { reply } : {}) },
      replace: true,
    });
  }, [first, isKnown, queue, reply, navigate]);

  if (!overview || queue === undefined || queue === 'first' || !isKnown)
    return <Panes queue={<QueuePane queue={null} reply={null} search={search} />} main={null} context={null} />;
  const id: ReplyId | null = reply === undefined ? null : `reply/${reply}`;
  const pane = <QueuePane queue={queue as Queue} reply={id} search={search} />;
  if (id === null) return <Panes queue={pane} main={<NoReplyChosen queue={queue as Queue} />} context={null} />;
  return <ReplyScreen key={id} reply={id} queue={queue as Queue} queuePane={pane} view={search.view ?? null} />;
};
