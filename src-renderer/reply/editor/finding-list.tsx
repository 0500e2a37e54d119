import type { Finding } from '#workflows/checks/checks.ts';
import type { Slot } from '#workflows/template/template.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { useWords, type Words } from '../../words/use-words.ts';

/** A finding in a sentence; a slot is named by what it asks for. */
export const findingInWords = (say: Words, { message, values }: Finding, slots: readonly Slot[]): string => {
  const key = `check.${message}`;
  if (!say.has(key)) return message;
  const { slot } = values;
  const prompt = slots.find(({ name }) => name === slot)?.prompt;
  return say(key, prompt === undefined ? values : { ...values, slot: prompt });
};

interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly slots: readonly Slot[];
  readonly onReplace: (finding: Finding) => void;
  readonly onKeep: () => void;
}

/** What the checks found, with the reason, the rule, and the better wording a click away. */
export const FindingList = ({ findings, slots, onReplace, onKeep }: FindingListProps) => {
  const say = useWords();
  return (
    <>
      {findings
        // An empty text, and its length, say themselves: by the empty field and the meter.
        .filter(({ check }) => check !== 'empty')
        .map((finding) => (
          <div key={finding.id} className={`finding ${finding.severity}`} role="note">
            <Icon name={finding.severity === 'block' ? 'stop' : 'warn'} />
            <div>
              {findingInWords(say, finding, slots)}
              {finding.rule ? <span className="soft"> {say('check.rule', { rule: finding.rule })}</span> : null}
              {finding.severity === 'warn' ? <span className="soft"> {say('check.mayKeep')}</span> : null}
              <div className="acts">
                {finding.suggestion === null ? null : (
                  <Button
                    kind="lined"
                    size="small"
                    onClick={() => {
                      onReplace(finding);
                    }}
                  >
                    {finding.suggestion === '' ? say('check.remove') : say('check.use', { words: finding.suggestion })}
                  </Button>
                )}
                {finding.severity === 'warn' ? (
                  <Button size="small" onClick={onKeep}>
                    {say('check.keep')}
                  </Button>
                ) : null}
              </div>
            </div>
          </div>
        ))}
    </>
  );
};
