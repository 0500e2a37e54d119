import { useQuery } from '@tanstack/react-query';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import { useWords } from '../words/use-words.ts';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import type { PastSearch } from './past-address.ts';
import { pastReplyOptions } from './past-queries.ts';
import { PastQueuePane } from './past-queue-pane.tsx';
import { PastReply } from './past-reply.tsx';
import { PastContextPane } from './past-context-pane.tsx';
import { PastFailed, PastWaiting } from './past-states.tsx';
import type { Past } from './past.tsx';
import { ReplyLink } from './reply-link.tsx';
import type { Place } from './use-place.ts';

export interface PastPaneProps {
  readonly past: Past;
  readonly search: PastSearch;
  readonly newest: number | null;
  readonly onTravel: (moment: string) => void;
  /** The right pane is open as a drawer. */
  readonly hasDrawer: boolean;
  readonly onDrawer: (isOpen: boolean) => void;
}

type QueuePlace = Extract<Place, { kind: 'queue' }>;

const Nothing = ({ past, queue }: { past: Past; queue: Queue }) => {
  const say = useWords();
  return (
    <section className="pane reply-pane" aria-label={say('reply.pane')} tabIndex={-1}>
      <h1 className="sr-only">{say('history.bar')}</h1>
      <Blank
        icon="inbox"
        title={say('reply.choose')}
        acts={
          past.reply ? (
            <ReplyLink className="button lined" queue={queue} reply={past.reply}>
              {say('history.ways.reply.show')}
            </ReplyLink>
          ) : null
        }
      >
        {say('history.choose.text', { seq: past.asOf })}
      </Blank>
    </section>
  );
};

/** Queues, a reply and its context as of the record. */
export const PastDesk = ({ place, ...props }: PastPaneProps & { place: QueuePlace }) => {
  const say = useWords();
  const { past, search, newest, onTravel, hasDrawer, onDrawer } = props;
  const { queue, reply } = place;
  const query = useQuery({
    ...pastReplyOptions(past.asOf, reply ?? 'reply/'),
    enabled: reply !== null,
  });
  const pane = <PastQueuePane past={past} queue={queue} reply={reply} search={search} />;
  if (reply === null) return <Panes queue={pane} main={<Nothing past={past} queue={queue} />} context={null} />;
  if (!query.data)
    return (
      <Panes
        queue={pane}
        main={
          <section className="pane reply-pane" aria-label={say('reply.pane')} tabIndex={-1}>
            <h1 className="sr-only">{say('reply.pane')}</h1>
            {query.isError ? (
              <PastFailed
                error={query.error}
                newest={newest}
                onTravel={onTravel}
                onRetry={() => void query.refetch()}
              />
            ) : (
              <PastWaiting key={past.asOf} asOf={past.asOf} />
            )}
          </section>
        }
        context={null}
      />
    );
  const view = query.data.reply;
  return (
    <Panes
      queue={pane}
      main={
        <PastReply
          key={view.id}
          past={past}
          view={view}
          story={query.data.story}
          queue={queue}
          search={search}
          onOpenContext={() => {
            onDrawer(true);
          }}
        />
      }
      context={
        <PastContextPane
          view={view}
          isOpen={hasDrawer}
          onClose={() => {
            onDrawer(false);
          }}
        />
      }
    />
  );
};
