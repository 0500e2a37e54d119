import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { DEFAULT_PREFERENCES } from './default-preferences.ts';
import type { SectionProps } from './look-section.tsx';
import { Setting } from './setting.tsx';
import { usePreferences } from './use-preferences.ts';

/** The widths that were drawn, and the way back to the usual ones. */
export const PanesSection = ({ onChange }: SectionProps) => {
  const say = useWords();
  const { queueWidth, contextWidth } = usePreferences();
  const usual = { queueWidth: DEFAULT_PREFERENCES.queueWidth, contextWidth: DEFAULT_PREFERENCES.contextWidth };
  const isUsual = queueWidth === usual.queueWidth && contextWidth === usual.contextWidth;
  return (
    <section className="section" id="panes" tabIndex={-1}>
      <h2>{say('preferences.panes')}</h2>
      <Setting
        title={say('preferences.widths')}
        text={say(isUsual ? 'preferences.widths.usual' : 'preferences.widths.text', {
          queue: queueWidth,
          context: contextWidth,
        })}
      >
        {isUsual ? null : (
          <Button
            kind="lined"
            onClick={() => {
              onChange(usual);
            }}
          >
            {say('preferences.widths.reset')}
          </Button>
        )}
      </Setting>
    </section>
  );
};
