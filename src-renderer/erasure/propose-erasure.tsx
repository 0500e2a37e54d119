import { useState, type SyntheticEvent } from 'react';
import type { ErasureView } from '#workflows/contract/erasure.contract.ts';
import { ERASURE_GROUNDS, type ErasureGround } from '#workflows/erasure/erasure.records.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { SelectField, TextArea } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { ErasureFacts } from './erasure-facts.tsx';

/** An admin says why a customer's data are to be erased. */
export const ProposeErasure = ({ view, onClose }: { view: ErasureView; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const propose = useCommand(client.erasure.propose);
  const [ground, setGround] = useState<ErasureGround>('requested');
  const [reason, setReason] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (propose.isPending || reason.trim() === '' || view.obstacles.length > 0) return;
    const { customer, version } = view;
    propose.mutate(
      { customer, version, ground, reason },
      {
        onSuccess: () => {
          announce(say('erasure.isProposed'));
          onClose();
        },
      },
    );
  };
  const whyNot = view.obstacles.length > 0 ? say('erasure.obstacles') : say('refusal.reasonNeeded');
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <p className="soft">{say('erasure.lead.propose')}</p>
      <dl className="facts">
        <dt>{say('erasure.who')}</dt>
        <dd>
          <bdi>@{view.handle}</bdi>
        </dd>
      </dl>
      <ErasureFacts view={view} />
      <SelectField
        label={say('erasure.ground')}
        hint={say('erasure.ground.stays')}
        value={ground}
        onChange={(event) => {
          setGround(event.currentTarget.value as ErasureGround);
        }}
      >
        {ERASURE_GROUNDS.map((each) => (
          <option key={each} value={each}>
            {say(`erasure.ground.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={say('erasure.reason')}
        value={reason}
        required
        maxLength={10_000}
        onChange={(event) => {
          setReason(event.currentTarget.value);
        }}
      />
      {propose.error ? (
        <p className="bad" role="alert">
          {errorInWords(say, propose.error)}
        </p>
      ) : null}
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button
          kind="primary"
          type="submit"
          isBusy={propose.isPending}
          whyNot={reason.trim() === '' || view.obstacles.length > 0 ? whyNot : null}
        >
          {say('erasure.propose')}
        </Button>
      </div>
    </form>
  );
};
