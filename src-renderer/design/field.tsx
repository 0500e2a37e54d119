import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { Icon } from './icon.tsx';

interface FieldFrame {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | null | undefined;
}

const Frame = ({ id, label, hint, problem, children }: FieldFrame & { id: string; children: ReactNode }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    {children}
    {problem ? (
      <span className="problem" id={`${id}-problem`} role="alert">
        <Icon name="stop" size="small" />
        {problem}
      </span>
    ) : hint ? (
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
    ) : null}
  </div>
);

const describedBy = (id: string, { hint, problem }: FieldFrame): string | undefined =>
  problem ? `${id}-problem` : hint ? `${id}-hint` : undefined;

/** A line of text with its label, a hint, and what is wrong with it. */
export const TextField = ({
  label,
  hint,
  problem,
  ref,
  ...rest
}: FieldFrame & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> | undefined }) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <input
        {...rest}
        id={id}
        ref={ref}
        className="input"
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, problem })}
      />
    </Frame>
  );
};

export const TextArea = ({
  label,
  hint,
  problem,
  ref,
  ...rest
}: FieldFrame & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> | undefined }) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <textarea
        dir="auto"
        {...rest}
        id={id}
        ref={ref}
        className="input"
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, problem })}
      />
    </Frame>
  );
};

export const SelectField = ({
  label,
  hint,
  problem,
  children,
  ...rest
}: FieldFrame & SelectHTMLAttributes<HTMLSelectElement>) => {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem}>
      <select {...rest} id={id} className="input" aria-describedby={describedBy(id, { label, hint, problem })}>
        {children}
      </select>
    </Frame>
  );
};
