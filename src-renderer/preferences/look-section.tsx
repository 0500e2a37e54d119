import { useColorScheme } from '@mantine/hooks';
import { useWords } from '../words/use-words.ts';
import { usePreferences } from './use-preferences.ts';
import type { Preferences } from './default-preferences.ts';
import { Setting } from './setting.tsx';

export interface SectionProps {
  readonly onChange: (change: Partial<Preferences>) => void;
}

const THEMES = ['system', 'light', 'dark'] as const;

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const KEYS = isMac
  ? { larger: '⌘ +', smaller: '⌘ −', usual: '⌘ 0' }
  : { larger: 'Ctrl +', smaller: 'Ctrl −', usual: 'Ctrl 0' };

/** Light or dark, and how large. */
export const LookSection = ({ onChange }: SectionProps) => {
  const say = useWords();
  const { theme } = usePreferences();
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const now = say(system === 'dark' ? 'preferences.theme.nowDark' : 'preferences.theme.nowLight');
  return (
    <section className="section" id="look" tabIndex={-1}>
      <h2>{say('preferences.look')}</h2>
      <Setting
        title={say('preferences.theme')}
        titleId="theme-title"
        textId="theme-text"
        text={say('preferences.theme.text', { now })}
      >
        <span className="segments" role="group" aria-labelledby="theme-title" aria-describedby="theme-text">
          {THEMES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={theme === each}
              onClick={() => {
                onChange({ theme: each });
              }}
            >
              {say(`preferences.theme.${each}`)}
            </button>
          ))}
        </span>
      </Setting>
      <Setting title={say('preferences.textSize')} text={say('preferences.textSize.text', KEYS)} />
    </section>
  );
};
