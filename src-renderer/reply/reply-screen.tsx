import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Queue, ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useHasRole } from '../app/session.tsx';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { bareId } from '../app/addresses.ts';
import { useWords } from '../words/use-words.ts';
import { ContextPane } from './context/context-pane.tsx';
import { DecisionBar } from './acts/decision-bar.tsx';
import { useDraft, type StoredDraft } from './editor/use-draft.ts';
import { PostPair } from './post-pair.tsx';
import { ProgressRail } from './progress-rail.tsx';
import { ReplyHead } from './reply-head.tsx';
import { useLastSeen, useReply, useStoredDraft } from './use-reply.ts';
import { WorkArea } from './work-area.tsx';
import './reply.css';

export type ReplyTab = 'work' | 'story';

interface OpenReplyProps {
  readonly view: ReplyView;
  readonly stored: StoredDraft;
  readonly queue: Queue;
  readonly queuePane: ReactNode;
  readonly tab: ReplyTab;
  readonly onTab: (tab: ReplyTab) => void;
}

/** What had the focus may be gone after an act, or in the reply before: the keys go on from here then. */
const useKeptFocus = (pane: RefObject<HTMLElement | null>, ...after: readonly unknown[]): void => {
  const key = JSON.stringify(after);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) pane.current?.focus({ preventScroll: true });
  }, [pane, key]);
};

const OpenReply = ({ view, stored, queue, queuePane, tab, onTab }: OpenReplyProps) => {
  const say = useWords();
  const lastSeen = useLastSeen(view);
  const draft = useDraft(view, stored);
  const [isContextOpen, setIsContextOpen] = useState(false);
  const pane = useRef<HTMLElement>(null);
  useKeptFocus(pane, view.version, draft.isEditing);
  return (
    <Panes
      queue={queuePane}
      main={
        <article className="pane reply-pane" aria-label={say('reply.pane')} id="reply" tabIndex={-1} ref={pane}>
          <ReplyHead
            view={view}
            draft={draft}
            onOpenContext={() => {
              setIsContextOpen(true);
            }}
          />
          <ProgressRail view={view} />
          <PostPair view={view} draft={draft} />
          <WorkArea view={view} draft={draft} lastSeen={lastSeen} tab={tab} onTab={onTab} />
          <DecisionBar view={view} draft={draft} queue={queue} />
        </article>
      }
      context={
        <ContextPane
          view={view}
          draft={draft}
          lastSeen={lastSeen}
          isOpen={isContextOpen}
          onClose={() => {
            setIsContextOpen(false);
          }}
        />
      }
    />
  );
};

const Failed = ({ error, onRetry, queue }: { error: unknown; onRetry: () => void; queue: Queue }) => {
  const say = useWords();
  const isGone = toDeskError(error).code === 'NOT_FOUND';
  return (
    <section className="pane reply-pane" aria-label={say('reply.pane')}>
      <h1 className="sr-only">{say('reply.pane')}</h1>
      <Blank
        icon={isGone ? 'search' : 'stop'}
        isBad={!isGone}
        title={say(isGone ? 'reply.notFound' : 'reply.unreadable')}
        acts={
          isGone ? (
            <Link className="button lined" to="/queue/$queue" params={{ queue }}>
              {say('act.toMyQueue')}
            </Link>
          ) : (
            <Button kind="lined" onClick={onRetry}>
              {say('act.tryAgain')}
            </Button>
          )
        }
      >
        {errorInWords(say, error)} {say('state.draftsAreSafe')}
      </Blank>
    </section>
  );
};

/** One reply, with everything that a person needs to do the next thing about it. */
export const ReplyScreen = ({
  reply,
  queue,
  queuePane,
  view: wanted,
}: {
  reply: ReplyId;
  queue: Queue;
  queuePane: ReactNode;
  view: ReplyTab | null;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const query = useReply(reply);
  const stored = useStoredDraft(reply);
  const isAuditor = useHasRole('auditor');
  const isSlow = useIsSlow(query.isPending);
  const view = query.data;
  if (!view || !stored.data) {
    return (
      <Panes
        queue={queuePane}
        main={
          query.isError || stored.isError ? (
            <Failed
              error={query.error ?? stored.error}
              onRetry={() => {
                void query.refetch();
                void stored.refetch();
              }}
              queue={queue}
            />
          ) : (
            <section className="pane reply-pane">
              {isSlow ? <SkeletonLines label={say('state.loading')} lines={9} /> : null}
            </section>
          )
        }
        context={null}
      />
    );
  }
  const isOver = ['published', 'takenDown', 'closed', 'noResponse', 'merged', 'withdrawn', 'rejected'].includes(
    view.state,
  );
  const tab = wanted ?? (isAuditor || isOver ? 'story' : 'work');
  const onTab = (next: ReplyTab): void =>
    void navigate({
      to: '/queue/$queue/$reply',
      params: { queue, reply: bareId(reply) },
      search: (before) => ({ ...before, view: next }),
      replace: true,
    });
  return <OpenReply view={view} stored={stored.data} queue={queue} queuePane={queuePane} tab={tab} onTab={onTab} />;
};
