import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useSession } from '../app/session.tsx';
import type { TemplatesSearch } from './templates-search.ts';
import { BaseChoice, firstBase } from '../approval/base-choice.tsx';
import { ChangeList } from '../approval/change-list.tsx';
import { VersionBar } from '../approval/version-bar.tsx';
import { versionOffers } from '../approval/version-offers.ts';
import { VersionState } from '../approval/version-state.tsx';
import { VersionStrips } from '../approval/version-strips.tsx';
import { Button } from '../design/button.tsx';
import { useNamesInRoles } from '../people/names-in-roles.ts';
import { DiffText } from '../reply/compare/compare-view.tsx';
import { useWords } from '../words/use-words.ts';
import { SlotTable } from './slot-table.tsx';
import { bareTemplate } from './template-address.ts';
import { contentChanges, diffWordings } from './template-changes.ts';
import { templateSays, type TemplateView } from './template-screen-parts.ts';
import { TemplateText } from './template-text.tsx';
import { useFactWords } from './use-fact-words.ts';

const useTemplateCommands = (view: TemplateView, { version, contentHash }: TemplateVersionView, onEdit: () => void) => {
  const { mutateAsync: submit } = useCommand(client.template.submit);
  const { mutateAsync: approve } = useCommand(client.template.approve);
  const { mutateAsync: requestChanges } = useCommand(client.template.requestChanges);
  const { mutateAsync: reject } = useCommand(client.template.reject);
  const { mutateAsync: retire } = useCommand(client.template.retire);
  const { id } = view;
  return useMemo(() => {
    const target = { template: id, version };
    return {
      submit: () => submit({ ...target, contentHash }),
      approve: ({ review, passphrase }: Parameters<Decide>[0]) =>
        approve({ ...target, contentHash, review, ...(passphrase === undefined ? {} : { passphrase }) }),
      requestChanges: (input: Parameters<Decide>[0]) => requestChanges({ ...target, contentHash, ...input }),
      reject: (input: Parameters<Decide>[0]) => reject({ ...target, contentHash, ...input }),
      retire: (input: { reason: string; passphrase?: string }) => retire({ ...target, ...input }),
      edit: onEdit,
    };
  }, [id, version, contentHash, submit, approve, requestChanges, reject, retire, onEdit]);
};
type Decide = (input: { review: 'comms' | 'legal'; reason: string; passphrase?: string }) => void;

const Wording = ({ view, version }: { view: TemplateView; version: TemplateVersionView }) => {
  const say = useWords();
  const words = useFactWords();
  const [showsExamples, setShowsExamples] = useState(false);
  const others = view.versions.filter((other) => other.version !== version.version);
  const [chosen, setChosen] = useState<number | null>(() => firstBase(view.versions, version));
  const base = others.find((other) => other.version === chosen) ?? null;
  const { content } = version;
  return (
    <>
      <div className="tools">
        {base ? null : (
          <span className="segments" role="group" aria-label={say('templates.show')}>
            {[false, true].map((examples) => (
              <button
                key={String(examples)}
                type="button"
                aria-pressed={showsExamples === examples}
                onClick={() => {
                  setShowsExamples(examples);
                }}
              >
                {say(examples ? 'templates.examples' : 'templates.slots')}
              </button>
            ))}
          </span>
        )}
        <BaseChoice versions={others} chosen={base?.version ?? null} onChoose={setChosen} />
      </div>
      {base ? (
        <>
          <p className="read" dir="auto" lang={content.language} data-testid="compare">
            <DiffText parts={diffWordings(base.content, content)} />
          </p>
          <ChangeList title={say('version.changes')} changes={contentChanges(say, base.content, content, words)} />
        </>
      ) : (
        <TemplateText content={content} showsExamples={showsExamples} />
      )}
      <SlotTable content={content} />
    </>
  );
};

/** One version of a template: how it stands, its wording, its slots, and what may be done to it. */
export const TemplateArticle = ({
  view,
  version,
  search,
  onEdit,
  onOpenDetails,
}: {
  view: TemplateView;
  version: TemplateVersionView;
  search: TemplatesSearch;
  onEdit: () => void;
  onOpenDetails: () => void;
}) => {
  const say = useWords();
  const words = useFactWords();
  const { session, workspace } = useSession();
  const { roles } = session.person;
  const writers = useNamesInRoles(['comms', 'legal']);
  const commands = useTemplateCommands(view, version, onEdit);
  const { content } = version;
  const newest = view.versions.at(-1)?.version ?? version.version;
  const isNewest = version.version === newest;
  const { mayEdit } = view;
  const { name } = content;
  const offers = useMemo(
    () => versionOffers({ say, version, kind: 'template', name, isNewest, mayEdit, commands }),
    [say, version, name, isNewest, mayEdit, commands],
  );
  return (
    <article className="pane reply-pane" aria-label={say('templates.pane')} id="template" tabIndex={-1}>
      <header className="reply-head lined">
        <div className="grow">
          <h1 className="cut" title={name}>
            <bdi>{name}</bdi>
          </h1>
          <span className="label cut">
            {say('templates.subtitle', {
              language: words.language(content.language),
              channels: words.channels(content.channels),
              version: version.version,
            })}
          </span>
        </div>
        <VersionState state={version.state} />
        <span className="open-context no-print">
          <Button kind="lined" icon="panel" onClick={onOpenDetails}>
            {say('templates.details')}
          </Button>
        </span>
      </header>
      <div className="work">
        <div className="work-strip">
          <VersionStrips
            version={version}
            newest={newest}
            showNewest={
              <Link
                className="button lined"
                to="/templates/$template"
                params={{ template: bareTemplate(view.id) }}
                search={search}
              >
                {say('version.showNewest', { version: newest })}
              </Link>
            }
          />
        </div>
        <Wording key={`${String(version.version)} ${version.state}`} view={view} version={version} />
      </div>
      <VersionBar
        offers={offers}
        says={templateSays(say, version, { roles, mayEdit, writers, isReadOnly: workspace.readOnly !== null })}
      />
    </article>
  );
};
