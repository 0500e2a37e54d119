import type { Queue, QueueItem } from '#workflows/contract/reply.contract.ts';
import type { DeskSearch } from '../app/addresses.ts';
import { Icon } from '../design/icon.tsx';
import { ReplyLink } from '../history/reply-link.tsx';
import { dueInWords } from '../words/due.ts';
import { useNow } from '../words/use-now.ts';
import { useWords } from '../words/use-words.ts';
import { waitingInWords } from './waiting-words.ts';

const Due = ({ item, atRiskMinutes }: { item: QueueItem; atRiskMinutes: number }) => {
  const say = useWords();
  const now = useNow();
  if (item.publishedAt) {
    return (
      <span className="due" title={say.exact(item.publishedAt)}>
        {say('due.sent', { at: say.moment(item.publishedAt) })}
      </span>
    );
  }
  const isOwed = ![
    'noResponse',
    'merged',
    'withdrawn',
    'closed',
    'monitoring',
    'privateHandling',
    'takenDown',
  ].includes(item.state);
  if (!isOwed) return <span className="due">{say(`reply.state.${item.state as 'closed'}`)}</span>;
  const { text, tone } = dueInWords(say, { dueAt: item.dueAt, now, atRiskMinutes });
  return (
    <span className={`due ${tone}`} title={say.exact(item.dueAt)}>
      {tone === 'plain' ? null : <Icon name={tone === 'bad' ? 'warn' : 'clock'} size="small" />}
      {text}
    </span>
  );
};

const Waits = ({ item }: { item: QueueItem }) => {
  const say = useWords();
  if (item.alarm) {
    return (
      <span className="wait state warn">
        <Icon name="warn" size="small" />
        {say(`reply.alarm.${item.alarm}`)}
      </span>
    );
  }
  return <span className="wait">{waitingInWords(say, item)}</span>;
};

/** Two lines: the customer and when it is due; the channel, the first words, and who does what next. */
export const QueueRow = ({
  item,
  queue,
  isChosen,
  search,
  atRiskMinutes,
}: {
  item: QueueItem;
  queue: Queue;
  isChosen: boolean;
  search: DeskSearch;
  atRiskMinutes: number;
}) => {
  const say = useWords();
  return (
    <ReplyLink
      queue={queue}
      reply={item.id}
      search={search}
      className={`queue-row ${item.isUnread ? 'unread' : ''}`}
      isChosen={isChosen}
    >
      <span className="line">
        <bdi className="from cut">{item.handle === null ? say('reply.erasedCustomer') : `@${item.handle}`}</bdi>
        {item.isUnread ? <span className="sr-only">{say('queue.unread')}</span> : null}
        {item.isHeld ? (
          <span className="state" title={say('reply.held')}>
            <Icon name="lock" size="small" />
            <span className="sr-only">{say('reply.held')}</span>
          </span>
        ) : null}
        <Due item={item} atRiskMinutes={atRiskMinutes} />
      </span>
      <span className="line">
        <span className="via cut">{item.channel.name}</span>
        <span className="first cut" dir="auto" lang={item.language ?? undefined}>
          {item.excerpt}
        </span>
        <Waits item={item} />
      </span>
    </ReplyLink>
  );
};
