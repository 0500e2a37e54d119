import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { WordKey } from '#workflows/words/words.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { Button } from '../design/button.tsx';
import { Blank, Strip } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { DatesSection } from './dates-section.tsx';
import { LockSection } from './lock-section.tsx';
import { LookSection } from './look-section.tsx';
import { PanesSection } from './panes-section.tsx';
import { PassphraseSection } from './passphrase-section.tsx';
import { useSetPreferences } from './use-preferences.ts';
import '../queue/queue.css';
import '../reply/reply.css';
import '../channels/channels.css';
import './preferences.css';

const PARTS: readonly { readonly id: string; readonly word: WordKey }[] = [
  { id: 'look', word: 'preferences.look' },
  { id: 'dates', word: 'preferences.dates' },
  { id: 'lock', word: 'preferences.lock' },
  { id: 'panes', word: 'preferences.panes' },
  { id: 'passphrase', word: 'preferences.passphrase' },
];

const Parts = () => {
  const say = useWords();
  const { hash } = useLocation();
  return (
    <nav className="pane side queue-pane" aria-label={say('place.preferences')}>
      <div className="queues">
        {PARTS.map(({ id, word }) => (
          <Link
            key={id}
            to="/preferences"
            hash={id}
            activeOptions={{ exact: true, includeHash: true }}
            aria-current={(hash === '' ? PARTS[0]?.id : hash) === id ? 'true' : undefined}
          >
            {say(word)}
          </Link>
        ))}
      </div>
    </nav>
  );
};

/** What belongs to this machine and this person, each thing in its place; every choice applies at once. */
export const PreferencesScreen = () => {
  const say = useWords();
  const { isOnline } = useConnection();
  const query = useQuery(desk.preferences.get.queryOptions());
  const isSlow = useIsSlow(query.isPending);
  const set = useSetPreferences();
  const sections = { onChange: set.mutate };
  return (
    <Panes
      queue={<Parts />}
      main={
        <section className="pane reply-pane" aria-label={say('place.preferences')}>
          <header className="reply-head lined-head">
            <div className="grow">
              <h1 className="cut">{say('place.preferences')}</h1>
              <span className="label cut">{say('preferences.text')}</span>
            </div>
          </header>
          {set.isError ? (
            <Strip icon={isOnline ? 'stop' : 'offline'} tone="alarm" title={say('preferences.notKept')}>
              {errorInWords(say, set.error)}
            </Strip>
          ) : null}
          {query.isError && !query.data ? (
            <Blank
              icon={isOnline ? 'stop' : 'offline'}
              isBad={isOnline}
              title={say('preferences.unreadable')}
              acts={
                <Button kind="lined" onClick={() => void query.refetch()}>
                  {say('act.tryAgain')}
                </Button>
              }
            >
              {errorInWords(say, query.error)} {say('preferences.unreadable.text')}
            </Blank>
          ) : query.data ? (
            <div className="place-sections preference-sections">
              <LookSection {...sections} />
              <DatesSection {...sections} />
              <LockSection {...sections} />
              <PanesSection {...sections} />
              <PassphraseSection />
            </div>
          ) : isSlow ? (
            <SkeletonLines label={say('state.loading')} lines={8} />
          ) : null}
        </section>
      }
      context={null}
    />
  );
};
