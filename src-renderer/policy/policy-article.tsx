import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { PolicyVersionView } from '#workflows/contract/policy.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useSession } from '../app/session.tsx';
import { BaseChoice, firstBase } from '../approval/base-choice.tsx';
import { ChangeList } from '../approval/change-list.tsx';
import { VersionBar } from '../approval/version-bar.tsx';
import { versionOffers, type ActInput } from '../approval/version-offers.ts';
import { versionSays } from '../approval/version-says.ts';
import { VersionState } from '../approval/version-state.tsx';
import { VersionStrips } from '../approval/version-strips.tsx';
import { Button } from '../design/button.tsx';
import { useNamesInRoles } from '../people/names-in-roles.ts';
import { useWords } from '../words/use-words.ts';
import type { Names } from './condition-words.ts';
import { policyChanges } from './policy-changes.ts';
import { PolicyText } from './policy-text.tsx';

type Decision = ActInput & { readonly review: 'comms' | 'legal' };

const usePolicyCommands = ({ version, contentHash }: PolicyVersionView) => {
  const { mutateAsync: submit } = useCommand(client.policy.submit);
  const { mutateAsync: approve } = useCommand(client.policy.approve);
  const { mutateAsync: requestChanges } = useCommand(client.policy.requestChanges);
  const { mutateAsync: reject } = useCommand(client.policy.reject);
  return useMemo(() => {
    const target = { version, contentHash };
    return {
      submit: () => submit(target),
      approve: ({ review, passphrase }: Decision) =>
        approve({ ...target, review, ...(passphrase === undefined ? {} : { passphrase }) }),
      requestChanges: (decision: Decision) => requestChanges({ ...target, ...decision }),
      reject: (decision: Decision) => reject({ ...target, ...decision }),
    };
  }, [version, contentHash, submit, approve, requestChanges, reject]);
};

/** One version of the policy: in plain words, against another, and what may be done to it. */
export const PolicyArticle = ({
  versions,
  version,
  names,
  mayEdit,
  onOpenDetails,
}: {
  versions: readonly PolicyVersionView[];
  version: PolicyVersionView;
  names: Names;
  mayEdit: boolean;
  onOpenDetails: () => void;
}) => {
  const say = useWords();
  const { session, workspace } = useSession();
  const writers = useNamesInRoles(['comms', 'legal']);
  const commands = usePolicyCommands(version);
  const newest = versions.at(-1)?.version ?? version.version;
  const isNewest = version.version === newest;
  const { content, state } = version;
  const { name } = content;
  const offers = useMemo(
    () => versionOffers({ say, version, kind: 'policy', name, isNewest, mayEdit, commands }),
    [say, version, name, isNewest, mayEdit, commands],
  );
  const others = versions.filter((other) => other.version !== version.version);
  const [chosen, setChosen] = useState<number | null>(() => firstBase(versions, version));
  const base = others.find((other) => other.version === chosen) ?? null;
  const reader = {
    roles: session.person.roles,
    mayEdit,
    writers,
    isReadOnly: workspace.readOnly !== null,
  };
  return (
    <article className="pane reply-pane" aria-label={say('policy.pane')} id="policy" tabIndex={-1}>
      <header className="reply-head lined">
        <div className="grow">
          <h1>{say('policy.pane')}</h1>
          <span className="label cut">
            <bdi>{say('policy.subtitle', { name, version: version.version })}</bdi>
          </span>
        </div>
        <VersionState state={state} />
        <span className="open-context no-print">
          <Button kind="lined" icon="panel" onClick={onOpenDetails}>
            {say('policy.details')}
          </Button>
        </span>
      </header>
      <div className="work">
        <div className="work-strip">
          <VersionStrips
            version={version}
            newest={newest}
            showNewest={
              <Link className="button lined" to="/policy" search={{}}>
                {say('version.showNewest', { version: newest })}
              </Link>
            }
          />
        </div>
        <div className="tools">
          <BaseChoice versions={others} chosen={base?.version ?? null} onChoose={setChosen} />
        </div>
        {base ? (
          <ChangeList
            title={say('policy.changes', { version: base.version })}
            changes={policyChanges(say, base.content, content, names)}
          />
        ) : null}
        <PolicyText content={content} names={names} />
      </div>
      <VersionBar offers={offers} says={versionSays(say, 'policy', version, reader) ?? say(`policy.says.${state}`)} />
    </article>
  );
};
