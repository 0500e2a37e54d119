import { useMemo, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { WORDS } from '#workflows/words/words.ts';
import { useLocale } from '../preferences/use-preferences.ts';

/** Gives every screen the catalogue, and dates and numbers in the person's locale. The words are English for now. */
export const WordsProvider = ({ children }: { children: ReactNode }) => {
  const locale = useLocale();
  const messages = useMemo(() => WORDS, []);
  return (
    <IntlProvider locale={locale} defaultLocale="en-GB" messages={messages} onError={failLoudly}>
      {children}
    </IntlProvider>
  );
};

/**
 * A missing message is a bug, which must not take the screen away from whoever is working; formatting data of a locale
 * that the browser lacks is none.
 */
const failLoudly = (error: { code: string; message: string }): void => {
  if (error.code === 'MISSING_DATA') return;
  reportError(new Error(error.message));
};
