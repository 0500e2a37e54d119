import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/** The name of a language in the reader's own, from its tag: “German”; a tag that has no name stays itself. */
export const useLanguageName = (): ((tag: string) => string) => {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale, 'en'], { type: 'language' });
    return (tag) => {
      try {
        return names.of(tag) ?? tag;
      } catch {
        return tag;
      }
    };
  }, [locale]);
};
