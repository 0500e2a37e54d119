import { Link } from '@tanstack/react-router';
import type { ChannelId } from '#workflows/identifiers.ts';
import { bareChannelId } from '../channels/channel-words.ts';
import { Button } from '../design/button.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { SkeletonBar } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import type { Thread, ThreadState } from './threads.ts';

export interface Place {
  readonly id: ChannelId;
  readonly name: string;
  readonly handle: string;
  readonly count: number;
}

const STATE_SIGNS: Record<ThreadState, { icon: IconName; tone: string }> = {
  answered: { icon: 'check-circle', tone: 'ok' },
  takenIn: { icon: 'inbox', tone: '' },
  fresh: { icon: 'ring', tone: '' },
};

const ThreadRow = ({
  thread,
  place,
  channel,
  isChosen,
}: {
  thread: Thread;
  place: string;
  channel: string | null;
  isChosen: boolean;
}) => {
  const say = useWords();
  const { first, newestAt, state } = thread;
  const { icon, tone } = STATE_SIGNS[state];
  return (
    <Link
      to="/practice"
      search={{ ...(channel === null ? {} : { channel }), post: first.id }}
      className="queue-row"
      aria-current={isChosen ? 'true' : undefined}
    >
      <span className="line">
        <bdi className="from cut">@{first.handle}</bdi>
        <span className="due" title={say.exact(newestAt)}>
          {say.moment(newestAt)}
        </span>
      </span>
      <span className="line">
        <span className="via cut" title={place}>
          {place}
        </span>
        <span className="first cut" dir="auto" lang={first.language ?? undefined}>
          {first.text}
        </span>
        <span className={`wait state ${tone}`}>
          <Icon name={icon} size="small" />
          {say(`practice.${state}`)}
        </span>
      </span>
    </Link>
  );
};

const SkeletonRows = () => (
  <div aria-hidden="true">
    {[0, 1, 2, 3, 4].map((row) => (
      <div key={row} className="queue-row">
        <div className="line">
          <SkeletonBar width={`${String(130 - row * 9)}px`} />
          <span className="grow" />
          <SkeletonBar width="48px" />
        </div>
        <div className="line" style={{ marginTop: 10 }}>
          <SkeletonBar width={`${String(190 - row * 12)}px`} />
          <span className="grow" />
          <SkeletonBar width="56px" />
        </div>
      </div>
    ))}
  </div>
);

interface ThreadListProps {
  readonly places: readonly Place[];
  /** The place that is shown alone, as it stands in the address; `null` for all. */
  readonly channel: string | null;
  /** `null` while they are read. */
  readonly threads: readonly Thread[] | null;
  readonly chosen: Thread | null;
  readonly showsSkeleton: boolean;
  readonly onWrite: (() => void) | null;
}

/** The left pane: the places of the practice network, and their threads. */
export const ThreadList = ({ places, channel, threads, chosen, showsSkeleton, onWrite }: ThreadListProps) => {
  const say = useWords();
  const names = new Map(places.map(({ id, name }) => [id, name]));
  const total = places.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav className="pane side queue-pane" aria-label={say('practice.pane')}>
      {places.length > 0 ? (
        <div className="queues">
          <Link to="/practice" activeOptions={{ exact: true }} aria-current={channel === null ? 'page' : undefined}>
            {say('practice.all')}
            <span className="figure">{say.number(total)}</span>
          </Link>
          {places.map(({ id, name, count }) => (
            <Link
              key={id}
              to="/practice"
              search={{ channel: bareChannelId(id) }}
              aria-current={channel === bareChannelId(id) ? 'page' : undefined}
            >
              <bdi className="cut" title={name}>
                {name}
              </bdi>
              <span className="figure">{say.number(count)}</span>
            </Link>
          ))}
        </div>
      ) : null}
      <div className="queue-tools">
        <span>{threads ? say('practice.count', { count: threads.length }) : ''}</span>
        <span>{threads && threads.length > 1 ? say('practice.newest') : ''}</span>
      </div>
      <div className="rows">
        {threads === null && showsSkeleton ? <SkeletonRows /> : null}
        {threads && threads.length > 0 ? (
          <ul aria-label={say('practice.pane')}>
            {threads.map((thread) => (
              <li key={thread.first.id} className="thread-row">
                <ThreadRow
                  thread={thread}
                  place={names.get(thread.first.channel) ?? ''}
                  channel={channel}
                  isChosen={thread.first.id === chosen?.first.id}
                />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {onWrite ? (
        <div className="queue-foot">
          <Button icon="plus" wide onClick={onWrite}>
            {say('practice.write')}
            <kbd>n</kbd>
          </Button>
        </div>
      ) : null}
    </nav>
  );
};
