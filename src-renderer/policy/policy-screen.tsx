import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { PolicyVersionView } from '#workflows/contract/policy.contract.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { useOfferActs } from '../app/screen-acts.tsx';
import { VersionHistory } from '../approval/version-history.tsx';
import type { VersionSearch } from '../approval/version-search.ts';
import { Button } from '../design/button.tsx';
import { Blank, Strip } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { PolicyArticle } from './policy-article.tsx';
import { PolicyDetails } from './policy-details.tsx';
import { PolicyText } from './policy-text.tsx';
import { usePolicyNames } from './use-policy-names.ts';
import '../approval/approval.css';
import './policy.css';

const SECTIONS = ['routes', 'time', 'signing', 'terms'] as const;

const jump = (section: string): void => {
  const target = document.querySelector(`#policy-${section}`);
  target?.scrollIntoView({ block: 'start' });
  const heading = target?.querySelector<HTMLElement>('h2');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};

/** The left pane: versions, and the sections of the one that is shown. */
const PolicyNav = ({ versions, shown }: { versions: readonly PolicyVersionView[]; shown: number | null }) => {
  const say = useWords();
  return (
    <nav className="pane side queue-pane policy-nav" aria-label={say('policy.versions')}>
      {versions.length === 0 ? (
        <section className="section">
          <h2>{say('policy.noVersions')}</h2>
          <p className="soft">{say('policy.noVersions.text')}</p>
        </section>
      ) : (
        <VersionHistory
          versions={versions}
          link={(version, children) => (
            <Link to="/policy" search={{ version }} aria-current={version === shown ? 'true' : undefined}>
              {children}
            </Link>
          )}
        />
      )}
      <section className="section">
        <h2>{say('policy.sections')}</h2>
        <ul>
          {SECTIONS.map((section) => (
            <li key={section}>
              <Button
                flush
                onClick={() => {
                  jump(section);
                }}
              >
                {say(`policy.${section}`)}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </nav>
  );
};

/** j and k walk through the versions. */
const useKeys = (versions: readonly PolicyVersionView[], shown: number | null): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const next = versions.find(({ version }) => version === (shown ?? 0) + by);
      if (next) void navigate({ to: '/policy', search: { version: next.version } });
    },
    [versions, shown, navigate],
  );
  const acts = useMemo(
    () =>
      ([-1, 1] as const).map((by) => ({
        id: by < 0 ? 'older' : 'newer',
        label: say(by < 0 ? 'policy.older' : 'policy.newer'),
        keys: by < 0 ? 'j' : 'k',
        run: () => {
          walk(by);
        },
      })),
    [say, walk],
  );
  useOfferActs('policy', acts);
};

const Pane = ({ children }: { children: ReactNode }) => {
  const say = useWords();
  return (
    <section className="pane reply-pane" aria-label={say('policy.pane')}>
      {children}
    </section>
  );
};

/** By which rules replies are approved, in plain words, and how those rules came about. */
export const PolicyScreen = () => {
  const say = useWords();
  const { isOnline } = useConnection();
  const { version: wanted }: VersionSearch = useSearch({ strict: false });
  const query = useQuery(desk.policy.get.queryOptions());
  const isSlow = useIsSlow(query.isPending);
  const [isOpen, setIsOpen] = useState(false);
  const view = query.data;
  const versions = useMemo(() => view?.versions ?? [], [view]);
  // What waits to be decided is what one comes for; else the newest.
  const shown = versions.find(({ version }) => version === wanted) ?? versions.at(-1) ?? null;
  useKeys(versions, shown?.version ?? null);
  const names = usePolicyNames(view?.channelNames);
  const nav = <PolicyNav versions={versions} shown={shown?.version ?? null} />;
  if (!view)
    return (
      <Panes
        queue={nav}
        main={
          <Pane>
            <h1 className="sr-only">{say('policy.pane')}</h1>
            {query.isError ? (
              <Blank
                icon={isOnline ? 'stop' : 'offline'}
                isBad={isOnline}
                title={say('policy.unreadable')}
                acts={
                  <Button kind="lined" onClick={() => void query.refetch()}>
                    {say('act.tryAgain')}
                  </Button>
                }
              >
                {errorInWords(say, query.error)}
              </Blank>
            ) : isSlow ? (
              <SkeletonLines label={say('state.loading')} lines={9} />
            ) : null}
          </Pane>
        }
        context={null}
      />
    );
  if (!shown)
    return (
      <Panes
        queue={nav}
        main={
          <Pane>
            <header className="reply-head lined">
              <div className="grow">
                <h1>{say('policy.pane')}</h1>
                <span className="label cut">{say('policy.default')}</span>
              </div>
            </header>
            <div className="work">
              <div className="work-strip">
                <Strip icon="shield" title={say('policy.default')}>
                  {say('policy.default.text')}
                </Strip>
              </div>
              <PolicyText content={view.inForce.content} names={names} />
            </div>
          </Pane>
        }
        context={null}
      />
    );
  return (
    <Panes
      queue={nav}
      main={
        <PolicyArticle
          key={`${String(shown.version)} ${shown.state}`}
          versions={versions}
          version={shown}
          names={names}
          mayEdit={view.mayEdit}
          onOpenDetails={() => {
            setIsOpen(true);
          }}
        />
      }
      context={
        <PolicyDetails
          version={shown}
          isOpen={isOpen}
          onClose={() => {
            setIsOpen(false);
          }}
        />
      }
    />
  );
};
