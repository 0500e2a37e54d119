import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DEFAULT_PREFERENCES, type Preferences } from './default-preferences.ts';
import { desk } from '../api/client.ts';

/** What this machine and this person prefer; the defaults until they are read. */
export const usePreferences = (): Preferences =>
  useQuery(desk.preferences.get.queryOptions()).data ?? DEFAULT_PREFERENCES;

/** Changes preferences; they apply at once. */
export const useSetPreferences = () => {
  const queries = useQueryClient();
  return useMutation({
    ...desk.preferences.set.mutationOptions(),
    onMutate: (change) => {
      const key = desk.preferences.get.queryKey();
      const before = queries.getQueryData<Preferences>(key) ?? DEFAULT_PREFERENCES;
      queries.setQueryData(key, { ...before, ...(change as Partial<Preferences>) });
    },
  });
};

/** BCP 47 tag by which dates and numbers are written. */
export const useLocale = (): string => {
  const { locale } = usePreferences();
  return locale === 'system' ? navigator.language : locale;
};
