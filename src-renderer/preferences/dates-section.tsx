import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useNow } from '../words/use-now.ts';
import { useWords } from '../words/use-words.ts';
import type { Preferences } from './default-preferences.ts';
import type { SectionProps } from './look-section.tsx';
import { Setting } from './setting.tsx';
import { usePreferences } from './use-preferences.ts';

const LOCALES = ['en-GB', 'en-US', 'de-DE', 'fr-FR'] as const;

/** Long enough to show how thousands are parted. */
const EXAMPLE_COUNT = 12_480;

/** How dates and numbers are written; the words are English for now. */
export const DatesSection = ({ onChange }: SectionProps) => {
  const say = useWords();
  const { locale: shown } = useIntl();
  const { locale } = usePreferences();
  const now = new Date(useNow()).toISOString();
  const nameOf = useMemo(() => {
    const names = new Intl.DisplayNames([shown, 'en'], { type: 'language' });
    return (tag: string): string => names.of(tag) ?? tag;
  }, [shown]);
  return (
    <section className="section" id="dates" tabIndex={-1}>
      <h2>{say('preferences.dates')}</h2>
      <Setting
        title={say('preferences.locale')}
        titleId="locale-title"
        textId="locale-text"
        text={say('preferences.locale.text', {
          date: `${say.date(now)}, ${say.clock(now)}`,
          number: say.number(EXAMPLE_COUNT),
        })}
      >
        <select
          className="input"
          aria-labelledby="locale-title"
          aria-describedby="locale-text"
          value={locale}
          onChange={(event) => {
            onChange({ locale: event.currentTarget.value as Preferences['locale'] });
          }}
        >
          <option value="system">{say('preferences.locale.system', { name: nameOf(navigator.language) })}</option>
          {LOCALES.map((tag) => (
            <option key={tag} value={tag}>
              {nameOf(tag)}
            </option>
          ))}
        </select>
      </Setting>
    </section>
  );
};
