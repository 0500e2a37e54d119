import { useState, type SyntheticEvent } from 'react';
import type { ErasureView } from '#workflows/contract/erasure.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { TextArea } from '../design/field.tsx';
import { PassphraseField } from '../publishing/passphrase-field.tsx';
import { useSigning } from '../publishing/use-signing.tsx';
import { useWords } from '../words/use-words.ts';
import { ErasureFacts } from './erasure-facts.tsx';

const Proposal = ({ view }: { view: ErasureView }) => {
  const say = useWords();
  const { proposal } = view;
  if (!proposal) return null;
  return (
    <>
      <p className="soft">{say('erasure.lead.decide', { who: proposal.by.name, at: say.moment(proposal.at) })}</p>
      <dl className="facts">
        <dt>{say('erasure.ground')}</dt>
        <dd>{say(`erasure.ground.${proposal.ground}`)}</dd>
        <dt>{say('erasure.reason')}</dt>
        <dd dir="auto">{proposal.reason ?? say('erasure.reason.none')}</dd>
      </dl>
    </>
  );
};

/** Legal confirms what an admin proposes, or declines and says why; others read who can. */
export const DecideErasure = ({ view, onClose }: { view: ErasureView; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const signing = useSigning();
  const confirm = useCommand(client.erasure.confirm);
  const decline = useCommand(client.erasure.decline);
  const [isDeclining, setIsDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const { customer, version, mayConfirm, mayDecline, obstacles } = view;
  const isBusy = confirm.isPending || decline.isPending;
  const done = (message: string) => ({
    onSuccess: () => {
      announce(message);
      onClose();
    },
    onError: signing.takeError,
  });
  const whyNot = (): string | null => {
    if (isDeclining && reason.trim() === '') return say('refusal.reasonNeeded');
    if (!isDeclining && !mayConfirm) return say('refusal.erasureNeedsAnother', { who: view.canConfirm });
    if (!isDeclining && obstacles.length > 0) return say('erasure.obstacles');
    return signing.isReady ? null : say('refusal.passphraseNeeded');
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isBusy || whyNot() !== null) return;
    const target = { customer, version, ...signing.input };
    if (isDeclining) decline.mutate({ ...target, reason }, done(say('erasure.isDeclined')));
    else confirm.mutate(target, done(say('erasure.isErased')));
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }}>
      <Proposal view={view} />
      {isDeclining ? (
        <TextArea
          label={say('erasure.decline.reason')}
          hint={say('erasure.decline.lead', { who: view.proposal?.by.name ?? '' })}
          value={reason}
          required
          maxLength={10_000}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
      ) : (
        <ErasureFacts view={view} />
      )}
      {mayDecline ? (
        <PassphraseField signing={signing} />
      ) : (
        <p>{say('erasure.canConfirm', { who: view.canConfirm })}</p>
      )}
      {signing.problem && signing.rememberedUntil ? (
        <p className="bad" role="alert">
          {signing.problem}
        </p>
      ) : null}
      <div className="dialog-acts">
        {mayDecline ? (
          <>
            <Button
              onClick={() => {
                setIsDeclining(!isDeclining);
              }}
            >
              {say(isDeclining ? 'erasure.back' : 'erasure.decline')}
            </Button>
            <Button kind="primary" type="submit" isBusy={isBusy} whyNot={whyNot()}>
              {say(isDeclining ? 'erasure.decline.send' : 'erasure.confirm')}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{say('act.close')}</Button>
        )}
      </div>
    </form>
  );
};
