import { Link } from '@tanstack/react-router';
import { useWords } from '../words/use-words.ts';
import type { Past } from './past.tsx';

/** Above the left pane: the queues of then, or the policy of then. */
export const PastPlaces = ({ past, isPolicy }: { past: Past; isPolicy: boolean }) => {
  const say = useWords();
  const moment = String(past.asOf);
  return (
    <p className="past-places" role="group" aria-label={say('history.places')}>
      <Link
        className="button"
        to="/as-of/$moment/queue/$queue"
        params={{ moment, queue: 'open' }}
        aria-current={isPolicy ? undefined : 'true'}
      >
        {say('history.queues')}
      </Link>
      <Link
        className="button"
        to="/as-of/$moment/policy"
        params={{ moment }}
        aria-current={isPolicy ? 'true' : undefined}
      >
        {say('history.policy')}
      </Link>
    </p>
  );
};
