import { useWords } from '../words/use-words.ts';
import { minutesOf, type PromiseSpans } from './span.ts';
import { SpanField } from './span-field.tsx';

/** What the company promises on a channel. */
export const PromiseFields = ({
  value,
  onChange,
}: {
  value: PromiseSpans;
  onChange: (promise: PromiseSpans) => void;
}) => {
  const say = useWords();
  const acknowledge = minutesOf(value.acknowledge);
  const answer = minutesOf(value.answer);
  const isEarlier = acknowledge !== null && answer !== null && answer < acknowledge;
  return (
    <fieldset className="field-group">
      <legend>{say('channelForm.promise')}</legend>
      <div className="field-pair">
        <SpanField
          label={say('channelForm.acknowledge')}
          value={value.acknowledge}
          problem={acknowledge === null ? say('channelForm.span.notNumber') : null}
          onChange={(span) => {
            onChange({ ...value, acknowledge: span });
          }}
        />
        <SpanField
          label={say('channelForm.answer')}
          value={value.answer}
          problem={
            answer === null ? say('channelForm.span.notNumber') : isEarlier ? say('channelForm.span.order') : null
          }
          onChange={(span) => {
            onChange({ ...value, answer: span });
          }}
        />
      </div>
    </fieldset>
  );
};
