import { Link } from '@tanstack/react-router';
import type { LogView } from '#workflows/contract/journal.contract.ts';
import { useWords } from '../words/use-words.ts';
import { viewOf, type LogSearch } from './log-address.ts';

const GROUPS = [
  ['decisions', ['decisions', 'approvals', 'changesRequested', 'rejections', 'recalls']],
  [
    'followed',
    ['published', 'takenDown', 'paused', 'templatesAndPolicy', 'peopleAndKeys', 'holdsAndErasures', 'exportsAndChecks'],
  ],
  ['all', ['everything']],
] as const satisfies readonly (readonly [string, readonly LogView[]])[];

/** The left pane: what the log can be narrowed to, with how much there is under the other filters. */
export const LogViews = ({
  search,
  counts,
}: {
  search: LogSearch;
  counts: Partial<Record<LogView, number>> | null;
}) => {
  const say = useWords();
  const chosen = viewOf(search);
  // A type belongs to its view: another view begins without one.
  const { type: _type, ...rest } = search;
  return (
    <nav className="pane side queue-pane log-views" aria-label={say('log.views')}>
      {GROUPS.map(([group, views]) => (
        <section key={group} aria-labelledby={`log-group-${group}`}>
          <h2 className="label" id={`log-group-${group}`}>
            {say(`log.group.${group}`)}
          </h2>
          <div className="queues">
            {views.map((view) => (
              <Link
                key={view}
                to="/log"
                search={{ ...rest, view }}
                activeOptions={{ exact: true }}
                aria-current={view === chosen ? 'page' : undefined}
              >
                {say(`log.view.${view}`)}
                <span className="figure">{counts?.[view] === undefined ? '' : say.number(counts[view])}</span>
              </Link>
            ))}
          </div>
        </section>
      ))}
    </nav>
  );
};
