import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TemplateSummary } from '#workflows/contract/template.contract.ts';
import { desk } from '../api/client.ts';
import { TEMPLATE_SHOWS, type TemplatesSearch } from './templates-search.ts';
import { useLanguageName } from '../words/use-language-name.ts';
import { useWords } from '../words/use-words.ts';

type Filter = 'show' | 'language' | 'channel';

/** Narrows the list by state, language and channel. */
export const TemplateFilters = ({
  search,
  templates,
}: {
  search: TemplatesSearch;
  templates: readonly TemplateSummary[];
}) => {
  const say = useWords();
  const navigate = useNavigate();
  const languageName = useLanguageName();
  const channels = useQuery(desk.channel.list.queryOptions()).data?.channels ?? [];
  const languages = [
    ...new Set([...templates.map(({ language }) => language), ...(search.language ? [search.language] : [])]),
  ].sort((a, b) => languageName(a).localeCompare(languageName(b)));
  const options: Readonly<Record<Filter, readonly { readonly value: string; readonly label: string }[]>> = {
    show: TEMPLATE_SHOWS.map((value) => ({
      value,
      label: value === 'mine' ? say('templates.show.mine') : say(`version.state.${value}`),
    })),
    language: languages.map((value) => ({ value, label: languageName(value) })),
    channel: channels.filter(({ isRemoved }) => !isRemoved).map(({ id, name }) => ({ value: id, label: name })),
  };
  const set = (filter: Filter, value: string): void => {
    const { [filter]: _before, ...rest } = search;
    void navigate({ to: '.', search: value === '' ? rest : { ...rest, [filter]: value }, replace: true });
  };
  const words = { show: 'state', language: 'language', channel: 'channel' } as const;
  return (
    <div className="list-filters" role="group" aria-label={say('templates.filters')}>
      {(['show', 'language', 'channel'] as const).map((filter) => (
        <select
          key={filter}
          className={`input ${search[filter] === undefined ? '' : 'set'}`}
          aria-label={say(`templates.filter.${words[filter]}`)}
          value={search[filter] ?? ''}
          onChange={(event) => {
            set(filter, event.currentTarget.value);
          }}
        >
          <option value="">{say(`templates.any.${words[filter]}`)}</option>
          {options[filter].map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ))}
    </div>
  );
};
