import { versionSearch, type VersionSearch } from '../approval/version-search.ts';

/** By what the list of templates is narrowed: what waits on the reader, or the state of a version. */
export const TEMPLATE_SHOWS = ['mine', 'approved', 'inReview', 'draft', 'rejected', 'expired', 'retired'] as const;

/** What a template's address may carry beside its path. */
export interface TemplatesSearch {
  readonly find?: string;
  readonly show?: (typeof TEMPLATE_SHOWS)[number];
  readonly language?: string;
  readonly channel?: string;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const templatesSearch = ({
  find,
  show,
  language,
  channel,
  ...rest
}: Record<string, unknown>): TemplatesSearch & VersionSearch => {
  const known = TEMPLATE_SHOWS.find((name) => name === show);
  return {
    ...(isText(find) ? { find } : {}),
    ...(known ? { show: known } : {}),
    ...(isText(language) ? { language } : {}),
    ...(isText(channel) ? { channel } : {}),
    ...versionSearch(rest),
  };
};
