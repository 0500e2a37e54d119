import { Link } from '@tanstack/react-router';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';

/** An empty queue says that this is good, and where there is something. */
export const EmptyQueue = ({
  queue,
  isSearch,
  onTakeIn,
}: {
  queue: Queue;
  isSearch: boolean;
  onTakeIn: (() => void) | null;
}) => {
  const say = useWords();
  const queues = useOverview()?.queues ?? [];
  const other = queues.find((entry) => entry.queue !== queue && entry.count > 0);
  if (isSearch)
    return (
      <Blank icon="search" title={say('queue.nothingFound')}>
        {say('queue.nothingFound.text')}
      </Blank>
    );
  return (
    <Blank
      icon="inbox"
      title={say(queue === 'waitingOnMe' ? 'queue.nothingWaits' : 'queue.empty')}
      acts={
        <>
          {other ? (
            <Link className="button lined" to="/queue/$queue" params={{ queue: other.queue }}>
              {say('queue.showOther', { queue: say(`queue.${other.queue}`), count: other.count })}
            </Link>
          ) : null}
          {onTakeIn && !other ? (
            <Button kind="lined" onClick={onTakeIn}>
              {say('mention.takeIn')}
            </Button>
          ) : null}
        </>
      }
    >
      {other
        ? say('queue.others', { queue: say(`queue.${other.queue}`), count: other.count })
        : say('queue.nothingAtAll')}
    </Blank>
  );
};
