import { Link } from '@tanstack/react-router';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';

/** An address that leads nowhere says the way back. */
export const NotFound = () => {
  const say = useWords();
  return (
    <div style={{ display: 'flex', flexDirection: 'column', padding: '0 var(--s5)' }}>
      <Blank
        icon="search"
        title={say('state.noSuchPage')}
        acts={
          <Link className="button lined" to="/queue/$queue" params={{ queue: 'first' }}>
            {say('act.toMyQueue')}
          </Link>
        }
      >
        {say('state.noSuchPage.text')}
      </Blank>
    </div>
  );
};
