import type { Queue } from '#workflows/contract/reply.contract.ts';
import { useOverview } from '../app/use-overview.ts';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';

/** The middle of the desk while no reply is open. */
export const NoReplyChosen = ({ queue }: { queue: Queue }) => {
  const say = useWords();
  const count = useOverview()?.queues.find((entry) => entry.queue === queue)?.count ?? 0;
  return (
    <section className="pane reply-pane" aria-label={say('reply.pane')}>
      <h1 className="sr-only">{say(`queue.${queue}`)}</h1>
      <Blank icon="inbox" title={say(count === 0 ? 'reply.none' : 'reply.choose')}>
        {say(count === 0 ? 'reply.none.text' : 'reply.choose.text')}
      </Blank>
    </section>
  );
};
