import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DEFAULT_PREFERENCES, type Preferences } from './default-preferences.ts';
import { desk } from '../api/client.ts';

/** What this machine and this person prefer; the defaults until they are read. */
export const usePreferences = (): Preferences =>
  useQuery(desk.preferences.get.queryOptions()).data ?? DEFAULT_PREFERENCES;

/** Changes preferences; they apply at once, and are taken back where they could not be kept. */
export const useSetPreferences = () => {
  const queries = useQueryClient();
  const key = desk.preferences.get.queryKey();
  return useMutation({
    ...desk.preferences.set.mutationOptions(),
    onMutate: (change) => {
      const before = queries.getQueryData<Preferences>(key);
      queries.setQueryData(key, { ...(before ?? DEFAULT_PREFERENCES), ...(change as Partial<Preferences>) });
      return { before };
    },
    onError: (_error, _change, kept) => {
      if (kept?.before) queries.setQueryData(key, kept.before);
      void queries.invalidateQueries({ queryKey: key });
    },
  });
};

/** BCP 47 tag by which dates and numbers are written. */
export const useLocale = (): string => {
  const { locale } = usePreferences();
  return locale === 'system' ? navigator.language : locale;
};
