import { useId } from 'react';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { UNITS, type Span } from './span.ts';

/** A length of time as a number and its unit. */
export const SpanField = ({
  label,
  value,
  onChange,
  problem,
}: {
  label: string;
  value: Span;
  onChange: (span: Span) => void;
  problem: string | null;
}) => {
  const say = useWords();
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="span-field">
        <input
          id={id}
          className="input figure"
          inputMode="numeric"
          autoComplete="off"
          value={value.amount}
          maxLength={6}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? problemId : undefined}
          onChange={(event) => {
            onChange({ ...value, amount: event.currentTarget.value });
          }}
        />
        <select
          className="input"
          aria-label={say('channelForm.unit', { label })}
          value={value.unit}
          onChange={(event) => {
            onChange({ ...value, unit: event.currentTarget.value as Span['unit'] });
          }}
        >
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {say(`channelForm.${unit}`)}
            </option>
          ))}
        </select>
      </div>
      {problem ? (
        <span className="problem" id={problemId} role="alert">
          <Icon name="stop" size="small" />
          {problem}
        </span>
      ) : null}
    </div>
  );
};
