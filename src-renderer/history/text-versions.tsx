import { useQuery } from '@tanstack/react-query';
import type { TextVersion } from '#workflows/contract/history.contract.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { useWords } from '../words/use-words.ts';
import type { PastSearch } from './past-address.ts';
import { pastVersionsOptions } from './past-queries.ts';
import { PastWaiting } from './past-states.tsx';
import { VersionProof } from './version-proof.tsx';

const VersionList = ({
  versions,
  shown,
  onShow,
}: {
  versions: readonly TextVersion[];
  shown: number;
  onShow: (revision: number) => void;
}) => {
  const say = useWords();
  return (
    <ol className="version-list" aria-label={say('history.versions')}>
      {versions.map(({ revision, by, at, operation, content }) => (
        <li key={revision}>
          <button
            type="button"
            aria-pressed={revision === shown}
            onClick={() => {
              onShow(revision);
            }}
          >
            <span className="line">
              <b className="grow">{say('history.version', { revision })}</b>
              {content ? null : (
                <span className="state label">
                  <Icon name="lock" size="small" />
                  {say('history.version.erased.short')}
                </span>
              )}
            </span>
            {operation === 'reply' ? null : <span>{say(`history.version.operation.${operation as 'correct'}`)}</span>}
            <span className="label">{say('history.version.by', { who: by.name, at: say.moment(at) })}</span>
          </button>
        </li>
      ))}
    </ol>
  );
};

/** Every version of a reply's text that there was by then, byte for byte, and any two of them against each other. */
export const TextVersions = ({
  asOf,
  view,
  search,
  onChange,
}: {
  asOf: number;
  view: ReplyView;
  search: PastSearch;
  onChange: (search: PastSearch) => void;
}) => {
  const say = useWords();
  const query = useQuery(pastVersionsOptions(asOf, view.id));
  if (query.isError && !query.data)
    return (
      <Blank
        icon="stop"
        isBad
        title={say('history.unreadable')}
        acts={
          <Button kind="lined" onClick={() => void query.refetch()}>
            {say('act.tryAgain')}
          </Button>
        }
      >
        {errorInWords(say, query.error)}
      </Blank>
    );
  if (!query.data) return <PastWaiting asOf={asOf} lines={5} />;
  const { versions } = query.data;
  const shown = versions.find(({ revision }) => revision === search.version) ?? versions.at(-1);
  if (!shown) return <p className="soft fit">{say('history.versions.none')}</p>;
  const others = versions.filter(({ revision }) => revision !== shown.revision);
  const base = others.find(({ revision }) => revision === search.base) ?? null;
  const { version: _version, base: _base, ...rest } = search;
  const show = (version: number, compared: number | null): void => {
    onChange({ ...rest, version, ...(compared === null || compared === version ? {} : { base: compared }) });
  };
  return (
    <div className="text-versions">
      <VersionList
        versions={versions}
        shown={shown.revision}
        onShow={(revision) => {
          show(revision, base?.revision ?? null);
        }}
      />
      <VersionProof
        key={shown.revision}
        version={shown}
        base={base}
        others={others}
        language={view.post?.language ?? null}
        onCompare={(revision) => {
          show(shown.revision, revision);
        }}
      />
    </div>
  );
};
