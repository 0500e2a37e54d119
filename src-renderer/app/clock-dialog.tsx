import { useState, type SyntheticEvent } from 'react';
import type { Overview } from '#workflows/contract/desk.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextArea } from '../design/field.tsx';
import { PassphraseField } from '../publishing/passphrase-field.tsx';
import { useSigning } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';
import { useAnnounce } from './announcer.tsx';
import '../erasure/erasure.css';

/** An admin signs that this computer's time is right and the newest record's was not. */
export const ClockDialog = ({
  behind,
  isOpen,
  onClose,
}: {
  behind: NonNullable<Overview['clockBehind']>;
  isOpen: boolean;
  onClose: () => void;
}) => {
  const say = useWords();
  const announce = useAnnounce();
  const signing = useSigning();
  const correct = useCommand(client.desk.correctClock);
  const [reason, setReason] = useState('');
  const close = (): void => {
    signing.reset();
    setReason('');
    onClose();
  };
  const whyNot = (): string | null => {
    if (reason.trim() === '') return say('refusal.reasonNeeded');
    return signing.isReady ? null : say('refusal.passphraseNeeded');
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (correct.isPending || whyNot() !== null) return;
    correct.mutate(
      { newest: behind.newest, reason, ...signing.input },
      {
        onSuccess: () => {
          announce(say('clock.correct.done'));
          close();
        },
        onError: signing.takeError,
      },
    );
  };
  return (
    <Dialog isOpen={isOpen} onClose={close} title={say('clock.correct.title')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        <dl className="facts">
          <dt>{say('clock.correct.newest')}</dt>
          <dd>{say.exact(behind.newest)}</dd>
          <dt>{say('clock.correct.now')}</dt>
          <dd>{say.exact(behind.now)}</dd>
        </dl>
        <p>{say('clock.correct.lead')}</p>
        <section className="erasure-facts">
          <h3>{say('clock.correct.then')}</h3>
          <ul>
            <li>{say('clock.correct.goesOn')}</li>
            <li>{say('clock.correct.approvals')}</li>
            <li>{say('clock.correct.due')}</li>
          </ul>
        </section>
        <TextArea
          label={say('clock.correct.reason')}
          value={reason}
          required
          maxLength={10_000}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
          data-autofocus
        />
        <PassphraseField signing={signing} />
        {signing.problem && signing.rememberedUntil ? (
          <p className="bad" role="alert">
            {signing.problem}
          </p>
        ) : null}
        <div className="dialog-acts">
          <Button onClick={close}>{say('act.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={correct.isPending} whyNot={whyNot()}>
            {say('clock.correct.sign')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
