import { useState, type SyntheticEvent } from 'react';
import type { PublishingView } from '#workflows/contract/publishing.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useOverview } from '../app/use-overview.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextArea } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { useSigning } from './use-signing.tsx';

const actOf = ({ mayPause, mayPropose, mayResume }: PublishingView): 'pause' | 'propose' | 'agree' | null => {
  if (mayPause) return 'pause';
  if (mayResume) return 'agree';
  return mayPropose ? 'propose' : null;
};

/** Stops all publishing, or helps to lift the pause: one stops, two lift. */
export const PauseDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const say = useWords();
  const announce = useAnnounce();
  const publishing = useOverview()?.publishing;
  const signing = useSigning();
  const [reason, setReason] = useState('');
  const pause = useCommand(client.publishing.pause);
  const propose = useCommand(client.publishing.proposeResume);
  const agree = useCommand(client.publishing.resume);
  if (!publishing) return null;
  const act = actOf(publishing);
  const isBusy = pause.isPending || propose.isPending || agree.isPending;

  const close = (): void => {
    signing.reset();
    setReason('');
    onClose();
  };
  const done = (message: string) => ({
    onSuccess: () => {
      announce(message);
      close();
    },
    onError: signing.takeError,
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    if (act === 'pause') pause.mutate({ reason, ...signing.input }, done(say('pause.isOff')));
    if (act === 'propose') propose.mutate(signing.input, done(say('pause.proposedByYou')));
    if (act === 'agree') agree.mutate(signing.input, done(say('pause.isOn')));
  };

  const isOn = publishing.state === 'on';
  return (
    <Dialog isOpen={isOpen} onClose={close} title={say(isOn ? 'pause.title' : 'pause.titleLift')}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        <p className="soft">
          {isOn
            ? say('pause.text')
            : say('pause.liftText', { canResume: publishing.canResume, waiting: publishing.waiting })}
        </p>
        {act === null ? (
          <p>{isOn ? say('pause.notYours') : say('pause.canResume', { canResume: publishing.canResume })}</p>
        ) : null}
        {act === 'pause' ? (
          <TextArea
            label={say('pause.reason')}
            value={reason}
            required
            maxLength={10_000}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
            data-autofocus
          />
        ) : null}
        {act === null ? null : <PassphraseField signing={signing} />}
        {signing.problem && signing.rememberedUntil ? (
          <p className="bad" role="alert">
            {signing.problem}
          </p>
        ) : null}
        <div className="dialog-acts">
          <Button onClick={close}>{say(act === null ? 'act.close' : 'act.cancel')}</Button>
          {act === null ? null : (
            <Button
              kind="primary"
              type="submit"
              isBusy={isBusy}
              whyNot={
                act === 'pause' && reason.trim() === ''
                  ? say('refusal.reasonNeeded')
                  : signing.isReady
                    ? null
                    : say('refusal.passphraseNeeded')
              }
            >
              {say(`pause.${act}`)}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
};
