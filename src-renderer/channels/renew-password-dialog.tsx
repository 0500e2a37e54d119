import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { client, desk } from '../api/client.ts';
import { errorInWords, toDeskError } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useWords } from '../words/use-words.ts';
import { AppPasswordField } from './app-password-field.tsx';
import type { ChannelDialogProps } from './change-channel-dialog.tsx';
import { FormProblem } from './form-problem.tsx';

const AT_THE_FIELD = new Set(['signInRefused', 'otherAccount']);

const RenewForm = ({ channel, onClose }: Omit<ChannelDialogProps, 'isOpen'>) => {
  const say = useWords();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const [appPassword, setAppPassword] = useState('');
  const renew = useMutation({
    mutationFn: () => client.channel.renewCredentials({ channel: channel.id, appPassword: appPassword.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: desk.channel.key() }),
  });
  const problem = renew.isError ? errorInWords(say, renew.error) : null;
  const isAtField = renew.isError && AT_THE_FIELD.has(toDeskError(renew.error).reason);
  const missing = appPassword.trim() === '' ? say('channelForm.appPassword.needed') : null;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || renew.isPending) return;
    renew.mutate(undefined, {
      onSuccess: () => {
        announce(say('channelForm.renewed', { handle: channel.handle }));
        onClose();
      },
    });
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }} noValidate>
      <p className="soft">{say('channelForm.renew.text', { service: channel.service ?? '' })}</p>
      <AppPasswordField
        isFirst
        value={appPassword}
        onChange={(value) => {
          setAppPassword(value);
          if (renew.isError) renew.reset();
        }}
        problem={isAtField ? problem : null}
      />
      <FormProblem>{isAtField ? null : problem}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={renew.isPending} whyNot={missing}>
          {say('channelForm.renew.submit')}
        </Button>
      </div>
    </form>
  );
};

/** A new app password takes the place of the old one once it has been seen to work. */
export const RenewPasswordDialog = ({ channel, isOpen, onClose }: ChannelDialogProps) => {
  const say = useWords();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('channelForm.renewTitle', { handle: channel.handle })}>
      <RenewForm channel={channel} onClose={onClose} />
    </Dialog>
  );
};
