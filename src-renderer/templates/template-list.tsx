import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TemplateSummary } from '#workflows/contract/template.contract.ts';
import type { TemplateId } from '#workflows/identifiers.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import type { TemplatesSearch } from './templates-search.ts';
import { useOfferActs } from '../app/screen-acts.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonBar, useIsSlow } from '../design/skeleton.tsx';
import { useNamesInRoles } from '../people/names-in-roles.ts';
import { useWords } from '../words/use-words.ts';
import { bareTemplate, NEW_TEMPLATE } from './template-address.ts';
import { filterTemplates, isFiltered } from './template-filter.ts';
import { TemplateFilters } from './template-filters.tsx';
import { TemplateRow } from './template-row.tsx';

/** The list as the desk has it for these words, and what of it is shown. */
export const useTemplateRows = (search: TemplatesSearch) => {
  const query = useQuery({
    ...desk.template.list.queryOptions({ input: { search: search.find ?? '' } }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => filterTemplates(query.data?.templates ?? [], search), [query.data, search]);
  return { query, rows };
};

const SkeletonRows = () => (
  <div aria-hidden="true">
    {[0, 1, 2, 3, 4].map((row) => (
      <div key={row} className="queue-row">
        <div className="line">
          <SkeletonBar width={`${String(150 - row * 14)}px`} />
          <span className="grow" />
          <SkeletonBar width="56px" />
        </div>
        <div className="line" style={{ marginTop: 10 }}>
          <SkeletonBar width={`${String(200 - row * 11)}px`} />
        </div>
      </div>
    ))}
  </div>
);

/** j and k walk through the list, Enter goes into the template, n begins a new one. */
const useKeys = (
  rows: readonly TemplateSummary[],
  chosen: TemplateId | null,
  search: TemplatesSearch,
  mayEdit: boolean,
): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const place = rows.findIndex(({ id }) => id === chosen);
      const next = rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by))];
      if (next) void navigate({ to: '/templates/$template', params: { template: bareTemplate(next.id) }, search });
    },
    [rows, chosen, navigate, search],
  );
  const acts = useMemo(
    () => [
      {
        id: 'next',
        label: say('templates.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'previous',
        label: say('templates.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      {
        id: 'into',
        label: say('templates.into'),
        keys: 'Enter',
        run: () => document.querySelector<HTMLElement>('#template')?.focus(),
      },
      ...(mayEdit
        ? [
            {
              id: 'new',
              label: say('templates.new'),
              keys: 'n',
              run: () => void navigate({ to: '/templates/$template', params: { template: NEW_TEMPLATE }, search }),
            },
          ]
        : []),
    ],
    [walk, say, mayEdit, navigate, search],
  );
  useOfferActs('templates', acts);
};

const SearchField = ({ search }: { search: TemplatesSearch }) => {
  const say = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState(search.find ?? '');
  // Typing goes on undisturbed; the address follows when the hand rests.
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text.trim() === (search.find ?? '')) return;
      const { find: _before, ...rest } = search;
      void navigate({ to: '.', search: text.trim() === '' ? rest : { ...rest, find: text.trim() }, replace: true });
    }, 200);
    return () => {
      clearTimeout(timer);
    };
  }, [text, search, navigate]);
  return (
    <label className="list-find">
      <Icon name="search" size="small" />
      <span className="sr-only">{say('templates.find')}</span>
      <input
        type="search"
        value={text}
        maxLength={200}
        placeholder={say('templates.find')}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
    </label>
  );
};

/** The left pane: search, filters, and the templates with what waits on the reader first. */
export const TemplateList = ({ chosen, search }: { chosen: TemplateId | null; search: TemplatesSearch }) => {
  const say = useWords();
  const navigate = useNavigate();
  const { isOnline } = useConnection();
  const { query, rows } = useTemplateRows(search);
  const isSlow = useIsSlow(query.isPending);
  const writers = useNamesInRoles(['comms', 'legal']);
  const mayEdit = query.data?.mayEdit ?? false;
  useKeys(rows, chosen, search, mayEdit);
  useEffect(() => {
    if (chosen) document.querySelector('.template-rows [aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const total = query.data?.total ?? 0;
  const waitsFor = search.show === 'mine';
  const newTemplate = (): void =>
    void navigate({ to: '/templates/$template', params: { template: NEW_TEMPLATE }, search });
  const clear = (): void => void navigate({ to: '.', search: {} });

  return (
    <nav className="pane side queue-pane" aria-label={say('templates.list')}>
      <div className="list-tools">
        <SearchField key={search.find === undefined ? 'empty' : 'filled'} search={search} />
        <TemplateFilters search={search} templates={query.data?.templates ?? []} />
      </div>
      <div className="list-count">
        <span role="status">
          {isFiltered(search)
            ? say('templates.countOf', { count: rows.length, total })
            : say('templates.count', { count: rows.length })}
        </span>
        {isFiltered(search) ? (
          <button type="button" className="link" onClick={clear}>
            {say('templates.clear')}
          </button>
        ) : null}
      </div>
      {query.isError && !query.data ? (
        <Blank
          icon={isOnline ? 'stop' : 'offline'}
          isBad={isOnline}
          title={say('templates.unreadable')}
          acts={
            <Button kind="lined" onClick={() => void query.refetch()}>
              {say('act.tryAgain')}
            </Button>
          }
        >
          {errorInWords(say, query.error)}
        </Blank>
      ) : query.isPending ? (
        isSlow ? (
          <SkeletonRows />
        ) : (
          <div className="rows" />
        )
      ) : rows.length === 0 ? (
        <Blank
          icon={total === 0 ? 'template' : waitsFor ? 'check-circle' : 'search'}
          title={say(total === 0 ? 'templates.none' : waitsFor ? 'templates.nothingWaits' : 'templates.notFound')}
          acts={
            total === 0 ? (
              mayEdit ? (
                <Button kind="lined" onClick={newTemplate}>
                  {say('templates.new')}
                </Button>
              ) : null
            ) : (
              <Button kind="lined" onClick={clear}>
                {say('templates.clear')}
              </Button>
            )
          }
        >
          {total > 0
            ? say(waitsFor ? 'templates.nothingWaits.text' : 'templates.notFound.text')
            : mayEdit
              ? say('templates.none.text')
              : `${say('templates.none.text')} ${say('templates.none.forOthers', { who: writers })}`}
        </Blank>
      ) : (
        <ul className="rows template-rows" aria-label={say('templates.list')}>
          {rows.map((template) => (
            <li key={template.id}>
              <TemplateRow template={template} isChosen={template.id === chosen} search={search} />
            </li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <div className="queue-foot">
          <Button icon="plus" wide onClick={newTemplate}>
            {say('templates.new')}
            <kbd>n</kbd>
          </Button>
        </div>
      ) : null}
    </nav>
  );
};
