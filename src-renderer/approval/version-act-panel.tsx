import { ActForm } from '../design/act-form.tsx';
import { TextArea } from '../design/field.tsx';
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
  const { id, form } = offer;
  return (
    <ActForm
      formId={formId}
      act={id}
      icon="seal"
      title={say('sign.title')}
      meaning={<p className="says">{form?.meaning}</p>}
      problem={problem}
      confirmation={<PassphraseField signing={signing} />}
      focus="textarea, input"
      onSubmit={onSubmit}
      onCancel={onCancel}
    >
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
    </ActForm>
  );
};
