import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PolicyVersionView } from '#workflows/contract/policy.contract.ts';
import { BaseChoice } from '../approval/base-choice.tsx';
import { ChangeList } from '../approval/change-list.tsx';
import { VersionHistory } from '../approval/version-history.tsx';
import { VersionState } from '../approval/version-state.tsx';
import { Button } from '../design/button.tsx';
import { Strip } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { policyChanges } from '../policy/policy-changes.ts';
import { PolicyDetails } from '../policy/policy-details.tsx';
import { PolicyText } from '../policy/policy-text.tsx';
import { usePolicyNames } from '../policy/use-policy-names.ts';
import { useWords } from '../words/use-words.ts';
import type { PastPaneProps } from './past-desk.tsx';
import { PastPlaces } from './past-places.tsx';
import { pastPolicyOptions } from './past-queries.ts';
import { PastFailed, PastWaiting } from './past-states.tsx';
import type { Past } from './past.tsx';

const Versions = ({
  past,
  versions,
  shown,
}: {
  past: Past;
  versions: readonly PolicyVersionView[];
  shown: number | null;
}) => {
  const say = useWords();
  return (
    <nav className="pane side queue-pane policy-nav" aria-label={say('policy.versions')}>
      <PastPlaces past={past} isPolicy />
      {versions.length === 0 ? null : (
        <VersionHistory
          versions={versions}
          link={(version, children) => (
            <Link
              to="/as-of/$moment/policy"
              params={{ moment: String(past.asOf) }}
              search={{ version }}
              aria-current={version === shown ? 'true' : undefined}
            >
              {children}
            </Link>
          )}
        />
      )}
    </nav>
  );
};

/** The policy that was in force then, and the versions that there were. */
export const PastPolicy = ({ past, search, newest, onTravel, hasDrawer, onDrawer }: PastPaneProps) => {
  const say = useWords();
  const query = useQuery(pastPolicyOptions(past.asOf));
  const view = query.data;
  const versions = useMemo(() => view?.versions ?? [], [view]);
  const names = usePolicyNames(view?.channelNames);
  const navigate = useNavigate();
  const inForce = view?.inForce ?? null;
  const shown =
    versions.find(({ version }) => version === search.version) ??
    versions.find(({ version }) => version === inForce?.version) ??
    null;
  const nav = <Versions past={past} versions={versions} shown={shown?.version ?? null} />;
  if (!inForce)
    return (
      <Panes
        queue={nav}
        main={
          <section className="pane reply-pane" aria-label={say('policy.pane')} tabIndex={-1}>
            <h1 className="sr-only">{say('policy.pane')}</h1>
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
  const content = shown?.content ?? inForce.content;
  const isInForce = shown === null || shown.version === inForce.version;
  const others = versions.filter(({ version }) => version !== shown?.version);
  const base = others.find(({ version }) => version === search.base) ?? null;
  const compareWith = (version: number | null): void => {
    const { base: _base, ...rest } = search;
    const next = version === null ? rest : { ...rest, base: version };
    void navigate({ to: '/as-of/$moment/policy', params: { moment: String(past.asOf) }, search: next, replace: true });
  };
  const subtitle = { name: content.name, version: shown?.version ?? inForce.version };
  return (
    <Panes
      queue={nav}
      main={
        <article className="pane reply-pane" aria-label={say('policy.pane')} id="policy" tabIndex={-1}>
          <header className="reply-head lined">
            <div className="grow">
              <h1>{say('policy.pane')}</h1>
              <span className="label cut">
                <bdi>
                  {shown
                    ? say(isInForce ? 'history.policy.shown' : 'history.policy.other', subtitle)
                    : say('history.policy.default')}
                </bdi>
              </span>
            </div>
            {shown ? <VersionState state={shown.state} /> : null}
            {shown ? (
              <span className="open-context no-print">
                <Button
                  kind="lined"
                  icon="panel"
                  onClick={() => {
                    onDrawer(true);
                  }}
                >
                  {say('policy.details')}
                </Button>
              </span>
            ) : null}
          </header>
          <div className="work">
            <div className="work-strip">
              {isInForce ? null : (
                <Strip
                  icon="fork"
                  title={
                    inForce.version === 0
                      ? say('history.policy.default')
                      : say('history.policy.inForce', { version: inForce.version })
                  }
                  acts={
                    inForce.version === 0 ? null : (
                      <Link className="button lined" to="/as-of/$moment/policy" params={{ moment: String(past.asOf) }}>
                        {say('history.policy.showInForce')}
                      </Link>
                    )
                  }
                />
              )}
              {shown === null ? (
                <Strip icon="shield" title={say('history.policy.default')}>
                  {say('policy.default.text')}
                </Strip>
              ) : null}
            </div>
            {shown ? (
              <div className="tools">
                <BaseChoice versions={others} chosen={base?.version ?? null} onChoose={compareWith} />
              </div>
            ) : null}
            {base ? (
              <ChangeList
                title={say('policy.changes', { version: base.version })}
                changes={policyChanges(say, base.content, content, names)}
              />
            ) : null}
            <PolicyText content={content} names={names} />
          </div>
        </article>
      }
      context={
        shown ? (
          <PolicyDetails
            version={shown}
            isOpen={hasDrawer}
            onClose={() => {
              onDrawer(false);
            }}
          />
        ) : null
      }
    />
  );
};
