import { useEffect, useId, useRef, type KeyboardEvent, type SyntheticEvent } from 'react';
import { TextArea } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { PassphraseField } from '../publishing/passphrase-field.tsx';
import type { Signing } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';
import type { VersionOffer } from './version-offers.ts';

/** A reason as the records of a version take it. */
const LONGEST_REASON = 2_000;

/** Directly above the bar: what the act says, why it is done, and the passphrase. It moves no button; Esc closes it. */
export const VersionActPanel = ({
  offer,
  reason,
  signing,
  problem,
  formId,
  onReason,
  onSubmit,
  onCancel,
}: {
  offer: VersionOffer;
  reason: string;
  signing: Signing;
  problem: string | null;
  formId: string;
  onReason: (reason: string) => void;
  onSubmit: () => void;
  onCancel: () => void;
}) => {
  const say = useWords();
  const panel = useRef<HTMLFormElement>(null);
  const titleId = useId();
  const { id, form } = offer;
  useEffect(() => {
    const form = panel.current;
    // Where nothing is asked, the passphrase being remembered, the button that confirms takes the focus.
    const confirming = form === null ? undefined : [...form.elements].find((element) => !form.contains(element));
    const first = form?.querySelector<HTMLElement>('textarea, input') ?? confirming;
    if (first instanceof HTMLElement) first.focus();
  }, [id]);
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
          <Icon name="seal" />
          {say('sign.title')}
        </h2>
        <p className="says">{form?.meaning}</p>
        <div className="fields first">
          {form?.needsReason ? (
            <TextArea
              label={say('act.reason')}
              value={reason}
              rows={2}
              maxLength={LONGEST_REASON}
              required
              onChange={(event) => {
                onReason(event.currentTarget.value);
              }}
            />
          ) : null}
          {problem ? (
            <p className="bad" role="alert">
              {problem}
            </p>
          ) : null}
        </div>
      </div>
      <div className="fields">
        <span className="label escape">{say('sign.escape')}</span>
        <PassphraseField signing={signing} />
      </div>
      <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
    </form>
  );
};
