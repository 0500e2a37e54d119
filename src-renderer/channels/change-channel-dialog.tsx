import { useState, type SyntheticEvent } from 'react';
import type { ChannelView } from '#workflows/contract/channel.contract.ts';
import { client } from '../api/client.ts';
import { useCommand } from '../api/command.ts';
import { errorInWords } from '../api/errors.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { FormProblem } from './form-problem.tsx';
import { PromiseFields } from './promise-fields.tsx';
import { promiseOf, promiseSpans } from './span.ts';

export interface ChannelDialogProps {
  readonly channel: ChannelView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const ChangeForm = ({ channel, onClose }: Omit<ChannelDialogProps, 'isOpen'>) => {
  const say = useWords();
  const announce = useAnnounce();
  const [name, setName] = useState(channel.name);
  const [promise, setPromise] = useState(promiseSpans(channel.promise));
  // Decided on what was on the screen when the dialog opened; a change elsewhere is refused, not overwritten.
  const [version] = useState(channel.version);
  const change = useCommand(client.channel.change);
  const promised = promiseOf(promise);
  const isUnchanged =
    name.trim() === channel.name &&
    promised?.acknowledgeMinutes === channel.promise.acknowledgeMinutes &&
    promised.answerMinutes === channel.promise.answerMinutes;
  const missing =
    (name.trim() === '' ? say('channelForm.name.needed') : null) ??
    (promised ? null : say('channelForm.span.notNumber')) ??
    (isUnchanged ? say('channelForm.unchanged') : null);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (missing || !promised || change.isPending) return;
    change.mutate(
      { channel: channel.id, version, name: name.trim(), promise: promised },
      {
        onSuccess: () => {
          announce(say('channelForm.changed', { name: name.trim() }));
          onClose();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} style={{ display: 'contents' }} noValidate>
      <TextField
        label={say('channelForm.name')}
        dir="auto"
        maxLength={80}
        value={name}
        data-autofocus
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <PromiseFields value={promise} onChange={setPromise} />
      <p className="soft">{say('channelForm.change.text')}</p>
      <FormProblem>{change.isError ? errorInWords(say, change.error) : null}</FormProblem>
      <div className="dialog-acts">
        <Button onClick={onClose}>{say('act.cancel')}</Button>
        <Button kind="primary" type="submit" isBusy={change.isPending} whyNot={missing}>
          {say('channelForm.change.submit')}
        </Button>
      </div>
    </form>
  );
};

/** Another name or promise; kind, account and limits stay what they are. */
export const ChangeChannelDialog = ({ channel, isOpen, onClose }: ChannelDialogProps) => {
  const say = useWords();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('channelForm.changeTitle', { name: channel.name })}>
      <ChangeForm channel={channel} onClose={onClose} />
    </Dialog>
  );
};
