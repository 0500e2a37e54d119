import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import { useWords } from '../words/use-words.ts';
import { Icon, type IconName } from './icon.tsx';

/** Where the hand goes next: a field that must be filled, else the passphrase, else the button that confirms. */
const focusFirst = (form: HTMLFormElement | null, fields: string): void => {
  // The button that confirms stands on the bar, outside the form that it belongs to.
  const confirming = form === null ? undefined : [...form.elements].find((element) => !form.contains(element));
  const next = form?.querySelector<HTMLElement>(fields) ?? confirming;
  if (next instanceof HTMLElement) next.focus();
};

/**
 * Directly above the bar: what an act says, what it asks for, and who confirms. It moves no button; Esc closes it, and
 * Ctrl+Enter confirms. The button that confirms names the form by its id.
 */
export const ActForm = ({
  formId,
  act,
  icon,
  title,
  meaning,
  problem,
  confirmation,
  focus = 'textarea, input, select, button',
  onSubmit,
  onCancel,
  children,
}: {
  formId: string;
  /** What is asked for; another act begins with the focus anew. */
  act: string;
  icon: IconName;
  title: string;
  meaning: ReactNode;
  problem: string | null;
  /** Stands to the right: the passphrase, where one is asked for. */
  confirmation: ReactNode;
  /** Selector of what takes the focus. */
  focus?: string;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}) => {
  const say = useWords();
  const panel = useRef<HTMLFormElement>(null);
  const titleId = useId();
  useEffect(() => {
    focusFirst(panel.current, focus);
  }, [act, focus]);
  useEffect(() => {
    // Wherever the hand is: on a field, on the button that confirms, or nowhere.
    const onEscape = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      onCancel();
    };
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('keydown', onEscape);
    };
  }, [onCancel]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <form
      className="act-panel"
      id={formId}
      ref={panel}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div>
        <h2 id={titleId}>
          <Icon name={icon} />
          {title}
        </h2>
        {meaning}
        <div className="fields first">
          {children}
          {problem ? (
            <p className="bad" role="alert">
              {problem}
            </p>
          ) : null}
        </div>
      </div>
      <div className="fields">
        <span className="label escape">{say('sign.escape')}</span>
        {confirmation}
      </div>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
    </form>
  );
};
