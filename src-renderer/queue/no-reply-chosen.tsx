import { Link } from '@tanstack/react-router';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import { useHasRole } from '../app/session.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';

/** What an admin does first on a desk on which nothing has been taken in yet. */
const NewDesk = ({ queue }: { queue: Queue }) => {
  const say = useWords();
  return (
    <section className="pane reply-pane" aria-label={say('reply.pane')}>
      <h1 className="sr-only">{say(`queue.${queue}`)}</h1>
      <Blank
        icon="inbox"
        title={say('desk.new')}
        acts={
          <>
            <Link className="button lined" to="/people">
              {say('desk.new.people')}
            </Link>
            <Link className="button lined" to="/channels">
              {say('desk.new.channels')}
            </Link>
          </>
        }
      >
        {say('desk.new.text')}
      </Blank>
    </section>
  );
};

/** The middle of the desk while no reply is open. */
export const NoReplyChosen = ({ queue }: { queue: Queue }) => {
  const say = useWords();
  const queues = useOverview()?.queues ?? [];
  const isAdmin = useHasRole('admin');
  const count = queues.find((entry) => entry.queue === queue)?.count ?? 0;
  const isNewDesk = queues.length > 0 && queues.every((entry) => entry.count === 0);
  if (isNewDesk && isAdmin) return <NewDesk queue={queue} />;
  return (
    <section className="pane reply-pane" aria-label={say('reply.pane')}>
      <h1 className="sr-only">{say(`queue.${queue}`)}</h1>
      <Blank icon="inbox" title={say(count === 0 ? 'reply.none' : 'reply.choose')}>
        {say(count === 0 ? 'reply.none.text' : 'reply.choose.text')}
      </Blank>
    </section>
  );
};
