import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState, type ReactNode } from 'react';
import type { TemplateId } from '#workflows/identifiers.ts';
import { desk } from '../api/client.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import type { VersionSearch } from '../approval/version-search.ts';
import type { TemplatesSearch } from './templates-search.ts';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useNamesInRoles } from '../people/names-in-roles.ts';
import { useWords } from '../words/use-words.ts';
import { bareTemplate, NEW_TEMPLATE } from './template-address.ts';
import { TemplateArticle } from './template-article.tsx';
import { TemplateContext } from './template-context.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { TemplateList, useTemplateRows } from './template-list.tsx';
import { useHasUnsaved } from './use-template-draft.ts';
import '../approval/approval.css';
import './templates.css';

const Pane = ({ children }: { children: ReactNode }) => {
  const say = useWords();
  return (
    <section className="pane reply-pane" aria-label={say('templates.pane')}>
      <h1 className="sr-only">{say('templates.list')}</h1>
      {children}
    </section>
  );
};

/** The middle while no template is open; what waits on the reader is one press away. */
const NoneChosen = ({ search }: { search: TemplatesSearch }) => {
  const say = useWords();
  const waiting = useOverview()?.templatesToApprove ?? 0;
  const first = useTemplateRows({}).rows.find(({ waitsOnMe }) => waitsOnMe);
  return (
    <Pane>
      {waiting > 0 && first ? (
        <Blank
          icon="dot"
          title={say('templates.waiting', { count: waiting })}
          acts={
            <Link
              className="button lined"
              to="/templates/$template"
              params={{ template: bareTemplate(first.id) }}
              search={search}
            >
              {say('templates.showFirst')}
            </Link>
          }
        >
          {say('templates.waiting.text')}
        </Blank>
      ) : (
        <Blank icon="template" title={say('templates.choose')}>
          {say('templates.choose.text')}
        </Blank>
      )}
    </Pane>
  );
};

const Failed = ({ error, onRetry, search }: { error: unknown; onRetry: () => void; search: TemplatesSearch }) => {
  const say = useWords();
  const { code } = toDeskError(error);
  const isGone = code === 'NOT_FOUND' || code === 'INVALID_INPUT';
  return (
    <Pane>
      <Blank
        icon={isGone ? 'search' : 'stop'}
        isBad={!isGone}
        title={say(isGone ? 'templates.gone' : 'templates.oneUnreadable')}
        acts={
          isGone ? (
            <Link className="button lined" to="/templates" search={search}>
              {say('templates.back')}
            </Link>
          ) : (
            <Button kind="lined" onClick={onRetry}>
              {say('act.tryAgain')}
            </Button>
          )
        }
      >
        {isGone ? say('refusal.templateNotFound') : errorInWords(say, error)}
      </Blank>
    </Pane>
  );
};

const NewTemplate = ({ list, search }: { list: ReactNode; search: TemplatesSearch }) => {
  const say = useWords();
  const navigate = useNavigate();
  const mayEdit = useQuery(desk.template.list.queryOptions({ input: { search: '' } })).data?.mayEdit;
  const writers = useNamesInRoles(['comms', 'legal']);
  const main =
    mayEdit === undefined ? null : mayEdit ? (
      <TemplateEditor
        template={null}
        newest={null}
        onDone={(id) => void navigate({ to: '/templates/$template', params: { template: bareTemplate(id) }, search })}
        onCancel={() => void navigate({ to: '/templates', search })}
      />
    ) : (
      <Pane>
        <Blank
          icon="lock"
          title={say('templates.edit.forbidden')}
          acts={
            <Link className="button lined" to="/templates" search={search}>
              {say('templates.back')}
            </Link>
          }
        >
          {say('templates.edit.forbidden.text', { who: writers })}
        </Blank>
      </Pane>
    );
  return <Panes queue={list} main={main} context={null} />;
};

const OpenTemplate = ({
  template,
  list,
  search,
  shown,
}: {
  template: TemplateId;
  list: ReactNode;
  search: TemplatesSearch;
  shown: number | undefined;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const query = useQuery(desk.template.get.queryOptions({ input: { template } }));
  const isSlow = useIsSlow(query.isPending);
  const [isDetailsOpen, setIsDetailsOpen] = useState(false);
  // What was left unsaved is taken up where it was.
  const hasUnsaved = useHasUnsaved(template);
  const [wantsToEdit, setWantsToEdit] = useState(hasUnsaved);
  const onEdit = useCallback(() => {
    setWantsToEdit(true);
  }, []);
  const view = query.data;
  const newest = view?.versions.at(-1);
  if (!view || !newest)
    return (
      <Panes
        queue={list}
        main={
          query.isError ? (
            <Failed error={query.error} onRetry={() => void query.refetch()} search={search} />
          ) : (
            <Pane>{isSlow ? <SkeletonLines label={say('state.loading')} lines={9} /> : null}</Pane>
          )
        }
        context={null}
      />
    );
  const version = view.versions.find((entry) => entry.version === shown) ?? newest;
  const isEditing = wantsToEdit && view.mayEdit;
  const showNewest = (): void =>
    void navigate({ to: '/templates/$template', params: { template: bareTemplate(template) }, search });
  return (
    <Panes
      queue={list}
      main={
        isEditing ? (
          <TemplateEditor
            template={template}
            newest={newest}
            onDone={() => {
              setWantsToEdit(false);
              showNewest();
            }}
            onCancel={() => {
              setWantsToEdit(false);
            }}
          />
        ) : (
          <TemplateArticle
            view={view}
            version={version}
            search={search}
            onEdit={onEdit}
            onOpenDetails={() => {
              setIsDetailsOpen(true);
            }}
          />
        )
      }
      context={
        <TemplateContext
          view={view}
          version={version}
          search={search}
          isOpen={isDetailsOpen && !isEditing}
          onClose={() => {
            setIsDetailsOpen(false);
          }}
        />
      }
    />
  );
};

/** Approved wording: what there is, how each version stands, and what waits on the reader. */
export const TemplatesScreen = () => {
  const { template } = useParams({ strict: false });
  const { version, ...search }: TemplatesSearch & VersionSearch = useSearch({ strict: false });
  const id: TemplateId | null = template === undefined || template === NEW_TEMPLATE ? null : `template/${template}`;
  const list = <TemplateList chosen={id} search={search} />;
  if (template === NEW_TEMPLATE) return <NewTemplate list={list} search={search} />;
  if (id === null) return <Panes queue={list} main={<NoneChosen search={search} />} context={null} />;
  return <OpenTemplate key={id} template={id} list={list} search={search} shown={version} />;
};
