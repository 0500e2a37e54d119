import type { TemplateSummary } from '#workflows/contract/template.contract.ts';
import type { TemplatesSearch } from './templates-search.ts';

/** What is listed, besides the words that are searched for: the desk itself finds those. */
export const filterTemplates = (
  templates: readonly TemplateSummary[],
  { show, language, channel }: TemplatesSearch,
): TemplateSummary[] => {
  const isShown = (template: TemplateSummary): boolean => {
    if (show === 'mine' && !template.waitsOnMe) return false;
    if (show !== undefined && show !== 'mine' && !statesOf(template).includes(show)) return false;
    if (language !== undefined && template.language !== language) return false;
    return channel === undefined || template.channels === null || template.channels.some((id) => id === channel);
  };
  // What waits on the reader comes first; else the desk's order stays.
  return templates.filter(isShown).sort((a, b) => Number(b.waitsOnMe) - Number(a.waitsOnMe));
};

/** A template may be in force in one version and drafted or in review in the next. */
const statesOf = ({ approvedVersion, newestState }: TemplateSummary): TemplateSummary['newestState'][] =>
  approvedVersion === null || newestState === 'approved' ? [newestState] : ['approved', newestState];

/** Whether anything narrows the list. */
export const isFiltered = ({ find, show, language, channel }: TemplatesSearch): boolean =>
  [find, show, language, channel].some((value) => value !== undefined);
