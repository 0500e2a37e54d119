import { useId } from 'react';

export interface ExportOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint: string;
}

/** One of a few, each with what it means. */
export const ExportChoice = <Value extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: {
  legend: string;
  options: readonly ExportOption<Value>[];
  chosen: Value;
  onChoose: (value: Value) => void;
}) => {
  const id = useId();
  return (
    <fieldset className="export-choice">
      <legend>{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <label key={value}>
          <input
            type="radio"
            name={id}
            checked={value === chosen}
            aria-labelledby={`${id}-${value}-name`}
            aria-describedby={`${id}-${value}`}
            onChange={() => {
              onChoose(value);
            }}
          />
          <span>
            <span id={`${id}-${value}-name`}>{label}</span>
            <span className="label" id={`${id}-${value}`}>
              {hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
};
